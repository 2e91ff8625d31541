import type { Pinia } from 'pinia'
import { normaliseParts } from '../core/text'
import { Timeline } from '../core/timeline'
import { fartherMark, readMark } from '../core/receipts'
import type {
  ChatErrorShape,
  Contact,
  Conversation,
  ConversationId,
  Group,
  GroupId,
  HistoryPage,
  HistoryRequest,
  Member,
  Message,
  MessageChange,
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
import { useSessionStore } from './sessionStore'
import { useTimelineStore } from './timelineStore'
import { useTypingStore } from './typingStore'

/** The write door of the stores, for the user `ownId`: one function a change, data only. Nobody but `app/ingest` opens it. */
export function createWriters(pinia: Pinia, ownId: UserId) {
  return {
    ...sessionWriters(pinia),
    ...conversationWriters(pinia),
    ...timelineWriters(pinia, ownId),
    ...peopleWriters(pinia),
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

function conversationWriters(pinia: Pinia) {
  const store = useConversationStore(pinia)
  const typing = useTypingStore(pinia)
  return {
    setListState(state: 'loading' | 'ready' | 'failed', error?: ChatErrorShape): void {
      store.state = state
      store.error = error
    },
    patchConversation(patch: Patch<Conversation, 'id' | 'kind'>): void {
      const next = patched<Conversation>(store.byId.get(patch.id), patch)
      const parts = next.last?.parts && normaliseParts(next.last.parts)
      store.byId.set(patch.id, next.last && parts ? { ...next, last: { ...next.last, parts } } : next)
    },
    removeConversation(id: ConversationId): void {
      store.byId.delete(id)
      typing.userIdsById.delete(id)
    },
    setDraft(id: ConversationId, text: string): void {
      if (text === '') store.draftById.delete(id)
      else store.draftById.set(id, text)
    },
    setTyping(id: ConversationId, userId: UserId, isTyping: boolean): void {
      const known = typing.userIdsById.get(id) ?? []
      if (known.includes(userId) === isTyping) return
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
    changeMessage(messageChange: MessageChange): void {
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
    clearTimeline(id: ConversationId): void {
      if (store.timelineById.has(id)) change(id, (timeline) => timeline.clear())
    },
    addReceipt(receipt: Receipt): void {
      if (receipt.kind === 'counts') {
        const { ref, readCount, unreadCount } = receipt
        change(ref.conversationId, (timeline) => timeline.setReceiptCounts(ref.keys, readCount, unreadCount))
        return
      }
      const told = readMark(receipt.point)
      if (!told) return
      const marks = receipts.marksById.get(receipt.conversationId)
      const known = marks?.get(receipt.userId)
      const next = { ...known, [receipt.state]: fartherMark(known?.[receipt.state], told) }
      receipts.marksById.set(receipt.conversationId, new Map([...(marks ?? []), [receipt.userId, next]]))
    },
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
    addMissingProfiles(ids: readonly UserId[]): void {
      for (const id of ids) profiles.missingIds.add(id)
    },
    patchGroup(patch: Patch<Group, 'id'>): void {
      groups.byId.set(patch.id, patched(groups.byId.get(patch.id), patch))
      groups.missingIds.delete(patch.id)
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
