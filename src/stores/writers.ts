import type { Pinia } from 'pinia'
import { shallowReactive } from 'vue'
import { soundParts, soundTime, Timeline } from '../core/timeline'
import { fartherMark, readMark } from '../core/receipts'
import type { ReadMark } from '../core/receipts'
import type {
  ChatErrorShape,
  Contact,
  Conversation,
  ConversationId,
  Draft,
  Group,
  GroupId,
  HistoryPage,
  HistoryRequest,
  Member,
  Message,
  MessageChange,
  MessageRef,
  OutboxState,
  Patch,
  Profile,
  Receipt,
  SessionState,
  UserId,
} from '../model'
import { useConversationStore } from './conversationStore'
import { useGroupStore } from './groupStore'
import type { GroupMembers } from './groupStore'
import { patched } from './patch'
import { useProfileStore } from './profileStore'
import { useReceiptStore } from './receiptStore'
import type { UserMarks } from './receiptStore'
import { useSessionStore } from './sessionStore'
import { useTimelineStore } from './timelineStore'
import { useTypingStore } from './typingStore'

/** Nobody reads a longer list of names; in a busy room it would only cost. */
const MAX_TYPING = 20

const STORES = [
  useSessionStore,
  useConversationStore,
  useTimelineStore,
  useReceiptStore,
  useProfileStore,
  useGroupStore,
  useTypingStore,
]

/** The write door of the stores, for the user `ownId`: one function a change, data only. Nobody but `app/ingest` opens it. */
export function createWriters(pinia: Pinia, ownId: UserId) {
  const timelines = timelineWriters(pinia, ownId)
  return {
    ...sessionWriters(pinia),
    ...conversationWriters(pinia, timelines),
    ...timelines,
    ...peopleWriters(pinia),
    /** Empties every store, so that nothing of this user is left for the next one (A10). */
    reset(): void {
      for (const useStore of STORES) {
        const store = useStore(pinia)
        store.$dispose()
        delete pinia.state.value[store.$id]
      }
    },
  }
}

function sessionWriters(pinia: Pinia) {
  const store = useSessionStore(pinia)
  return {
    setSession(session: SessionState): void {
      store.session = session
    },
    setClockOffset(offsetMs: number): void {
      store.clockOffsetMs = offsetMs
    },
    bumpAbilities(): void {
      store.abilitiesRevision++
    },
    /** One notice an error: told again it is not shown twice. */
    addNotice(error: ChatErrorShape): void {
      const id = `${error.domain}:${error.code}`
      if (!store.notices.some((notice) => notice.id === id)) store.notices = [...store.notices, { id, error }]
    },
    dropNotice(id: string): void {
      store.notices = store.notices.filter((notice) => notice.id !== id)
    },
    countRejected(): void {
      store.rejectedCount++
    },
  }
}

function conversationWriters(pinia: Pinia, timelines: ReturnType<typeof timelineWriters>) {
  const store = useConversationStore(pinia)
  const typing = useTypingStore(pinia)

  function put(next: Conversation): void {
    const known = store.byId.get(next.id)
    // Built again under its old id: nothing that is held of the old one fits (D3).
    if (known && known.incarnation !== next.incarnation) timelines.forgetConversation(next.id)
    const { last } = next
    const sound = last && {
      ...last,
      ...(last.parts && { parts: soundParts(last.parts) }),
      ...(last.sentAt !== undefined && { sentAt: soundTime(last.sentAt) }),
    }
    store.byId.set(next.id, sound ? { ...next, last: sound } : next)
  }

  return {
    /** A list that is here stays while it is read again. */
    setListState(state: 'loading' | 'ready' | 'failed', error?: ChatErrorShape): void {
      if (state === 'ready' || store.state !== 'ready') store.state = state
      store.error = error
      store.isDoubtful = false
    },
    doubtList(): void {
      store.isDoubtful = store.state !== 'empty'
    },
    patchConversation(patch: Patch<Conversation, 'id' | 'kind'>): void {
      put(patched<Conversation>(store.byId.get(patch.id), patch))
    },
    /** Takes the whole conversation as the backend holds it. */
    putConversation: put,
    removeConversation(id: ConversationId): void {
      store.byId.delete(id)
      typing.userIdsById.delete(id)
    },
    setDraft(id: ConversationId, draft: Draft): void {
      store.draftById.set(id, draft)
    },
    setTyping(id: ConversationId, userId: UserId, isTyping: boolean): void {
      const known = typing.userIdsById.get(id) ?? []
      if (known.includes(userId) === isTyping) return
      if (isTyping && known.length >= MAX_TYPING) return
      typing.userIdsById.set(id, isTyping ? [...known, userId] : known.filter((other) => other !== userId))
    },
  }
}

