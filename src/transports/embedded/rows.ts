import type { FriendRequestHistory } from '../../core/friends'
import type {
  Conversation,
  ConversationId,
  EpochMs,
  FriendRequest,
  Group,
  GroupApplication,
  GroupId,
  Json,
  Message,
  MessageKey,
  NotifyMode,
  Openness,
  Profile,
  Receipt,
  SessionState,
  Texts,
  UserId,
} from '../../model'

/** The head of the log; the one row of its table. */
export interface LogHeadRow {
  readonly id: 'log'
  /** Names this very database: a checkpoint of another one is worth nothing here. */
  readonly era: string
  /** The database this one was copied from when that one broke: its checkpoints still hold. */
  readonly formerEra?: string
  /** The newest position, 0 for none. */
  readonly head: number
  /** Everything up to this position has been trimmed. */
  readonly trimmed: number
}
/** A user: what is shown of him, and how he stands with the service. */
export interface UserRow extends Profile {
  readonly standing?: {
    readonly isBanned?: true
    readonly slots?: readonly DeviceSlot[]
  }
}
/** Which sign-in has the one place there is for devices of a kind. */
export interface DeviceSlot {
  readonly slot: 'any' | 'web' | 'phone' | 'desktop' | 'tablet'
  readonly signInId: string
  readonly deviceId: string
}
/** One direction of a friendship: `userId` has `friendId` as a friend. */
export interface FriendRow {
  readonly userId: UserId
  readonly friendId: UserId
  readonly remark?: string
  readonly folders?: readonly string[]
  readonly custom?: Json
}
/** The last time `fromId` asked `toId` to be a friend: what the rule against pestering goes by. */
export interface FriendAskRow extends FriendRequestHistory {
  readonly fromId: UserId
  readonly toId: UserId
  readonly askedAt: EpochMs
  /** Taken back; the waiting goes on all the same. */
  readonly isWithdrawn?: true
  /** What the asker will call him, and where he will put him. */
  readonly remark?: string
  readonly folders?: readonly string[]
}
/** A friend request as one of the two has it in his list, until he deletes it there. */
export interface FriendRequestRow {
  /** Whose list it is in. */
  readonly ownerId: UserId
  readonly id: string
  readonly request: FriendRequest
}
/** `userId` wants nothing of `blockedId`. */
export interface BlockRow {
  readonly userId: UserId
  readonly blockedId: UserId
}
/** A group as everybody sees it; what it is to one user is in his member row. */
export interface GroupRow extends Required<Pick<Group, 'id' | 'type' | 'name' | 'memberCount' | 'joining'>> {
  readonly avatar?: string
  readonly intro?: string
  readonly announcement?: string
  readonly ownerId?: UserId
  readonly inviting?: Openness
  readonly isMuted?: boolean
  readonly custom?: Json
  /** What it has noted down, and what it counts (I8). */
  readonly attributes?: Texts
  readonly counters?: Readonly<Record<string, number>>
  readonly isDissolved?: true
  /** Of a live room: who may not speak, for its audience comes and goes (J4). */
  readonly voiceless?: Readonly<Record<UserId, EpochMs | 'forever'>>
  /** Of a live room: how often it was liked. */
  readonly likes?: number
}
/** Somebody who asks to come into a group or was proposed for it; the newest one a user, whatever became of it. */
export interface ApplicationRow {
  readonly groupId: GroupId
  readonly userId: UserId
  readonly application: GroupApplication
}
/** Somebody who was put out of a group and cannot come back before its end (I6). */
export interface BanRow {
  readonly groupId: GroupId
  readonly userId: UserId
  readonly until: EpochMs | 'forever'
}
/** A conversation as everybody in it has it. */
export interface ConversationRow {
  readonly id: ConversationId
  readonly kind: Conversation['kind']
  readonly between?: readonly [UserId, UserId]
  readonly groupId?: GroupId
  /** A direct conversation without messages shows only for the one who opened it. */
  readonly openedById?: UserId
  readonly incarnation: string
  readonly createdAt: EpochMs
  /** The sequence of the newest message, 0 for none. */
  readonly lastSeq: number
  readonly lastAt: EpochMs
  /** How many counted messages there are, so that unread is one subtraction. */
  readonly counted: number
  /** The newest message that points at everybody. */
  readonly mentionAllSeq?: number
  /** Since somebody has cleared the history: no later message may seem to be from before that. */
  readonly earliestAt?: EpochMs
  /** Messages that were counted and then recalled: they are nobody's unread any more. */
  readonly recalledSeqs?: readonly number[]
  /** The messages that are pinned, the newest pin last. */
  readonly pinnedSeqs?: readonly number[]
}
/** One user in one conversation: his part in the group and all that only he has set. */
export interface MemberRow {
  readonly conversationId: ConversationId
  readonly userId: UserId
  readonly role: 'owner' | 'admin' | 'member'
  readonly nameCard?: string
  readonly mutedUntil?: EpochMs | 'forever'
  readonly custom?: Json
  /** The user keeps the group among his contacts (H7). */
  readonly isSaved?: boolean
  readonly joinedAt: EpochMs
  /** Messages up to this sequence came before the member (D9), or he has cleared them: they are hidden from him. */
  readonly hiddenSeq: number
  readonly readSeq: number
  /** The running count at `readSeq`. */
  readonly readCounted: number
  readonly deliveredSeq: number
  /** The oldest message that points at the member and lies after `readSeq`. */
  readonly mentionSeq?: number
  readonly isPinned?: boolean
  readonly notify?: NotifyMode
  readonly isMarkedUnread?: boolean
  /** The groups of conversations it is in, and the marks it has (F4). */
  readonly folders?: readonly string[]
  readonly marks?: readonly string[]
  /** When the newest message was sent that he has cleared; what is hidden then is not what came before him. */
  readonly clearedAt?: EpochMs
  /** Not in his list until a message comes after this sequence. */
  readonly removedSeq?: number
  /** Unread messages that he has deleted for himself. */
  readonly deletedSeqs?: readonly number[]
}
/** The way from a user to his conversations. */
export interface MembershipRow {
  readonly userId: UserId
  readonly conversationId: ConversationId
}
/** The way through a group's members in the order they are listed. */
export interface RosterRow {
  readonly groupId: GroupId
  /** 0 owner, 1 admin, 2 member. */
  readonly rank: number
  readonly userId: UserId
}
/** A stored message with its place. */
export interface MessageRow {
  readonly conversationId: ConversationId
  readonly seq: number
  /** The running count of counted messages up to this one. */
  readonly counted: number
  /** Without reactions: how they show depends on who looks. */
  readonly message: Message
  /** Who has reacted with what, the oldest reaction first. */
  readonly reactions?: readonly ReactionRow[]
  /** Those who have deleted the message for themselves (D5). */
  readonly deletedForIds?: readonly UserId[]
  /** Keys of extensions that were deleted, so that whoever was away hears of it. */
  readonly deletedExtensions?: readonly string[]
}
/** One reaction and everybody who gave it, in the order they did. */
export interface ReactionRow {
  readonly key: string
  readonly userIds: readonly UserId[]
}
/** The way from the sender's own name of a message to its place. */
export interface MessageKeyRow {
  readonly conversationId: ConversationId
  readonly key: MessageKey
  readonly seq: number
}
/** A file and its bytes. */
export interface FileRow {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly blob: Blob
}
/** Who is told of a log entry: a conversation's members, some users, or the friends of one. */
export interface Audience {
  readonly conversationId?: ConversationId
  readonly userIds?: readonly UserId[]
  readonly friendsOf?: UserId
}
/** What changed; the rows as they stand when it is read say how it is now. */
export type LogOp =
  | { readonly kind: 'message'; readonly conversationId: ConversationId; readonly seq: number }
  | {
      readonly kind: 'message-changed'
      readonly conversationId: ConversationId
      readonly seq: number
      readonly what: 'recalled' | 'edited' | 'removed' | 'reactions' | 'extensions' | 'pinned'
    }
  | { readonly kind: 'cleared'; readonly conversationId: ConversationId }
  | {
      readonly kind: 'removed'
      readonly conversationId: ConversationId
      readonly withHistory: boolean
    }
  | {
      readonly kind: 'receipt'
      readonly conversationId: ConversationId
      readonly userId: UserId
      readonly state: (Receipt & { kind: 'upTo' })['state']
    }
  | { readonly kind: 'conversation'; readonly conversationId: ConversationId }
  | { readonly kind: 'profile'; readonly userId: UserId }
  | { readonly kind: 'contacts'; readonly userIds: readonly UserId[] }
  | { readonly kind: 'friend-request'; readonly request: FriendRequest }
  | { readonly kind: 'blocklist' }
  | {
      readonly kind: 'standing'
      readonly userId: UserId
      readonly what: 'signed-in' | 'kicked' | 'banned' | 'expired'
      readonly by?: (SessionState & { state: 'kicked' })['by']
    }
  | { readonly kind: 'group'; readonly groupId: GroupId }
  | {
      readonly kind: 'members'
      readonly groupId: GroupId
      readonly userIds: readonly UserId[]
    }
  | {
      readonly kind: 'members-quit'
      readonly groupId: GroupId
      readonly userIds: readonly UserId[]
      /** Absent: they have gone by themselves. */
      readonly how?: 'kicked' | 'banned' | 'dissolved'
      readonly byId?: UserId
    }
  | {
      readonly kind: 'group-notes'
      readonly groupId: GroupId
      readonly what: 'attributes' | 'counters'
      readonly keys: readonly string[]
    }
  | { readonly kind: 'application'; readonly groupId: GroupId; readonly userId: UserId }
