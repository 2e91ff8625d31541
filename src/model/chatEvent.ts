import type { CachedOpening, CacheStart } from './cached'
import type { ChatErrorShape } from './chatError'
import type { OutboxItem } from './command'
import type { Contact, FriendRequest } from './contact'
import type { Conversation } from './conversation'
import type { Group, Member } from './group'
import type { HistoryRequest, KnownPage } from './history'
import type { Draft } from './draft'
import type { HabitName } from './habit'
import type { ConversationId, Cursor, EpochMs, GroupId, UserId } from './id'
import type { LiveRoomStanding } from './liveRoom'
import type { Message, MessageRef } from './message'
import type { Profile } from './profile'
import type { Told, TransportEvent } from './transportEvent'

/** Where an own message stands on its way out. Delivered and read are receipts, not states (D6). */
export type OutboxState =
  | { readonly state: 'queued' | 'sending' | 'sent' | 'cancelled' }
  /** The backend cannot tell whether it arrived: only a person decides to send again. */
  | { readonly state: 'unsure' | 'failed'; readonly error: ChatErrorShape }

/** Facts the kit itself makes: answers to its own calls and its own optimistic changes. They walk the same road in. */
export type LocalEvent =
  /** What this machine kept from the last time. */
  | Told<'cache.started', { start: CacheStart }>
  /** What this machine kept of one conversation; comes before anything else is loaded of it. */
  | Told<'timeline.opened', { request: HistoryRequest; opening: CachedOpening }>
  /** The reader stands at the end, or has left it. */
  | Told<'timeline.followed', { conversationId: ConversationId; isFollowing: boolean }>
  | Told<'command.changed', { item: OutboxItem }>
  | Told<'command.ended', { id: string }>
  | Told<'message.queued', { message: Message; rowKey: string }>
  | Told<'outbox.changed', { conversationId: ConversationId; rowKey: string; outbox: OutboxState }>
  | Told<'message.sent', { message: Message; rowKey: string }>
  | Told<'message.dropped', { conversationId: ConversationId; rowKey: string }>
  | Told<'upload.progressed', { conversationId: ConversationId; rowKey: string; fraction: number }>
  | Told<'history.requested', { request: HistoryRequest; beside?: MessageRef }>
  /** `beside`: the message at whose side the page was asked for; the page touches it. */
  | Told<'history.loaded', { request: HistoryRequest; page: KnownPage; beside?: MessageRef }>
  | Told<'history.failed', { request: HistoryRequest; error: ChatErrorShape; beside?: MessageRef }>
  | Told<'conversations.requested'>
  | Told<'conversations.listed', { conversations: readonly Conversation[]; isComplete: boolean }>
  | Told<'conversations.failed', { error: ChatErrorShape }>
  /** `heardAt`: when their owner said so, on the device's clock. */
  | Told<'profiles.fetched', { found: readonly Profile[]; missing: readonly UserId[]; heardAt: EpochMs }>
  | Told<'groups.fetched', { found: readonly Group[]; missing: readonly GroupId[]; heardAt: EpochMs }>
  | Told<'members.requested', { groupId: GroupId }>
  /** `isMore`: they stand behind those listed before. `next`: there are more behind them. */
  | Told<'members.listed', { groupId: GroupId; members: readonly Member[]; isMore?: boolean; next?: Cursor }>
  | Told<'members.failed', { groupId: GroupId; error: ChatErrorShape }>
  | Told<'contacts.requested'>
  /** All of them, as read from the backend. */
  | Told<'contacts.listed', { contacts: readonly Contact[] }>
  | Told<'contacts.failed', { error: ChatErrorShape }>
  | Told<'friendRequests.requested'>
  /** All of them, as read from the backend. */
  | Told<'friendRequests.listed', { requests: readonly FriendRequest[] }>
  | Told<'friendRequests.failed', { error: ChatErrorShape }>
  | Told<'friendRequest.removed', { ids: readonly string[] }>
  /** What is written and not sent. `writtenAt`: when, by the clock of this machine, where another tab tells it. */
  | Told<'draft.changed', { conversationId: ConversationId; draft: Draft; writtenAt?: EpochMs }>
  /** Somebody has read a group's announcement here, as it reads now. */
  | Told<'announcement.seen', { groupId: GroupId; text: string }>
  /** A conversation stands at the top on this machine alone, or does so no more (F2). */
  | Told<'conversation.pinnedHere', { conversationId: ConversationId; isPinned: boolean }>
  | Told<'habit.changed', { name: HabitName; text: string }>
  /** All that is pinned in a conversation, the newest pin first. */
  | Told<'pins.listed', { conversationId: ConversationId; messages: readonly Message[] }>
  | Told<'notice.dismissed', { id: string }>
  | Told<'liveRoom.changed', { groupId: GroupId; standing: LiveRoomStanding }>
  | Told<'liveRoom.counted', { groupId: GroupId; onlineCount: number }>
  /** The user likes it so much more. */
  | Told<'liveRoom.liked', { groupId: GroupId; count: number }>
  /** Nobody watches it any more. */
  | Told<'liveRoom.left', { groupId: GroupId }>

/** Everything that can happen to the stores. */
export type ChatEvent = TransportEvent | LocalEvent
/** Who says so: the backend, this kit, its cache, or another tab of the same user. */
export type EventSource = 'remote' | 'local' | 'cache' | 'tab'
