import type { AbilityScope } from './ability'
import type { ChatErrorShape } from './chatError'
import type { Contact, FriendRequest } from './contact'
import type { Conversation } from './conversation'
import type { Group, GroupApplication, Member } from './group'
import type { Checkpoint, ConversationId, EpochMs, GroupId, UserId } from './id'
import type { Patch, Texts } from './json'
import type { Message } from './message'
import type { MessageChange } from './messageChange'
import type { Presence } from './presence'
import type { Profile } from './profile'
import type { Receipt } from './receipt'
import type { SessionState } from './session'

/** One variant of a closed union of facts. */
export type Told<Name extends string, Fields = object> = { readonly type: Name } & {
  readonly [F in keyof Fields]: Fields[F]
}
/** No order is promised between a call's promise and its events. An event told again changes nothing. */
export type TransportEvent =
  | Told<'session.changed', { session: SessionState }>
  | Told<'checkpoint.advanced', { checkpoint: Checkpoint }>
  | Told<'clock.measured', { offsetMs: number; errorMs: number }>
  | Told<'abilities.changed', { scope?: AbilityScope }>
  | Told<'limits.changed'>
  /** What is kept from now on lives in memory only and ends with the page (D11). */
  | Told<'storage.degraded', { error: ChatErrorShape }>
  | Told<
      'timeline.interrupted',
      { conversationIds: readonly ConversationId[]; lost: 'messages' | 'changes' | 'both' }
    >
  /** `isLive` false: caught up later, so nothing rings. */
  | Told<'message.received', { messages: readonly Message[]; isLive: boolean }>
  | Told<'message.changed', { changes: readonly MessageChange[] }>
  | Told<'receipt.received', { receipts: readonly Receipt[] }>
  | Told<'typing.changed', { conversationId: ConversationId; userId: UserId; isTyping: boolean }>
  /** Comes before anything else is told about a conversation, in the same batch at the latest. */
  | Told<'conversation.changed', { conversations: readonly Patch<Conversation, 'id' | 'kind'>[] }>
  | Told<'conversation.removed', { ids: readonly ConversationId[]; withHistory: boolean }>
  | Told<'conversation.cleared', { id: ConversationId; upToAt: EpochMs }>
  | Told<'profile.changed', { profiles: readonly Patch<Profile, 'id'>[] }>
  | Told<'contact.changed', { contacts: readonly Patch<Contact, 'userId'>[] }>
  | Told<'contact.removed', { userIds: readonly UserId[] }>
  | Told<
      'friendRequest.changed',
      { requests: readonly Patch<FriendRequest, 'id' | 'userId' | 'direction'>[] }
    >
  | Told<'blocklist.changed', { userIds: readonly UserId[] }>
  | Told<'presence.changed', { presences: readonly Presence[] }>
  | Told<'group.changed', { groups: readonly Patch<Group, 'id'>[] }>
  | Told<'member.changed', { groupId: GroupId; members: readonly Patch<Member, 'userId'>[] }>
  | Told<
      'member.removed',
      {
        groupId: GroupId
        userIds: readonly UserId[]
        how: 'quit' | 'kicked' | 'banned' | 'unknown'
        byId?: UserId
      }
    >
  | Told<'application.changed', { applications: readonly GroupApplication[] }>
  | Told<'attributes.changed', { groupId: GroupId; set: Texts; deleted: readonly string[] }>
  | Told<'counters.changed', { groupId: GroupId; counters: Readonly<Record<string, number>> }>
  /** Wire input nobody understands: counted, never thrown. */
  | Told<'wire.rejected', { reason: string }>
/** One call per burst of the wire, so that a busy live room is one flush. */
export type Listener = (events: readonly TransportEvent[]) => void
