import type { ChatErrorShape, ErrorKind } from '../model'
import type { Catalogue, CatalogueKey } from './catalogue'
import { codeText, knownCode } from './errors/codeText'
import type { CarriedMeaning, CodeWords } from './errors/codeWords'
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

const wordByParleyCode: Readonly<Record<CarriedMeaning, keyof Catalogue['errors']['codes']>> = {
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

/**
 * The most exact words there are: those every language carries, those with an end in time, the code's own, else the kind's.
 * `loaded` is asked only where it could help, so that it may begin to load them.
 */
export function errorWords(
  t: Say,
  { dayTime }: Formatters,
  error: ChatErrorShape,
  loaded: () => CodeWords | undefined,
): string {
  const carried = error.domain === 'parley' ? carriedWord(error.code) : undefined
  if (carried) return t(`errors.codes.${carried}`)
  const until = wordUntil[error.kind]
  if (until && error.untilAt !== undefined)
    return t(`errors.until.${until}`, { time: dayTime(error.untilAt) })
  return codeWordsFor(error, loaded) ?? t(`errors.kinds.${wordByKind[error.kind] ?? 'other'}`)
}

/** The words of a code alone; undefined where nobody knows it, or its words are not there. */
export function codeWordsFor(
  error: ChatErrorShape,
  loaded: () => CodeWords | undefined = () => undefined,
): string | undefined {
  const info = knownCode(error)
  const words = info && loaded()
  return words && codeText(words, info)
}

function carriedWord(code: number | string): keyof Catalogue['errors']['codes'] | undefined {
  return Object.hasOwn(wordByParleyCode, code) ? wordByParleyCode[code as CarriedMeaning] : undefined
}
