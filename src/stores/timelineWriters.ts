import type { Pinia } from 'pinia'
import { shallowReactive } from 'vue'
import { fartherMark, readMark } from '../core/receipts'
import type { ReadMark } from '../core/receipts'
import { mergeTimeline, Timeline } from '../core/timeline'
import type { TimelineInput } from '../core/timeline'
import type {
  CachedOpening,
  ChatErrorShape,
  ConversationId,
  EpochMs,
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

  function merge(id: ConversationId, input: TimelineInput): void {
    const known = store.timelineById.get(id) ?? new Timeline()
    const isDense = conversations.byId.get(id)?.isDense ?? false
    const next = mergeTimeline(known, input, { ownId, isDense })
    if (next !== known) store.timelineById.set(id, next)
  }

  /** Where no timeline is, nothing has to be told: what is loaded later comes as changed. */
  function mergeKnown(id: ConversationId, input: TimelineInput): void {
    if (store.timelineById.has(id)) merge(id, input)
  }

  return {
    addMessages(messages: readonly Message[]): void {
      for (const [id, ours] of byConversation(messages)) mergeKnown(id, { kind: 'live', messages: ours })
    },
    changeMessage(change: MessageChange): void {
      mergeKnown(change.ref.conversationId, { kind: 'changed', change })
    },
    addQueued(message: Message, rowKey: string, outbox?: OutboxState): void {
      merge(message.conversationId, { kind: 'queued', message, rowKey, ...(outbox && { outbox }) })
    },
    setOutbox(id: ConversationId, rowKey: string, outbox: OutboxState): void {
      mergeKnown(id, { kind: 'outbox', rowKey, outbox })
    },
    settleSent(message: Message, rowKey: string): void {
      mergeKnown(message.conversationId, { kind: 'settled', rowKey, message })
    },
    dropMessage(id: ConversationId, rowKey: string): void {
      mergeKnown(id, { kind: 'dropped', rowKey })
    },
    setUploadFraction(id: ConversationId, rowKey: string, fraction: number): void {
      mergeKnown(id, { kind: 'uploading', rowKey, fraction })
    },
    openTimeline(request: HistoryRequest, opening: CachedOpening): void {
      const page = ofConversation(request.conversationId, opening.page)
      merge(request.conversationId, { kind: 'opened', request, opening: { ...opening, page } })
    },
    startHistory(request: HistoryRequest, beside?: MessageRef): void {
      merge(request.conversationId, { kind: 'requested', request, ...(beside && { beside }) })
    },
    addHistory(request: HistoryRequest, page: KnownPage, beside?: MessageRef): void {
      const ours = ofConversation(request.conversationId, page)
      mergeKnown(request.conversationId, { kind: 'page', request, page: ours, ...(beside && { beside }) })
    },
    failHistory(request: HistoryRequest, error: ChatErrorShape, beside?: MessageRef): void {
      mergeKnown(request.conversationId, { kind: 'failed', request, error, ...(beside && { beside }) })
    },
    setFollowing(id: ConversationId, isFollowing: boolean): void {
      mergeKnown(id, { kind: 'following', isFollowing })
    },
    /** Marks timelines whose newest end may have a hole; those never loaded have nothing to lose. */
    interruptTimelines(ids?: readonly ConversationId[]): void {
      for (const id of ids ?? [...store.timelineById.keys()]) mergeKnown(id, { kind: 'interrupted' })
    },
    clearTimeline(id: ConversationId, how: { readonly keepsTail: boolean; readonly upToAt?: EpochMs }): void {
      mergeKnown(id, { kind: 'cleared', ...how })
    },
    forgetConversation(id: ConversationId): void {
      mergeKnown(id, { kind: 'cleared', keepsTail: false })
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
    mergeKnown(ref.conversationId, { kind: 'counted', keys: ref.keys, readCount, unreadCount })
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

/** A page without what belongs elsewhere, whatever the backend mixes up. */
function ofConversation(id: ConversationId, page: KnownPage): KnownPage {
  const messages = page.messages.filter(({ conversationId }) => conversationId === id)
  return messages.length === page.messages.length ? page : { ...page, messages }
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
