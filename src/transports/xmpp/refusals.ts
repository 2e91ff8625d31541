import { catalogueError } from '../../core/errors'
import type { ChatError, ChatErrorInit } from '../../model'
import { NS } from './wire/namespaces'
import { attrOf, elementOf, elementsOf, textOf } from './wire/xml'
import type { Xml } from './wire/xml'

type More = Parameters<typeof catalogueError>[2]

function parley(code: string, more?: More, message?: string): ChatError {
  return catalogueError('parley', code, more, message)
}
function xmpp(condition: string, more?: More, message?: string): ChatError {
  return catalogueError('xmpp', condition, more, message)
}

/** Every refusal the transport itself has words for. */
export const refusals = {
  /** A call before sign-in or after it (A6). */
  notSignedIn: () => parley('not-signed-in'),
  /** No stream stands right now. */
  offline: (effect: 'none' | 'unknown' = 'none') => parley('offline', { effect }),
  /** The server could not be reached. */
  unreachable: (cause?: unknown) => parley('unreachable', { cause }),
  noAnswer: (effect: 'none' | 'unknown') => parley('no-answer', { effect }),
  cancelled: () => parley('cancelled'),
  unsupported: () => parley('unsupported'),
  /** The server, room or account has no such service. */
  notOffered: (what: string) => parley('not-offered', {}, what),
  /** A value that cannot be: the caller's mistake, so the detail is for the log. */
  invalid: (what: string) => parley('invalid', {}, what),
  tooLarge: (what: string) => parley('too-large', {}, what),
  badUserId: () => parley('bad-user-id'),
  noSuchConversation: () => parley('no-such-conversation'),
  noSuchMessage: () => parley('no-such-message'),
  notInConversation: () => parley('not-in-conversation'),
  /** One may listen but not speak. */
  muted: () => xmpp('forbidden', { kind: 'muted' }),
  notMyMessage: () => parley('not-my-message'),
  noSuchGroup: () => parley('no-such-group'),
  groupExists: () => parley('group-id-taken'),
  notAMember: () => parley('not-a-member'),
  alreadyMember: () => parley('already-member'),
  /** Somebody of a higher role could. */
  notByRole: () => parley('not-by-role'),
  /** Only who is in the room at this moment has a voice that could be taken. */
  notPresent: () => parley('not-present'),
  noSuchRequest: () => parley('no-such-request'),
  noContact: () => parley('no-contact'),
  emptyMessage: () => parley('empty-message'),
  oldCursor: () => parley('cursor-expired'),
  /** The app's own function has failed to give any. */
  noCredentials: (cause: unknown) => parley('no-credentials', { cause }),
  credentialsLate: () => parley('credentials-late'),
  /** The server will not have what was given at sign-in. */
  notAuthorised: (condition: string) =>
    xmpp(condition, { operation: 'connect', kind: 'signed-out', retry: 'after-sign-in' }),
  banned: (condition: string) => xmpp(condition, { operation: 'connect', kind: 'forbidden', retry: 'never' }),
  /** The server has ended the stream for a reason of its own. */
  streamError: (condition: string) =>
    xmpp(condition, { operation: 'connect', kind: 'offline', retry: 'later' }),
  /** The server does not serve this, and will not later. */
  serverRefuses: (condition: string) =>
    xmpp(condition, { operation: 'connect', kind: 'unsupported', retry: 'never' }),
} as const

/** The condition an error stanza names, `undefined-condition` where it names none. */
export function conditionOf(stanza: Xml): string {
  const error = elementOf(stanza, 'error')
  const named = elementsOf(error, undefined, NS.stanzas).find(({ name }) => name !== 'text')
  return named?.name ?? 'undefined-condition'
}

/** What the server answers, as an error of the kit: the condition is the code. */
export function stanzaError(stanza: Xml, more: Partial<ChatErrorInit> = {}): ChatError {
  const error = elementOf(stanza, 'error')
  const condition = conditionOf(stanza)
  const isBlocked = elementOf(error, 'blocked', NS.blockingErrors) !== undefined
  const retry = attrOf(error, 'type') === 'wait' ? 'later' : 'never'
  const text = textOf(elementOf(error, 'text', NS.stanzas))
  return xmpp(
    condition,
    { retry, ...(isBlocked && { kind: 'blocked' }), ...more },
    `xmpp ${condition}${text && `: ${text}`}`,
  )
}