function timelineWriters(pinia: Pinia, ownId: UserId) {
  const store = useTimelineStore(pinia)
  const conversations = useConversationStore(pinia)
  const receipts = useReceiptStore(pinia)

  function change(id: ConversationId, work: (timeline: Timeline) => void): void {
    let timeline = store.timelineById.get(id)
    if (!timeline) {
      timeline = new Timeline(ownId, () => conversations.byId.get(id)?.isDense ?? false)
      store.timelineById.set(id, timeline)
    }
    work(timeline)
    store.revisionById.set(id, (store.revisionById.get(id) ?? 0) + 1)
  }

  return {
    addMessages(messages: readonly Message[]): void {
      for (const [id, ours] of byConversation(messages)) change(id, (timeline) => timeline.addLive(ours))
    },
    /** Where no timeline is, the backend's history will tell the message as changed. */
    changeMessage(messageChange: MessageChange): void {
      if (!store.timelineById.has(messageChange.ref.conversationId)) return
      change(messageChange.ref.conversationId, (timeline) => timeline.change(messageChange))
    },
    addQueued(message: Message, rowKey: string): void {
      change(message.conversationId, (timeline) => timeline.addQueued(message, rowKey))
    },
    setOutbox(id: ConversationId, rowKey: string, outbox: OutboxState): void {
      change(id, (timeline) => timeline.setOutbox(rowKey, outbox))
    },
    settleSent(message: Message, rowKey: string): void {
      change(message.conversationId, (timeline) => timeline.settle(rowKey, message))
    },
    dropMessage(id: ConversationId, rowKey: string): void {
      change(id, (timeline) => timeline.drop(rowKey))
    },
    setUploadFraction(id: ConversationId, rowKey: string, fraction: number): void {
      change(id, (timeline) => timeline.setUploadFraction(rowKey, fraction))
    },
    startHistory(request: HistoryRequest): void {
      change(request.conversationId, (timeline) => timeline.startLoading(request))
    },
    addHistory(request: HistoryRequest, page: HistoryPage): void {
      change(request.conversationId, (timeline) => timeline.addPage(request, page))
    },
    failHistory(request: HistoryRequest, error: ChatErrorShape): void {
      change(request.conversationId, (timeline) => timeline.failLoading(request, error))
    },
    /** Marks timelines whose newest end may have a hole; those never loaded have nothing to lose. */
    interruptTimelines(ids?: readonly ConversationId[]): void {
      for (const id of ids ?? [...store.timelineById.keys()]) {
        if (store.timelineById.has(id)) change(id, (timeline) => timeline.interrupt())
      }
    },
    clearTimeline(id: ConversationId, how: { readonly keepsTail: boolean }): void {
      if (store.timelineById.has(id)) change(id, (timeline) => timeline.clear(how))
    },
    forgetConversation(id: ConversationId): void {
      if (store.timelineById.has(id)) change(id, (timeline) => timeline.clear({ keepsTail: false }))
      receipts.marksById.delete(id)
    },
    addReceipts(told: readonly Receipt[]): void {
      for (const receipt of told) {
        if (receipt.kind === 'counts') addCounts(receipt)
        else addMark(receipt)
      }
    },
  }

  function addCounts({ ref, readCount, unreadCount }: Extract<Receipt, { kind: 'counts' }>): void {
    if (!store.timelineById.has(ref.conversationId)) return
    change(ref.conversationId, (timeline) => timeline.setReceiptCounts(ref.keys, readCount, unreadCount))
  }

  function addMark({ conversationId, userId, state, point }: Extract<Receipt, { kind: 'upTo' }>): void {
    const told =
      readMark(point) ?? ('message' in point ? markOfKnown(conversationId, point.message) : undefined)
    if (!told) return
    let marks = receipts.marksById.get(conversationId)
    if (!marks) {
      marks = shallowReactive(new Map<UserId, UserMarks>())
      receipts.marksById.set(conversationId, marks)
    }
    const known = marks.get(userId)
    const farther = fartherMark(known?.[state], told)
    if (farther !== known?.[state]) marks.set(userId, { ...known, [state]: farther })
  }

  /** A point that names its message by keys only stands where that message stands. */
  function markOfKnown(conversationId: ConversationId, { keys }: MessageRef): ReadMark | undefined {
    const message = store.timelineById.get(conversationId)?.find(keys)?.message
    return message && readMark({ message })
  }
}

