import type { ReadMark } from '../core/receipts'
import type { Place, Span } from '../core/timeline'
import type {
  Contact,
  Conversation,
  ConversationId,
  Draft,
  EpochMs,
  FriendRequest,
  Group,
  GroupId,
  HabitName,
  LocalFile,
  Member,
  Message,
  MessageChange,
  MessageKey,
  OutboxItem,
  Profile,
  Receipt,
  UserId,
} from '../model'
import { tablesOf } from '../storage'
import type { Schema } from '../storage'

/** Before the id of a group whose announcement was seen. */
export const ANNOUNCEMENT = 'announcement:'
/** Before the name of a habit. */
export const HABIT = 'habit:'
/** Before the id of a conversation pinned on this machine alone. */
export const PINNED_HERE = 'pinned:'
/** Single values: which cache this is, which epoch of live stretches, where the events stood, and heights of rows. */
export type MetaRow =
  | { readonly id: 'era' | 'checkpoint' | 'probe'; readonly value: string }
  | { readonly id: 'epoch'; readonly value: number }
  /** The announcement of a group as it was last seen here. */
  | { readonly id: `${typeof ANNOUNCEMENT}${GroupId}`; readonly value: string }
  /** What is remembered of the account's habits. */
  | { readonly id: `${typeof HABIT}${HabitName}`; readonly value: string }
  /** A conversation that is pinned on this machine alone. */
  | { readonly id: `${typeof PINNED_HERE}${ConversationId}`; readonly value: true }
  | MembersRow
  | HeightsRow
/** Before the id of a group whose members were listed. */
export const MEMBERS = 'members:'
/** The members of a group as they were listed last, the first of them. */
export interface MembersRow {
  readonly id: `${typeof MEMBERS}${GroupId}`
  readonly value: readonly Member[]
}
/** How high the rows of a conversation were drawn, under the names of the last widths. */
export interface HeightsRow {
  readonly id: `heights:${ConversationId}`
  readonly value: readonly {
    readonly look: string
    readonly heights: readonly (readonly [key: string, px: number])[]
  }[]
}
/** A conversation of the list, and what must be remembered of it when it is not there. */
export interface ConversationRow {
  readonly id: ConversationId
  /** Absent where only the memory of a clearing is left. */
  readonly conversation?: Conversation
  /** It was taken off the list when this was the newest message; it stays away until a newer one comes (D5). */
  readonly removedAt?: ReadMark
  readonly clearedUpToAt?: EpochMs
}
/** A message at its place. */
export interface MessageRow {
  readonly conversationId: ConversationId
  readonly major: number
  readonly minor: string
  readonly tie: number
  readonly message: Message
  readonly unnumbered?: Unnumbered
}
/**
 * Who last wrote what of a message carries no number, such as reactions. Every tab hears the same at its own time and
 * writes it later still, so one may write over what is newer.
 */
export interface Unnumbered {
  readonly by: string
  /** When it was written. */
  readonly at: EpochMs
  /** When what was written was heard. */
  readonly heardAt?: EpochMs
  /** Tabs that wrote at the same time have heard different things. */
  readonly isContested?: true
}
/** The way from any key of a message to its place (D2). */
export interface NameRow {
  readonly conversationId: ConversationId
  readonly key: MessageKey
  readonly place: Place
}
/** The stretches of a conversation's history that are known, oldest first. */
export interface SpansRow {
  readonly conversationId: ConversationId
  readonly spans: readonly Span[]
}
/** A key of a message that was deleted and must not come back (D5). */
export interface TombstoneRow {
  readonly conversationId: ConversationId
  readonly key: MessageKey
}
/** Changes whose message has not come yet, in the order they came. */
export interface EarlyRow {
  readonly conversationId: ConversationId
  readonly changes: readonly EarlyChange[]
}
/** A change and when it was heard. */
export type EarlyChange = MessageChange & { readonly heardAt?: EpochMs }
/** How far somebody has come in a conversation. */
export interface ReceiptRow {
  readonly conversationId: ConversationId
  readonly userId: UserId
  readonly state: 'delivered' | 'read'
  readonly receipt: Receipt & { readonly kind: 'upTo' }
}
/** One's own read position, where it is found without looking through everybody's. */
export interface OwnReadRow {
  readonly conversationId: ConversationId
  readonly receipt: Receipt & { readonly kind: 'upTo' }
}
/** A profile or group as last heard; without a value it does not exist. */
export interface NounRow<T> {
  readonly id: string
  readonly value?: T
  readonly heardAt: EpochMs
}
/** A friend. */
export interface ContactRow {
  readonly userId: UserId
  readonly contact: Contact
}
/** A request to be a friend. */
export interface FriendRequestRow {
  readonly id: string
  readonly request: FriendRequest
}
/** Somebody one has blocked. */
export interface BlockedRow {
  readonly userId: UserId
}
/** What is written and not sent. */
export interface DraftRow {
  readonly conversationId: ConversationId
  readonly draft: Draft
  /** When the last one was sent, by the clock of this machine: what another tab wrote until then does not come back. */
  readonly sentAt?: EpochMs
}
/** A command on its way out. */
export interface OutboxRow {
  readonly id: string
  readonly item: OutboxItem
}
/** The order in which commands were added, over all tabs. */
export interface OutboxOrderRow {
  readonly position?: number
  readonly id: string
}
/** A file and its bytes. */
export interface MediaRow {
  readonly key: string
  readonly file: LocalFile
}
/** When a file was last used, apart from its bytes. */
export interface MediaUseRow {
  readonly key: string
  readonly bytes: number
  readonly usedAt: EpochMs
}

/** Every table with its row. */
export interface Rows {
  readonly meta: MetaRow
  readonly conversations: ConversationRow
  readonly messages: MessageRow
  readonly names: NameRow
  readonly spans: SpansRow
  readonly tombstones: TombstoneRow
  readonly earlyChanges: EarlyRow
  readonly receipts: ReceiptRow
  readonly ownReads: OwnReadRow
  readonly profiles: NounRow<Profile>
  readonly groups: NounRow<Group>
  readonly contacts: ContactRow
  readonly friendRequests: FriendRequestRow
  readonly blocked: BlockedRow
  readonly drafts: DraftRow
  readonly outbox: OutboxRow
  readonly outboxOrder: OutboxOrderRow
  readonly media: MediaRow
  readonly mediaUses: MediaUseRow
}

const TABLES_1 = {
  meta: ['id'],
  conversations: ['id'],
  messages: ['conversationId', 'major', 'minor', 'tie'],
  names: ['conversationId', 'key'],
  spans: ['conversationId'],
  tombstones: ['conversationId', 'key'],
  earlyChanges: ['conversationId'],
  receipts: ['conversationId', 'userId', 'state'],
  ownReads: ['conversationId'],
  profiles: ['id'],
  groups: ['id'],
  contacts: ['userId'],
  drafts: ['conversationId'],
  outbox: ['id'],
  outboxOrder: ['++position'],
  media: ['key'],
  mediaUses: ['key'],
} as const

/** What the cache's database holds, version by version. */
export const SCHEMA: Schema<Rows> = [
  { version: 1, tables: TABLES_1 },
  { version: 2, tables: { ...TABLES_1, friendRequests: ['id'], blocked: ['userId'] } },
]
/** All tables. */
export const TABLES = tablesOf(SCHEMA)
/** What a flush writes: files and the outbox apart, so that neither waits for it. */
export const FLUSHED = TABLES.filter((table) => !/^(media|outbox)/.test(table))
