import type { ChatEvent, TransportEvent } from '../../model'
import {
  amount,
  bag,
  flag,
  id,
  isRecord,
  moment,
  number,
  oneOf,
  or,
  pastMoment,
  prose,
  shape,
  url,
} from './sound'
import type { Fields, Sound } from './sound'
import { soundChange, soundReceipt } from './soundChange'
import { soundConversation, soundConversationPatch, soundDraft, soundHabitName } from './soundConversation'
import { soundError, soundSession } from './soundError'
import { soundMessage } from './soundMessage'
import { soundOpening, soundPage, soundStart } from './soundPage'
import {
  soundApplication,
  soundContact,
  soundContactPatch,
  soundGroup,
  soundGroupPatch,
  soundMember,
  soundMemberPatch,
  soundPresence,
  soundProfile,
  soundProfilePatch,
  soundRequest,
  soundRequestPatch,
} from './soundPeople'
import { Tally } from './tally'

/** What of an event may be taken in, and how much had to be left out. */
export interface SoundEvent {
  /** Absent where nothing usable is left. */
  readonly event?: ChatEvent
  /** One for an event that says nothing usable, else one for each item of its lists that is left out. */
  readonly leftOut: number
}

type Check = (told: Readonly<Record<string, unknown>>, tally: Tally) => object | undefined
/** Local events that carry what a backend, a cache or another tab has said. */
type Answered =
  | 'message.sent'
  | 'history.loaded'
  | 'conversations.listed'
  | 'members.listed'
  | 'profiles.fetched'
  | 'groups.fetched'
  | 'contacts.listed'
  | 'friendRequests.listed'
  | 'cache.started'
  | 'timeline.opened'
  | 'draft.changed'
  | 'conversation.pinnedHere'
  | 'habit.changed'

/** An event without lists. */
function fields(needed: Fields, optional: Fields = {}): Check {
  const read = shape({ type: (told) => told, ...needed }, optional)
  return (told) => read(told)
}

/** An event that tells a list and something besides. */
function telling(name: string, item: Sound, needed: Fields = {}, optional: Fields = {}): Check {
  const rest = shape({ type: (told) => told, ...needed }, optional)
  return (told, tally) => {
    const read = rest(told)
    const items = read && tally.items(told[name], item)
    return items && { ...read, [name]: items }
  }
}

/** An event that tells a list and is about nothing else: it counts as long as one item of it can be read. */
function listing(name: string, item: Sound, needed: Fields = {}, optional: Fields = {}): Check {
  const read = telling(name, item, needed, optional)
  return (told, tally) => {
    const event = read(told, tally)
    const isEmptied = tally.leftOut > 0 && tally.leftOut === (told[name] as readonly unknown[]).length
    return isEmptied ? undefined : event
  }
}

/** An event whose one field is made of lists itself. */
function holding(name: string, sound: (told: unknown, tally: Tally) => unknown): Check {
  return (told, tally) => {
    const held = sound(told[name], tally)
    return held === undefined ? undefined : { ...told, [name]: held }
  }
}

const scope = shape({}, { conversationId: id, groupId: id, userId: id, message: soundMessage })

const nouns = (sound: Sound): Check => {
  return (told, tally) => {
    const found = tally.items(told['found'], sound)
    const missing = tally.items(told['missing'], id)
    const heardAt = number(told['heardAt'])
    return found && missing && heardAt !== undefined
      ? { type: told['type'], found, missing, heardAt }
      : undefined
  }
}

const CHECKS: Readonly<Record<TransportEvent['type'] | Answered, Check>> = {
  'session.changed': fields({ session: soundSession }),
  'checkpoint.advanced': fields({ checkpoint: (told) => (told === '' ? undefined : url(told)) }),
  'clock.measured': fields({ offsetMs: number, errorMs: amount }),
  'abilities.changed': fields({}, { scope }),
  'limits.changed': fields({}),
  'storage.degraded': fields({ error: soundError }),
  'timeline.interrupted': listing('conversationIds', id, {
    lost: or(oneOf('messages', 'changes', 'both'), 'both'),
  }),
  'message.received': listing('messages', soundMessage, { isLive: or(flag, false) }),
  'message.changed': listing('changes', soundChange),
  'receipt.received': listing('receipts', soundReceipt),
  'typing.changed': fields({ conversationId: id, userId: id, isTyping: flag }),
  'conversation.changed': listing('conversations', soundConversationPatch),
  // What cannot be brought back goes only where that is clearly said.
  'conversation.removed': listing('ids', id, { withHistory: flag }),
  'conversation.cleared': fields({ id, upToAt: pastMoment }),
  'profile.changed': listing('profiles', soundProfilePatch),
  'contact.changed': listing('contacts', soundContactPatch),
  'contact.removed': listing('userIds', id),
  'friendRequest.changed': listing('requests', soundRequestPatch),
  'blocklist.changed': listing('userIds', id),
  'presence.changed': listing('presences', soundPresence),
  'group.changed': listing('groups', soundGroupPatch),
  'member.changed': listing('members', soundMemberPatch, { groupId: id }),
  'member.removed': listing(
    'userIds',
    id,
    { groupId: id, how: or(oneOf('quit', 'kicked', 'banned', 'unknown'), 'unknown') },
    { byId: id },
  ),
  'application.changed': listing('applications', soundApplication),
  'attributes.changed': telling('deleted', id, { groupId: id, set: bag(url) }),
  'counters.changed': fields({ groupId: id, counters: bag(number) }),
  'wire.rejected': fields({ reason: or(prose, 'unreadable') }),

  'message.sent': fields({ message: soundMessage, rowKey: (told) => told }),
  'history.loaded': holding('page', soundPage),
  'conversations.listed': telling('conversations', soundConversation, { isComplete: or(flag, false) }),
  'members.listed': telling('members', soundMember, { groupId: id }, { isMore: flag, next: (told) => told }),
  'profiles.fetched': nouns(soundProfile),
  'groups.fetched': nouns(soundGroup),
  'contacts.listed': telling('contacts', soundContact),
  'friendRequests.listed': telling('requests', soundRequest),
  'cache.started': holding('start', soundStart),
  'timeline.opened': holding('opening', soundOpening),
  'draft.changed': fields({ conversationId: id, draft: soundDraft }, { writtenAt: moment }),
  'conversation.pinnedHere': fields({ conversationId: id, isPinned: flag }),
  'habit.changed': fields({ name: soundHabitName, text: prose }),
}

/** What of an event may be taken in, whoever told it. What the kit itself makes of its own calls passes as it is. */
export function soundEvent(told: unknown): SoundEvent {
  const tally = new Tally()
  try {
    if (!isRecord(told)) return { leftOut: 1 }
    const { type } = told
    if (typeof type !== 'string') return { leftOut: 1 }
    if (!Object.hasOwn(CHECKS, type)) return { event: told as unknown as ChatEvent, leftOut: 0 }
    const event = CHECKS[type as keyof typeof CHECKS](told, tally) as ChatEvent | undefined
    return event ? { event, leftOut: tally.leftOut } : { leftOut: Math.max(tally.leftOut, 1) }
  } catch {
    return { leftOut: 1 }
  }
}
