import type { Pinia } from 'pinia'
import type { Clock, Logger } from '../core/ports'
import { createServerClock, endedSession } from '../core/session'
import { soundEvent } from '../core/sound'
import type {
  CacheStart,
  ChatErrorShape,
  ChatEvent,
  ConversationId,
  EventSource,
  Stop,
  UserId,
} from '../model'
import { createWriters } from '../stores/writers'
import { outboxStateOf, queuedMessage } from './queuedMessage'

/** The one road in: every change of the stores is an event that walks it, whoever says so. */
export type Ingest = (events: readonly ChatEvent[], source: EventSource) => void

type Handlers = {
  readonly [T in ChatEvent['type']]: (event: Extract<ChatEvent, { type: T }>, source: EventSource) => void
}

/** What ingest needs from its surroundings. */
export interface IngestOptions {
  /** Where the stores live. */
  readonly pinia: Pinia
  /** The user this kit is signed in as. */
  readonly ownId: UserId
  /** Ends typing signs that nobody ends. */
  readonly clock: Clock
  /** Hears of wire input that nobody understands. */
  readonly logger: Logger
  /** Called with what can be read, before the stores know: gives what they are to know of it. */
  readonly beforehand?: (event: ChatEvent, source: EventSource) => ChatEvent
  /** Called after the stores know: for what follows from a fact, such as sending what waited for the connection. */
  readonly afterwards?: (event: ChatEvent, source: EventSource) => void
}

/** Nobody tells when somebody merely stopped: a typing sign ends by itself. */
const TYPING_ENDS_AFTER_MS = 6_000

/** The road in, and its end. */
export interface RoadIn {
  readonly ingest: Ingest
  /** Empties every store and says that the kit has ended; whatever comes afterwards is not taken in. */
  reset(): void
}

