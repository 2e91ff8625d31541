import type { Contact, FriendRequest } from './contact'
import type { Conversation } from './conversation'
import type { OutboxItem } from './command'
import type { Draft } from './draft'
import type { Habit } from './habit'
import type { KnownPage } from './history'
import type { Checkpoint, ConversationId, EpochMs, GroupId, UserId } from './id'
import type { MessageKey } from './message'
import type { MessageChange } from './messageChange'
import type { Receipt } from './receipt'

/** What a kit begins with, from this machine: enough to show the list and to go on sending before there is a network. */
export interface CacheStart {
  /** Where the stream of events stood when everything before it had been stored. */
  readonly checkpoint?: Checkpoint
  readonly conversations: readonly Conversation[]
  readonly drafts: readonly { readonly conversationId: ConversationId; readonly draft: Draft }[]
  readonly contacts: readonly Contact[]
  /** Requests to be friends, as they were last known. */
  readonly friendRequests?: readonly FriendRequest[]
  /** Whom one has blocked. */
  readonly blockedIds?: readonly UserId[]
  /** One's own read positions. */
  readonly receipts: readonly Receipt[]
  /** The announcements that were seen here, as they read then (I10). */
  readonly seenAnnouncements?: readonly { readonly groupId: GroupId; readonly text: string }[]
  /** Conversations pinned on this machine alone (F2). */
  readonly pinnedHereIds?: readonly ConversationId[]
  /** What is remembered of the account's habits. */
  readonly habits?: readonly Habit[]
  /** In the order they were given. */
  readonly outbox: readonly OutboxItem[]
}
/** What a conversation opens with, from this machine. */
export interface CachedOpening {
  /** The newest stretch, or the one around what was asked for. */
  readonly page: KnownPage
  /** Messages that were deleted and must not come back (D5). */
  readonly removedKeys: readonly MessageKey[]
  /** Messages up to this moment were cleared and must not come back (D5, E10). */
  readonly clearedUpToAt?: EpochMs
  /** Changes whose message has not come yet. */
  readonly earlyChanges: readonly MessageChange[]
  /** How far everybody has read and received. */
  readonly receipts: readonly Receipt[]
}
