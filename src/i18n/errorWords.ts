import type { ChatErrorShape, ErrorKind } from '../model'
import type { Catalogue, CatalogueKey } from './catalogue'
import type { Formatters } from './formatters'

type KindWord = keyof Catalogue['errors']['kinds']
type UntilWord = keyof Catalogue['errors']['until']

const wordByKind: Record<ErrorKind, KindWord> = {
  offline: 'offline',
  timeout: 'timeout',
  cancelled: 'cancelled',
  'signed-out': 'signedOut',
  invalid: 'invalid',
  unsupported: 'unsupported',
  'not-in-plan': 'notInPlan',
  forbidden: 'forbidden',
  muted: 'muted',
  blocked: 'blocked',
  'not-related': 'notRelated',
  'not-member': 'notMember',
  'not-found': 'notFound',
  'already-done': 'alreadyDone',
  conflict: 'conflict',
  full: 'full',
  'too-large': 'tooLarge',
  'too-often': 'tooOften',
  'too-late': 'tooLate',
  'content-refused': 'contentRefused',
  'cursor-expired': 'cursorExpired',
  other: 'other',
}

const wordUntil: Partial<Record<ErrorKind, UntilWord>> = {
  muted: 'muted',
  'too-often': 'tooOften',
  blocked: 'blocked',
  forbidden: 'forbidden',
}

const wordByParleyCode: Readonly<Record<string, keyof Catalogue['errors']['codes']>> = {
  'storage-memory': 'storageMemory',
  'outbox-full': 'outboxFull',
  'cannot-be-kept': 'cannotBeKept',
  unexpected: 'unexpected',
  'credentials-failed': 'credentialsFailed',
  'credentials-missing': 'credentialsMissing',
  'credentials-timeout': 'credentialsTimeout',
  'clock-skewed': 'clockSkewed',
}

type Say = (key: CatalogueKey, named?: Readonly<Record<string, string | number>>) => string

/** The most exact words there are: the code's own, those with an end in time, else the kind's. */
export function errorWords(t: Say, { dayTime }: Formatters, error: ChatErrorShape): string {
  const code = error.domain === 'parley' ? wordByParleyCode[error.code] : undefined
  if (code) return t(`errors.codes.${code}`)
  const until = wordUntil[error.kind]
  if (until && error.untilAt !== undefined)
    return t(`errors.until.${until}`, { time: dayTime(error.untilAt) })
  return t(`errors.kinds.${wordByKind[error.kind] ?? 'other'}`)
}