/** Makes the road in. A batch is taken in at once, in order, so that the interface is drawn once. */
export function createIngest(options: IngestOptions): RoadIn {
  const { logger, clock } = options
  const serverClock = createServerClock(clock)
  const writers = createWriters(options.pinia, options.ownId)
  let isEnded = false
  const typing = createTypingTimers(options, (conversationId, userId) =>
    ingest([{ type: 'typing.changed', conversationId, userId, isTyping: false }], 'local'),
  )

  const handlers: Handlers = {
    'session.changed': ({ session }) => {
      writers.setSession(session)
      writers.bumpAbilities()
      writers.noteSession(session, clock.now())
      if ('error' in session && session.error) note(session.error)
      if (session.state !== 'online' || session.hasContinuity) return
      writers.interruptTimelines()
      writers.doubtList()
      writers.doubtContacts()
      writers.doubtMembers()
    },
    'checkpoint.advanced': () => {},
    'clock.measured': ({ offsetMs, errorMs }) => {
      if (!serverClock.measured(offsetMs, errorMs)) return reject('a server clock that cannot be')
      writers.setClockOffset(serverClock.offsetMs())
      const error = serverClock.skewError()
      if (error) writers.addNotice(error)
    },
    'abilities.changed': () => writers.bumpAbilities(),
    'limits.changed': () => writers.bumpAbilities(),
    'storage.degraded': ({ error }) => {
      writers.addNotice(error)
      note(error)
    },
    'timeline.interrupted': ({ conversationIds }) => writers.interruptTimelines(conversationIds),
    'message.received': (event) => {
      const messages = writers.takeLive(event.messages, clock.now())
      for (const message of messages) typing.end(message.conversationId, message.senderId)
      writers.addMessages(messages)
      writers.noteNewest(messages)
    },
    'message.changed': ({ changes }) => {
      changes.forEach(writers.changeMessage)
      changes.forEach(writers.changeLive)
      changes.forEach(writers.notePinChange)
    },
    'receipt.received': ({ receipts }) => writers.addReceipts(receipts),
    'typing.changed': ({ conversationId, userId, isTyping }) => {
      if (isTyping) typing.begin(conversationId, userId)
      else typing.forget(conversationId, userId)
      writers.setTyping(conversationId, userId, isTyping)
    },
    'conversation.changed': ({ conversations }) => conversations.forEach(writers.patchConversation),
    'conversation.removed': ({ ids, withHistory }) => {
      for (const id of ids) {
        writers.removeConversation(id)
        // What waits to be sent is not lost with the history, and says itself why it cannot be sent.
        if (withHistory) writers.clearTimeline(id, { keepsTail: true })
      }
    },
    'conversation.cleared': ({ id, upToAt }) => writers.clearTimeline(id, { keepsTail: true, upToAt }),
    'profile.changed': ({ profiles }) => profiles.forEach(writers.patchProfile),
    'contact.changed': ({ contacts }) => contacts.forEach(writers.patchContact),
    'contact.removed': ({ userIds }) => userIds.forEach(writers.removeContact),
    'friendRequest.changed': ({ requests }) => requests.forEach(writers.patchRequest),
    'blocklist.changed': ({ userIds }) => writers.setBlocklist(userIds),
    'presence.changed': ({ presences }) => presences.forEach(writers.setPresence),
    'group.changed': ({ groups }) => {
      groups.forEach(writers.patchGroup)
      for (const { id } of groups) writers.renewLive(id)
    },
    'member.changed': ({ groupId, members }) => writers.patchMembers(groupId, members),
    'member.removed': (event) => {
      writers.removeMembers(event.groupId, event.userIds)
      writers.removeFromLive(event)
    },
    'application.changed': ({ applications }) => writers.putApplications(applications),
    'attributes.changed': ({ groupId, set, deleted }, source) =>
      writers.changeAttributes(groupId, set, deleted, source === 'local'),
    'counters.changed': ({ groupId, counters }, source) =>
      writers.changeCounters(groupId, counters, source === 'local'),
    'wire.rejected': ({ reason }) => reject(reason),

    'cache.started': ({ start }) => takeStart(start),
    'timeline.opened': ({ request, opening }) => {
      writers.openTimeline(request, opening)
      writers.addReceipts(opening.receipts)
    },
    'timeline.followed': ({ conversationId, isFollowing }) =>
      writers.setFollowing(conversationId, isFollowing),
    'command.changed': ({ item }) => writers.putCommand(item),
    'command.ended': ({ id }) => writers.endCommand(id),
    'message.queued': ({ message, rowKey }) => writers.addQueued(message, rowKey),
    'outbox.changed': ({ conversationId, rowKey, outbox }) => {
      writers.setOutbox(conversationId, rowKey, outbox)
      if ('error' in outbox) note(outbox.error)
    },
    'message.sent': ({ message, rowKey }) => {
      writers.settleSent(message, rowKey)
      writers.noteNewest([message])
    },
    'message.dropped': ({ conversationId, rowKey }) => writers.dropMessage(conversationId, rowKey),
    'upload.progressed': ({ conversationId, rowKey, fraction }) =>
      writers.setUploadFraction(conversationId, rowKey, fraction),
    'history.requested': ({ request, beside }) => writers.startHistory(request, beside),
    'history.loaded': ({ request, page, beside }) => writers.addHistory(request, page, beside),
    'history.failed': ({ request, error, beside }) => {
      writers.failHistory(request, error, beside)
      note(error)
    },
    'conversations.requested': () => writers.setListState('loading'),
    'conversations.listed': ({ conversations, isComplete }) => {
      conversations.forEach(writers.putConversation)
      if (isComplete) writers.setListState('ready')
    },
    'conversations.failed': ({ error }) => {
      writers.setListState('failed', error)
      note(error)
    },
    'profiles.fetched': (answer, source) => writers.takeProfiles(answer, source === 'cache'),
    'groups.fetched': (answer, source) => {
      writers.takeGroups(answer, source === 'cache')
      for (const { id } of answer.found) writers.renewLive(id)
    },
    'members.requested': ({ groupId }) => writers.setMembersState(groupId, 'loading'),
    'members.listed': ({ groupId, members, isMore, next }, source) =>
      source === 'cache'
        ? writers.recallMembers(groupId, members)
        : writers.listMembers(groupId, members, isMore ?? false, next),
    'members.failed': ({ groupId, error }) => {
      writers.setMembersState(groupId, 'failed')
      note(error)
    },
    'contacts.requested': () => writers.beginContacts(),
    'contacts.listed': ({ contacts }) => writers.listContacts(contacts),
    'contacts.failed': ({ error }) => {
      writers.failContacts(error)
      note(error)
    },
    'friendRequests.requested': () => writers.beginRequests(),
    'friendRequests.listed': ({ requests }) => writers.listRequests(requests),
    'friendRequests.failed': ({ error }) => {
      writers.failRequests(error)
      note(error)
    },
    'friendRequest.removed': ({ ids }) => writers.removeRequests(ids),
    'draft.changed': ({ conversationId, draft }) => writers.setDraft(conversationId, draft),
    'announcement.seen': ({ groupId, text }) => writers.seeAnnouncement(groupId, text),
    'conversation.pinnedHere': ({ conversationId, isPinned }) =>
      writers.setPinnedHere(conversationId, isPinned),
    'habit.changed': ({ name, text }) => writers.setHabit(name, text),
    'pins.listed': ({ conversationId, messages }) => writers.listPins(conversationId, messages),
    'notice.dismissed': ({ id }) => writers.dropNotice(id),
    'liveRoom.changed': ({ groupId, standing }) => writers.setLiveStanding(groupId, standing),
    'liveRoom.counted': ({ groupId, onlineCount }) => writers.setLiveCount(groupId, onlineCount),
    'liveRoom.liked': ({ groupId, count }) => writers.likeLive(groupId, count),
    'liveRoom.left': ({ groupId }) => writers.closeLive(groupId),
  }

  /** Kept for whoever looks for what is wrong. */
  function note(error: ChatErrorShape): void {
    writers.noteError(error, clock.now())
  }

  function takeStart({ seenAnnouncements = [], friendRequests = [], ...start }: CacheStart): void {
    const { pinnedHereIds = [], habits = [] } = start
    const { conversations, drafts, contacts, blockedIds = [], receipts, outbox } = start
    for (const { groupId, text } of seenAnnouncements) writers.seeAnnouncement(groupId, text)
    for (const id of pinnedHereIds) writers.setPinnedHere(id, true)
    habits.forEach(writers.recallHabit)
    conversations.forEach(writers.recallConversation)
    for (const { conversationId, draft } of drafts) writers.recallDraft(conversationId, draft)
    contacts.forEach(writers.recallContact)
    friendRequests.forEach(writers.recallRequest)
    writers.recallBlocked(blockedIds)
    writers.addReceipts(receipts)
    for (const item of outbox) {
      writers.putCommand(item)
      const message = queuedMessage(item, options.ownId)
      if (message) writers.addQueued(message, item.id, outboxStateOf(item))
    }
  }

  /** What nobody can read is counted and told, never thrown, and does no harm to what comes after it. */
  function reject(reason: string, count = 1): void {
    writers.countRejected(count)
    logger.warn('Something that was told could not be read.', reason)
  }

  /** Of each event what can be read is taken in; the rest is counted, one for each thing that is left out as a whole. */
  function ingest(events: readonly ChatEvent[], source: EventSource): void {
    if (isEnded) return
    if (!Array.isArray(events)) return reject(`no events from ${source}`)
    for (const told of events as readonly unknown[]) {
      const { event, leftOut } = soundEvent(told)
      if (leftOut > 0) reject(`${nameOf(told)} from ${source}`, leftOut)
      if (!event) continue
      try {
        take(options.beforehand?.(event, source) ?? event, source)
      } catch (error) {
        reject(`${event.type}: ${String(error)}`)
      }
    }
  }

  function take(event: ChatEvent, source: EventSource): void {
    // The table has exactly one entry a type; TypeScript cannot tie the two sides of this call together.
    const handle = Object.hasOwn(handlers, event.type)
      ? (handlers[event.type] as (event: ChatEvent, source: EventSource) => void)
      : undefined
    if (!handle) {
      reject(`unknown event ${nameOf(event)}`)
      return
    }
    handle(event, source)
    options.afterwards?.(event, source)
  }
  return {
    ingest,
    reset() {
      isEnded = true
      writers.reset()
      writers.setSession(endedSession())
      writers.bumpAbilities()
    },
  }
}

/** What an event that cannot be read calls itself, where it does. */
function nameOf(told: unknown): string {
  try {
    const { type } = told as { readonly type?: unknown }
    return typeof type === 'string' ? type.slice(0, 100) : 'an event without a type'
  } catch {
    return 'an event without a type'
  }
}

function createTypingTimers(
  { clock }: IngestOptions,
  onEnd: (conversationId: ConversationId, userId: UserId) => void,
) {
  const stops = new Map<string, Stop>()
  const nameOf = (conversationId: ConversationId, userId: UserId) => JSON.stringify([conversationId, userId])

  function forget(conversationId: ConversationId, userId: UserId): void {
    const name = nameOf(conversationId, userId)
    stops.get(name)?.()
    stops.delete(name)
  }
  return {
    begin(conversationId: ConversationId, userId: UserId): void {
      forget(conversationId, userId)
      const stop = clock.after(TYPING_ENDS_AFTER_MS, () => onEnd(conversationId, userId))
      stops.set(nameOf(conversationId, userId), stop)
    },
    /** A message from somebody who types ends the sign at once. */
    end(conversationId: ConversationId, userId: UserId): void {
      if (stops.has(nameOf(conversationId, userId))) onEnd(conversationId, userId)
    },
    forget,
  }
}
