import type { ChatErrorShape, ErrorKind, SessionState } from '../../model'
import { amount, flag, id, isRecord, label, moment, oneOf, or, shape } from './sound'
import type { Sound } from './sound'
import { soundMessage } from './soundMessage'

const IS_KIND: Readonly<Record<ErrorKind, true>> = {
  offline: true,
  timeout: true,
  cancelled: true,
  'signed-out': true,
  invalid: true,
  unsupported: true,
  'not-in-plan': true,
  forbidden: true,
  muted: true,
  blocked: true,
  'not-related': true,
  'not-member': true,
  'not-found': true,
  'already-done': true,
  conflict: true,
  full: true,
  'too-large': true,
  'too-often': true,
  'too-late': true,
  'content-refused': true,
  'cursor-expired': true,
  other: true,
}
/** Every kind of error; one that is missing here does not compile. */
export const ERROR_KINDS = Object.keys(IS_KIND) as readonly ErrorKind[]

const READ = shape<ChatErrorShape>(
  {
    domain: or(id, 'parley'),
    code: (told) => (Number.isFinite(told) ? told : id(told) && label(told)),
    kind: or(oneOf(...ERROR_KINDS), 'other'),
    effect: or(oneOf('none', 'unknown'), 'unknown'),
    retry: or(oneOf('never', 'later', 'after-sign-in'), 'never'),
    audience: or(oneOf('user', 'developer', 'operator'), 'developer'),
  },
  { untilAt: moment, latest: soundMessage },
)
const FIELDS = ['domain', 'code', 'kind', 'effect', 'retry', 'audience', 'untilAt', 'latest'] as const

/** Stands for an error that nobody can read, where something surely failed. */
export const UNREADABLE: ChatErrorShape = {
  domain: 'parley',
  code: 'unreadable-error',
  kind: 'other',
  effect: 'unknown',
  retry: 'never',
  audience: 'developer',
}

/** An error as it is, its class and cause with it, or what of it can be read. */
export const soundError: Sound<ChatErrorShape> = (told) => {
  const read = READ(told)
  const isWhole =
    told instanceof Error &&
    FIELDS.every((field) => read?.[field] === (told as Partial<ChatErrorShape>)[field])
  return read && isWhole ? (told as unknown as ChatErrorShape) : read
}

/** As `soundError`, with something to say where nothing can be read. */
export function soundErrorOr(fallback: ChatErrorShape): Sound<ChatErrorShape> {
  return or(soundError, fallback)
}

const ANY: Sound = (told) => told
const UNDER_WAY = shape<SessionState>({ state: ANY }, { retryInMs: amount, error: soundError })
const ENDED = shape<SessionState>({ state: ANY, error: soundErrorOr(UNREADABLE) })
const STATES: Readonly<Record<SessionState['state'], Sound<SessionState>>> = {
  offline: shape({ state: ANY }, { error: soundError }),
  connecting: UNDER_WAY,
  reconnecting: UNDER_WAY,
  // What is not clearly without a hole may have one.
  online: shape({ state: ANY, isCatchingUp: or(flag, false), hasContinuity: or(flag, false) }),
  'credentials-needed': ENDED,
  banned: ENDED,
  refused: ENDED,
  kicked: shape(
    { state: ANY, by: or(oneOf('other-device', 'too-many-instances', 'operator'), 'operator') },
    { error: soundError },
  ),
}

/** Where the session stands; of a state that nobody knows there is none. */
export const soundSession: Sound<SessionState> = (told) => {
  const state = isRecord(told) ? told['state'] : undefined
  return typeof state === 'string' && Object.hasOwn(STATES, state)
    ? STATES[state as SessionState['state']](told)
    : undefined
}
