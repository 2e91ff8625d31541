import type { Pinia } from 'pinia'
import { shallowReactive } from 'vue'
import { fartherMark, readMark } from '../core/receipts'
import type { ReadMark } from '../core/receipts'
import { Timeline } from '../core/timeline'
import type {
  ChatErrorShape,
  ConversationId,
  KnownPage,
  HistoryRequest,
  Message,
  MessageChange,
  MessageRef,
  OutboxState,
  Receipt,
  UserId,
} from '../model'
import { useConversationStore } from './conversationStore'
import { useReceiptStore } from './receiptStore'
import type { UserMarks } from './receiptStore'
import { useTimelineStore } from './timelineStore'

/** What changes timelines and receipts. */
export function timelineWriters(pinia: Pinia, ownId: UserId) {
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
    addHistory(request: HistoryRequest, page: KnownPage): void {
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

function byConversation(messages: readonly Message[]): Map<ConversationId, Message[]> {
  const found = new Map<ConversationId, Message[]>()
  for (const message of messages) {
    const ours = found.get(message.conversationId)
    if (ours) ours.push(message)
    else found.set(message.conversationId, [message])
  }
  return found
}
