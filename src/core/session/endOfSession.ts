import type { ChatErrorShape, SessionState } from '../../model'
import { errorInfo } from '../errors'

const KICKED_BY = {
  'kicked-by-device': 'other-device',
  'kicked-by-windows': 'too-many-instances',
  'kicked-by-operator': 'operator',
} as const

/** An end that one call can learn of. */
export type SessionEnd =
  | Extract<SessionState, { state: 'kicked' }>
  | { readonly state: 'credentials-needed'; readonly error: ChatErrorShape }

/** What has ended a session in which a call is refused: somebody took its place, or its credentials are no longer good. */
export function endOfSession(error: ChatErrorShape): SessionEnd {
  const meaning = errorInfo(error.domain, error.code)?.meaning ?? ''
  return Object.hasOwn(KICKED_BY, meaning)
    ? { state: 'kicked', by: KICKED_BY[meaning as keyof typeof KICKED_BY], error }
    : { state: 'credentials-needed', error }
}
