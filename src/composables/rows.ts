import type {
  ChatErrorShape,
  ConversationId,
  EpochMs,
  GroupId,
  GroupType,
  Message,
  OutboxState,
  UserId,
} from '../model'

/** What a row of the conversation list shows, ready to print. */
export interface ConversationSummary {
  readonly id: ConversationId
  readonly kind: 'direct' | 'group' | 'live' | 'channel'
  /** The shown name: remark, name or id of the peer; name or id of the group (G5). */
  readonly title: string
  readonly avatar?: string
  /** What the colours of a missing avatar are made from. */
  readonly avatarSeed: string
  readonly peerId?: UserId
  readonly groupId?: GroupId
  readonly groupType?: GroupType
  readonly memberCount?: number
  /** The last message in words: "Photo", "You: fine", already in the reader's language; empty when there is none. */
  readonly preview: string
  readonly lastAt?: EpochMs
  readonly unreadCount: number
  readonly isMarkedUnread: boolean
  readonly isPinned: boolean
  readonly isMuted: boolean
  readonly isMentioned: boolean
  /** The peer of a direct conversation is there, where somebody tells (H8). */
  readonly isOnline: boolean
  /** Shown names of those who type right now. */
  readonly typingNames: readonly string[]
  readonly draft: string
  /** How the newest own message stands, when it is the last one. */
  readonly lastStatus?: MessageStatus
}

/** The ticks of an own message: the outbox's states, then what the receipts say. */
export type MessageStatus = Exclude<OutboxState['state'], 'cancelled'> | 'delivered' | 'read'

/** How it stands with messages that are missing above a row. */
export type GapState = 'more' | 'loading' | 'failed' | 'lost'

/** One row of a timeline: a message and what stands around it. */
export interface TimelineRow {
  /** The key of the row for life: never changes while the page lives, whatever names the backend adds (D2). */
  readonly key: string
  readonly message: Message
  readonly isOwn: boolean
  /** First and last of a run of messages by one sender within a few minutes. */
  readonly isRunStart: boolean
  readonly isRunEnd: boolean
  /** Set where a new day begins above this row: the row's time. */
  readonly dayStartsAt?: EpochMs
  /**
   * Messages are missing above this row, and how it stands with them: they can be loaded, are on their way, did not come, or
   * are not kept anywhere any more.
   */
  readonly gapAbove?: GapState
  /** The unread divider stands above this row. */
  readonly isFirstUnread: boolean
  /** Own messages only. */
  readonly status?: MessageStatus
  /** Why it failed or is unsure. */
  readonly error?: ChatErrorShape
  /** Own messages in groups: how many others have read it. */
  readonly readCount?: number
  /** 0 to 1 while a file of this message travels. */
  readonly uploadFraction?: number
}
