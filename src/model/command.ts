import type { ChatErrorShape } from './chatError'
import type { Contact } from './contact'
import type { NotifyMode } from './conversation'
import type { Group, Member } from './group'
import type { ConversationId, EpochMs, GroupId, UserId } from './id'
import type { Patch, Texts } from './json'
import type { Message, MessageBody, MessageRef, OutgoingMessage } from './message'
import type { Profile } from './profile'

type Order<Name extends string, Fields = object> = { readonly type: Name } & {
  readonly [F in keyof Fields]: Fields[F]
}

/** What changes something at the backend. Each is plain data, so that it outlives the page and can be done by another tab. */
export type Command =
  | Order<'sendMessage', { outgoing: OutgoingMessage }>
  | Order<'editMessage', { message: Message; body: Pick<MessageBody, 'parts' | 'mentions'> }>
  | Order<'recallMessage', { message: Message; reason?: string }>
  /** For oneself only. */
  | Order<'deleteMessages', { conversationId: ConversationId; refs: readonly MessageRef[] }>
  | Order<'setReactions', { ref: MessageRef; before: readonly string[]; after: readonly string[] }>
  | Order<'setExtensions', { ref: MessageRef; set: Texts; deleted: readonly string[] }>
  | Order<'setMessagePinned', { ref: MessageRef; isPinned: boolean }>
  | Order<'markRead', { conversationId: ConversationId; upTo: MessageRef }>
  | Order<'markAllRead'>
  | Order<'setMarkedUnread', { conversationId: ConversationId; isMarked: boolean }>
  | Order<'setConversationPinned', { conversationId: ConversationId; isPinned: boolean }>
  | Order<'setNotify', { conversationIds: readonly ConversationId[]; mode: NotifyMode }>
  | Order<'removeConversations', { conversationIds: readonly ConversationId[]; withHistory: boolean }>
  | Order<'clearHistory', { conversationId: ConversationId }>
  | Order<'setConversationMark', { conversationIds: readonly ConversationId[]; mark: string; isSet: boolean }>
  /** With `from`: renames it. Without any in it: it goes. */
  | Order<
      'setConversationFolder',
      { name: string; conversationIds: readonly ConversationId[]; from?: string }
    >
  | Order<'updateOwnProfile', { patch: Patch<Profile, 'id'> }>
  | Order<'askFriend', { contact: Contact; wording?: string; source?: string }>
  | Order<
      'answerFriendRequest',
      { requestId: string; verdict: 'accept' | 'accept-and-add' | 'refuse'; remark?: string }
    >
  | Order<'deleteFriendRequest', { requestId: string }>
  | Order<'markRequestsRead'>
  | Order<'removeContacts', { userIds: readonly UserId[] }>
  | Order<'updateContact', { patch: Patch<Contact, 'userId'> }>
  /** With `from`: renames it. Without anybody in it: it goes. */
  | Order<'setContactFolder', { name: string; userIds: readonly UserId[]; from?: string }>
  | Order<'setBlocked', { userIds: readonly UserId[]; isBlocked: boolean }>
  | Order<
      'createGroup',
      { group: Omit<Group, 'id' | 'state'> & { readonly id?: GroupId }; memberIds: readonly UserId[] }
    >
  | Order<'joinGroup', { groupId: GroupId; wording?: string }>
  | Order<'quitGroup', { groupId: GroupId }>
  | Order<'dissolveGroup', { groupId: GroupId }>
  | Order<'transferGroup', { groupId: GroupId; toId: UserId }>
  | Order<'updateGroup', { patch: Patch<Group, 'id'> }>
  | Order<'inviteMembers', { groupId: GroupId; userIds: readonly UserId[]; wording?: string }>
  | Order<'kickMembers', { groupId: GroupId; userIds: readonly UserId[]; reason?: string }>
  | Order<'setRole', { groupId: GroupId; userIds: readonly UserId[]; role: 'admin' | 'member' }>
  | Order<'setMuted', { groupId: GroupId; userIds: readonly UserId[]; until: EpochMs | 'forever' | null }>
  | Order<
      'setBanned',
      { groupId: GroupId; userIds: readonly UserId[]; until: EpochMs | 'forever' | null; reason?: string }
    >
  | Order<'updateMember', { groupId: GroupId; patch: Patch<Member, 'userId'> }>
  | Order<'answerApplication', { applicationId: string; verdict: 'accept' | 'refuse'; wording?: string }>
  | Order<'setGroupSaved', { groupId: GroupId; isSaved: boolean }>
  | Order<'writeAttributes', { groupId: GroupId; set: Texts; deleted: readonly string[] }>
  | Order<'writeCounter', { groupId: GroupId; key: string; change: { set: number } | { add: number } }>

/** A command on its way out, as it is kept on this machine (D6). */
export interface OutboxItem {
  /** Unique for ever. That of a message is the key of its row. */
  readonly id: string
  /** Commands of one lane go one after the other, in the order they were given. */
  readonly lane: string
  readonly command: Command
  /** When it was given, on the server's clock: a backend that must search begins there. */
  readonly queuedAt: EpochMs
  /** When a person sent it again, on the server's clock: it goes behind what had been given by then. */
  readonly resentAt?: EpochMs
  /** 'sending': an attempt has begun and has not been heard to end. */
  readonly state: 'queued' | 'sending' | 'unsure' | 'failed'
  /** How often it was tried. */
  readonly attempts: number
  /** Not tried again before this moment of the device's clock. */
  readonly notBeforeAt?: EpochMs
  /** Why the last attempt failed. Plain data: it must survive being stored. */
  readonly error?: ChatErrorShape
  /** The draft of its conversation became this message: a tab that has the same draft still is to drop it. */
  readonly isFromDraft?: true
}
