import type { ConversationId, EpochMs, UserId } from './id'
import type { MessageRef } from './message'

/** By time where the backend knows only a watermark; it never moves back. */
export type ReadPoint = { readonly at: EpochMs } | { readonly message: MessageRef }
/** 'upTo' with one's own id is one's own read position, on whatever device it moved. */
export type Receipt =
  | {
      readonly kind: 'upTo'
      readonly conversationId: ConversationId
      readonly userId: UserId
      readonly state: 'delivered' | 'read'
      readonly point: ReadPoint
      readonly at?: EpochMs
    }
  | {
      readonly kind: 'counts'
      readonly ref: MessageRef
      readonly readCount: number
      readonly unreadCount: number
    }