/** One entry of the log. */
export interface LogRow {
  readonly position: number
  readonly audience: Audience
  readonly op: LogOp
}

/** Every table with its row. */
export interface Rows {
  readonly heads: LogHeadRow
  readonly users: UserRow
  readonly friends: FriendRow
  readonly friendAsks: FriendAskRow
  readonly friendRequests: FriendRequestRow
  readonly blocks: BlockRow
  readonly groups: GroupRow
  readonly groupApplications: ApplicationRow
  readonly groupBans: BanRow
  readonly conversations: ConversationRow
  readonly members: MemberRow
  readonly memberships: MembershipRow
  readonly roster: RosterRow
  readonly messages: MessageRow
  readonly messageKeys: MessageKeyRow
  readonly files: FileRow
  readonly log: LogRow
}
/** The name of a table. */
export type TableName = keyof Rows

/** The fields that make each table's one key, in order; a single field is the key itself, several are an array. */
export const KEY_FIELDS = {
  heads: ['id'],
  users: ['id'],
  friends: ['userId', 'friendId'],
  friendAsks: ['fromId', 'toId'],
  friendRequests: ['ownerId', 'id'],
  blocks: ['userId', 'blockedId'],
  groups: ['id'],
  groupApplications: ['groupId', 'userId'],
  groupBans: ['groupId', 'userId'],
  conversations: ['id'],
  members: ['conversationId', 'userId'],
  memberships: ['userId', 'conversationId'],
  roster: ['groupId', 'rank', 'userId'],
  messages: ['conversationId', 'seq'],
  messageKeys: ['conversationId', 'key'],
  files: ['id'],
  log: ['position'],
} as const satisfies { readonly [T in TableName]: readonly (keyof Rows[T] & string)[] }

/** All tables. */
export const TABLE_NAMES = Object.keys(KEY_FIELDS) as readonly TableName[]
