import type { ConversationId, GroupId, UserId } from './id'
import type { Message, MessageRef } from './message'

/** What rings: everything, only mentions, nothing, or the message is not even kept. */
export type NotifyMode = 'all' | 'mentions' | 'none' | 'discard'
/** One row of the list. It stores no name and no avatar: those come from the profile or the group (F6). */
export interface Conversation {
  readonly id: ConversationId
  readonly kind: 'direct' | 'group' | 'live' | 'channel'
  readonly peerId?: UserId
  readonly groupId?: GroupId
  /** Changes when a dissolved conversation is built again under its old id: all that is held of it is dropped (D3). */
  readonly incarnation?: string
  /**
   * The newest stored message as the server tells it, perhaps keyless: a preview, what the list is sorted by, and a test
   * for a gap; never put in the timeline. A newer message told by event takes its place.
   */
  readonly last?: MessageRef & Partial<Pick<Message, 'parts' | 'recalled' | 'senderName' | 'burnAfterMs'>>
  /** Stored messages are numbered without holes in `order.major`: a jump is a gap to ask about. */
  readonly isDense?: boolean
  /** Absent: the kit counts from the read position. */
  readonly unreadCount?: number
  readonly isMarkedUnread?: boolean
  readonly mention?: { readonly isMe: boolean; readonly isAll: boolean; readonly first?: MessageRef }
  readonly isPinned?: boolean
  readonly notify?: NotifyMode
  readonly draft?: string
  readonly folders?: readonly string[]
  readonly marks?: readonly string[]
}