function peopleWriters(pinia: Pinia) {
  const profiles = useProfileStore(pinia)
  const groups = useGroupStore(pinia)

  function changeMembers(
    id: GroupId,
    change: (byId: Map<UserId, Member>) => void,
    state: GroupMembers['state'],
  ): void {
    const next = new Map(groups.membersById.get(id)?.byId)
    change(next)
    groups.membersById.set(id, { byId: next, state })
  }

  return {
    patchProfile(patch: Patch<Profile, 'id'>): void {
      profiles.byId.set(patch.id, patched(profiles.byId.get(patch.id), patch))
      profiles.missingIds.delete(patch.id)
    },
    /** Takes the whole profile as the backend holds it. */
    putProfile(profile: Profile): void {
      profiles.byId.set(profile.id, profile)
      profiles.missingIds.delete(profile.id)
    },
    addMissingProfiles(ids: readonly UserId[]): void {
      for (const id of ids) profiles.missingIds.add(id)
    },
    patchGroup(patch: Patch<Group, 'id'>): void {
      groups.byId.set(patch.id, patched(groups.byId.get(patch.id), patch))
      groups.missingIds.delete(patch.id)
    },
    /** Takes the whole group as the backend holds it. */
    putGroup(group: Group): void {
      groups.byId.set(group.id, group)
      groups.missingIds.delete(group.id)
    },
    addMissingGroups(ids: readonly GroupId[]): void {
      for (const id of ids) groups.missingIds.add(id)
    },
    setMembersState(id: GroupId, state: GroupMembers['state']): void {
      changeMembers(id, () => {}, state)
    },
    /** The whole list, as read from the backend. */
    listMembers(id: GroupId, members: readonly Member[]): void {
      groups.membersById.set(id, {
        byId: new Map(members.map((member) => [member.userId, member])),
        state: 'ready',
      })
    },
    /** Changes of members matter only where the list is shown. */
    patchMembers(id: GroupId, members: readonly Patch<Member, 'userId'>[]): void {
      const known = groups.membersById.get(id)
      if (!known) return
      changeMembers(
        id,
        (byId) =>
          members.forEach((member) => byId.set(member.userId, patched(byId.get(member.userId), member))),
        known.state,
      )
    },
    removeMembers(id: GroupId, userIds: readonly UserId[]): void {
      const known = groups.membersById.get(id)
      if (known) changeMembers(id, (byId) => userIds.forEach((userId) => byId.delete(userId)), known.state)
    },
    patchContact(patch: Patch<Contact, 'userId'>): void {
      profiles.contactById.set(patch.userId, patched(profiles.contactById.get(patch.userId), patch))
    },
    removeContact(userId: UserId): void {
      profiles.contactById.delete(userId)
    },
  }
}

function byConversation(messages: readonly Message[]): Map<ConversationId, Message[]> {
  const found = new Map<ConversationId, Message[]>()
  for (const message of messages) {
    const ours = found.get(message.conversationId)
    if (ours) ours.push(message)
    else found.set(message.conversationId, [message])
  }
  return found
}
