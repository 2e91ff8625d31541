import type { ConversationId, Message, TransportEvent } from '../../../model'
import { ensure, ensureChatError, plain, shortened } from '../ensure'
import type { Person } from '../person'
import type { Check } from '../topic'
import { ensureWhole, ensureChange, ensureReceipt, strangeIn } from './wellFormed'

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
