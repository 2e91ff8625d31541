import type {
  ConversationId,
  Message,
  MessageChange,
  MessageRef,
  Receipt,
  TransportEvent,
} from '../../../model'
import { ensure, ensureChatError, plain, shortened } from '../ensure'
import type { Person } from '../person'
import type { Check } from '../topic'

const TYPES: Readonly<Record<TransportEvent['type'], true>> = {
  'session.changed': true,
  'checkpoint.advanced': true,
  'clock.measured': true,
  'abilities.changed': true,
  'limits.changed': true,
  'storage.degraded': true,
  'timeline.interrupted': true,
  'message.received': true,
  'message.changed': true,
  'receipt.received': true,
  'typing.changed': true,
  'conversation.changed': true,
  'conversation.removed': true,
  'conversation.cleared': true,
  'profile.changed': true,
  'contact.changed': true,
  'contact.removed': true,
  'friendRequest.changed': true,
  'blocklist.changed': true,
  'presence.changed': true,
  'group.changed': true,
  'member.changed': true,
  'member.removed': true,
  'application.changed': true,
  'attributes.changed': true,
  'counters.changed': true,
  'wire.rejected': true,
}
const CHANGE_KINDS: Readonly<Record<MessageChange['kind'], true>> = {
  recalled: true,
  edited: true,
  removed: true,
  failed: true,
  'reaction-totals': true,
  'reactions-of': true,
  extensions: true,
  pinned: true,
}

/** What holds of everything that was told while a topic ran; comes at its end. */
export function tellingChecks(check: Check, everybody: () => readonly Person[]): void {
  const each = (look: (person: Person) => void) => async () => everybody().forEach(look)

  check(
    'contract: events are a closed union',
    'told events that the contract knows, in batches',
    [],
    each((person) => {
      for (const { events } of person.batches) {
        ensure(
          Array.isArray(events) && events.length > 0,
          'a listener is called with a list of events, never an empty one',
        )
        for (const { type } of events)
          ensure(Object.hasOwn(TYPES, type), `'${String(type)}' is no event of the contract`)
      }
    }),
  )

  check(
    'contract: events are plain data',
    'told plain data that can be stored and copied',
    [],
    each((person) => {
      for (const event of person.events()) {
        const strange = strangeIn(event)
        ensure(
          strange === undefined,
          `${event.type} holds ${strange}: events hold only what structured cloning and JSON keep`,
        )
      }
    }),
  )

  check(
    'contract: events are readonly',
    'left what it had told as it was',
    [],
    each((person) => {
      for (const { events, asTold } of person.batches) {
        const now = plain(events)
        ensure(
          now === asTold,
          `a batch was changed after it had been told:\n  told ${shortened(asTold)}\n  now  ${shortened(now)}`,
        )
      }
    }),
  )

  check(
    'contract: absent says nothing, null clears',
    'told patches without fields that hold undefined',
    [],
    each((person) => {
      for (const event of person.events()) {
        for (const patch of patchesOf(event)) {
          const empty = Object.entries(patch).find(([, value]) => value === undefined)
          ensure(
            !empty,
            `${event.type}: '${empty?.[0]}' is undefined, which would erase what is known: leave it out, or say null`,
          )
        }
      }
    }),
  )

  check(
    'contract: conversation.changed comes first',
    'told of a conversation before telling what happened in it',
    [],
    each((person) => {
      const known = new Set<ConversationId>(person.knownIds)
      for (const { events } of person.batches) {
        for (const id of changedIds(events)) known.add(id)
        for (const event of events) {
          const unknown = idsIn(event).find((id) => !known.has(id))
          ensure(
            unknown === undefined,
            `${event.type} speaks of conversation "${unknown}" before conversation.changed does`,
          )
        }
      }
    }),
  )

  check(
    'D2, contract: keys',
    'named every message so that it can be known again',
    [],
    each((person) => {
      for (const message of person.received()) ensureWhole(message)
    }),
  )

  check(
    'D2, contract: one shared key means one message',
    'gave no key to two messages',
    [],
    each((person) => {
      const owners = new Map<string, Message>()
      for (const message of person.received()) {
        for (const key of message.keys) {
          const place = `${message.conversationId}\n${key}`
          const owner = owners.get(place) ?? message
          owners.set(place, owner)
          ensure(
            owner.senderId === message.senderId,
            `the key "${key}" was given to messages of ${owner.senderId} and ${message.senderId}`,
          )
        }
      }
    }),
  )

  check(
    'contract: changes and receipts',
    'told changes and receipts that name their message',
    [],
    each((person) => {
      for (const event of person.events()) {
        if (event.type === 'message.changed') event.changes.forEach(ensureChange)
        if (event.type === 'receipt.received') event.receipts.forEach(ensureReceipt)
      }
    }),
  )

  check(
    'A2, K2, contract: session',
    'told the session in the words of the contract, and the last one holds',
    [],
    each((person) => {
      const sessions = person.told('session.changed').map(({ session }) => session)
      for (const session of sessions) {
        ensure(STATES.has(session.state), `'${session.state}' is no state of a session`)
        if ('error' in session && session.error !== undefined)
          ensureChatError(session.error, `session ${session.state}`)
        if (session.state !== 'online') continue
        const isWhole =
          typeof session.isCatchingUp === 'boolean' && typeof session.hasContinuity === 'boolean'
        ensure(isWhole, "an 'online' session says isCatchingUp and hasContinuity")
      }
      const last = sessions.at(-1) ?? { state: 'offline' }
      ensure(
        plain(last) === plain(person.transport.session()),
        'session() is not what session.changed told last',
      )
    }),
  )
}

