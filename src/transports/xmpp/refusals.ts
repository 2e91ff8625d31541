import { ChatError } from '../../model'
import type { ChatErrorInit, ErrorKind } from '../../model'
import { NS } from './wire/namespaces'
import { attrOf, elementOf, elementsOf, textOf } from './wire/xml'
import type { Xml } from './wire/xml'

function parley(code: string, kind: ErrorKind, more: Partial<ChatErrorInit> = {}): ChatError {
  return new ChatError({ code, kind, ...more })
}
function xmpp(code: string, kind: ErrorKind, more: Partial<ChatErrorInit> = {}): ChatError {
  return new ChatError({ domain: 'xmpp', code, kind, ...more })
}

/** Every refusal the transport itself has words for. */
export const refusals = {
  /** A call before sign-in or after it (A6). */
  notSignedIn: () => parley('not-signed-in', 'signed-out', { retry: 'after-sign-in', audience: 'developer' }),
  /** No stream stands right now. */
  offline: (effect: 'none' | 'unknown' = 'none') => parley('offline', 'offline', { effect, retry: 'later' }),
  /** The server could not be reached. */
  unreachable: (cause?: unknown) => parley('unreachable', 'offline', { retry: 'later', cause }),
  noAnswer: (effect: 'none' | 'unknown') => parley('no-answer', 'timeout', { effect, retry: 'later' }),
  cancelled: () => parley('cancelled', 'cancelled'),
  unsupported: () => parley('unsupported', 'unsupported', { audience: 'developer' }),
  /** The server, room or account has no such service. */
  notOffered: (what: string) => new ChatError({ code: 'not-offered', kind: 'unsupported' }, what),
  /** A value that cannot be: the caller's mistake, so the detail is for the log. */
  invalid: (what: string) => new ChatError({ code: 'invalid', kind: 'invalid', audience: 'developer' }, what),
  tooLarge: (what: string) => new ChatError({ code: 'too-large', kind: 'too-large' }, what),
  badUserId: () => parley('bad-user-id', 'invalid', { audience: 'developer' }),
  noSuchConversation: () => parley('no-such-conversation', 'not-found'),
  noSuchMessage: () => parley('no-such-message', 'not-found'),
  notInConversation: () => parley('not-in-conversation', 'not-member'),
  /** One may listen but not speak. */
  muted: () => xmpp('forbidden', 'muted'),
  notMyMessage: () => parley('not-my-message', 'forbidden'),
  noSuchGroup: () => parley('no-such-group', 'not-found'),
  groupExists: () => parley('group-id-taken', 'conflict'),
  notAMember: () => parley('not-a-member', 'not-member'),
  alreadyMember: () => parley('already-member', 'already-done'),
  /** Somebody of a higher role could. */
  notByRole: () => parley('not-by-role', 'forbidden'),
  /** Only who is in the room at this moment has a voice that could be taken. */
  notPresent: () => parley('not-present', 'not-found'),
  noSuchRequest: () => parley('no-such-request', 'not-found'),
  noContact: () => parley('no-contact', 'not-related'),
  emptyMessage: () => parley('empty-message', 'invalid'),
  oldCursor: () => parley('cursor-expired', 'cursor-expired', { audience: 'developer' }),
  /** The app's own function has failed to give any. */
  noCredentials: (cause: unknown) =>
    parley('no-credentials', 'signed-out', { retry: 'after-sign-in', cause, audience: 'developer' }),
  credentialsLate: () => parley('credentials-late', 'timeout', { retry: 'later' }),
  /** The server will not have what was given at sign-in. */
  notAuthorised: (condition: string) => xmpp(condition, 'signed-out', { retry: 'after-sign-in' }),
  banned: (condition: string) => xmpp(condition, 'forbidden'),
  /** The server has ended the stream for a reason of its own. */
  streamError: (condition: string) => xmpp(condition, 'offline', { retry: 'later', audience: 'operator' }),
  /** The server does not serve this, and will not later. */
  serverRefuses: (condition: string) => xmpp(condition, 'unsupported', { audience: 'operator' }),
} as const

const KINDS: Readonly<Record<string, ErrorKind>> = {
  'bad-request': 'invalid',
  conflict: 'conflict',
  'feature-not-implemented': 'unsupported',
  forbidden: 'forbidden',
  gone: 'not-found',
  'item-not-found': 'not-found',
  'jid-malformed': 'invalid',
  'not-acceptable': 'content-refused',
  'not-allowed': 'forbidden',
  'not-authorized': 'forbidden',
  'policy-violation': 'content-refused',
  'recipient-unavailable': 'not-found',
  'registration-required': 'not-member',
  'remote-server-not-found': 'not-found',
  'remote-server-timeout': 'timeout',
  'resource-constraint': 'too-often',
  'service-unavailable': 'unsupported',
  'subscription-required': 'not-related',
  'unexpected-request': 'invalid',
}

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
  const kind = isBlocked ? 'blocked' : (KINDS[condition] ?? 'other')
  const retry = attrOf(error, 'type') === 'wait' ? 'later' : 'never'
  const text = textOf(elementOf(error, 'text', NS.stanzas))
  return new ChatError(
    { domain: 'xmpp', code: condition, kind, retry, ...more },
    `xmpp ${condition} (${kind})${text && `: ${text}`}`,
  )
}