const STATES: ReadonlySet<string> = new Set([
  'offline',
  'connecting',
  'reconnecting',
  'online',
  'credentials-needed',
  'banned',
  'refused',
  'kicked',
])

/** Fails unless a message has what every message must have. */
export function ensureWhole(message: Message): void {
  const words = `the message ${shortened(plain(message))}`
  ensure(message.keys.length > 0, `${words} has no key, so nothing can be said about it later`)
  ensure(
    message.keys.every((key) => typeof key === 'string' && key !== ''),
    `${words} has a key that is no text`,
  )
  ensure(new Set(message.keys).size === message.keys.length, `${words} has a key twice`)
  ensure(
    typeof message.conversationId === 'string' && message.conversationId !== '',
    `${words} has no conversation`,
  )
  ensure(typeof message.senderId === 'string' && message.senderId !== '', `${words} has no sender`)
  ensure(
    Number.isFinite(message.sentAt) && message.sentAt > 0,
    `${words} has no time: sentAt is milliseconds since 1970`,
  )
  ensure(Array.isArray(message.parts), `${words} has no list of parts`)
  ensure(
    ['stored', 'uncounted', 'online-only'].includes(message.delivery),
    `${words} does not say how it is delivered`,
  )
}

function ensureChange(change: MessageChange): void {
  ensure(Object.hasOwn(CHANGE_KINDS, change.kind), `'${String(change.kind)}' is no kind of change`)
  ensure(
    typeof change.isVouched === 'boolean',
    `a change of kind '${change.kind}' does not say whether the server vouches for it`,
  )
  ensureRef(change.ref, `a change of kind '${change.kind}'`)
  const isClaim = !change.isVouched && change.kind !== 'failed'
  ensure(
    !isClaim || change.byId !== undefined,
    `a change of kind '${change.kind}' that nobody vouches for does not say whose it is (byId)`,
  )
}

function ensureReceipt(receipt: Receipt): void {
  if (receipt.kind === 'counts') return ensureRef(receipt.ref, 'a receipt')
  ensure(receipt.kind === 'upTo', `'${String((receipt as Receipt).kind)}' is no kind of receipt`)
  ensure(['delivered', 'read'].includes(receipt.state), `a receipt says '${receipt.state}'`)
  const { point } = receipt
  if ('message' in point) ensureRef(point.message, 'a receipt')
  else ensure(Number.isFinite(point.at), 'a receipt has neither a message nor a time')
}

function ensureRef(ref: MessageRef, words: string): void {
  ensure(
    typeof ref.conversationId === 'string' && ref.conversationId !== '',
    `${words} names no conversation`,
  )
  ensure(ref.keys.length > 0, `${words} names no message: its ref has no keys`)
}

function changedIds(events: readonly TransportEvent[]): readonly ConversationId[] {
  return events.flatMap((event) =>
    event.type === 'conversation.changed' ? event.conversations.map(({ id }) => id) : [],
  )
}

/** The conversations in which something is told to have happened. */
function idsIn(event: TransportEvent): readonly ConversationId[] {
  switch (event.type) {
    case 'message.received':
      return event.messages.map(({ conversationId }) => conversationId)
    case 'message.changed':
      return event.changes.map(({ ref }) => ref.conversationId)
    case 'typing.changed':
      return [event.conversationId]
    default:
      return []
  }
}

function patchesOf(event: TransportEvent): readonly object[] {
  switch (event.type) {
    case 'conversation.changed':
      return event.conversations
    case 'profile.changed':
      return event.profiles
    case 'contact.changed':
      return event.contacts
    case 'friendRequest.changed':
      return event.requests
    case 'group.changed':
      return event.groups
    case 'member.changed':
      return event.members
    default:
      return []
  }
}

/** What a value holds that does not survive being stored; a ChatError is plain enough. */
function strangeIn(value: unknown, path = ''): string | undefined {
  if (value === null || ['string', 'boolean', 'undefined'].includes(typeof value)) return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `the number ${value} at ${path}`
  if (typeof value !== 'object') return `a ${typeof value} at ${path}`
  if (value instanceof Error || path.endsWith('.cause')) return undefined
  if (Array.isArray(value)) return firstStrange(value.entries(), path)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype) return `an object of a class at ${path}`
  return firstStrange(Object.entries(value), path)
}

function firstStrange(
  entries: Iterable<readonly [string | number, unknown]>,
  path: string,
): string | undefined {
  for (const [name, value] of entries) {
    const strange = strangeIn(value, `${path}.${name}`)
    if (strange !== undefined) return strange
  }
  return undefined
}
