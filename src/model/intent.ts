import type { Command } from './command'
import type { Conversation } from './conversation'
import type { Draft } from './draft'
import type { HabitName } from './habit'
import type { Group, Member } from './group'
import type { EverywhereFound, MessagesFound, SearchQuery } from './history'
import type { ConversationId, Cursor, EpochMs, GroupId, UserId } from './id'
import type { Json, Stop, Texts } from './json'
import type { LocalFile, RemoteFile } from './media'
import type { Mentions, Message, MessageBody, MessageRef, Part, Priority } from './message'
import type { BatchResult, Page } from './page'
import type { Profile } from './profile'
import type { ReadPoint } from './receipt'

/** Wishes of the interface, imperative; each names what its promise resolves with. */
export interface IntentResults
  extends Record<Exclude<CommandIntent['type'], keyof CommandResults>, void>, CommandResults {
  readonly openConversation: Conversation
  readonly loadConversations: void
  readonly loadHistory: void
  /** The key of the row gone to; undefined where nothing is there. */
  readonly goTo: string | undefined
  readonly refreshTimeline: void
  readonly followTimeline: void
  /** Pixels by the keys of rows. */
  readonly recallRowHeights: ReadonlyMap<string, number>
  readonly keepRowHeights: void
  /** The key of the message's row, its name for life; resolves once this machine keeps it. */
  readonly sendMessage: string
  readonly openMessage: void
  readonly loadPins: void
  readonly loadReactors: Page<UserId>
  readonly loadReaders: Page<UserId>
  readonly resendMessage: void
  readonly dropMessage: void
  readonly resendAll: void
  readonly dropAll: void
  readonly setTyping: void
  readonly setDraft: void
  readonly pinHere: void
  readonly keepHabit: void
  readonly loadProfiles: void
  readonly loadGroups: void
  /** Ends the interest. */
  readonly watchProfiles: Stop
  readonly watchGroups: Stop
  readonly watchConversation: Stop
  readonly loadMembers: void
  readonly recallMembers: void
  readonly readMembers: Page<Member>
  readonly findGroups: Page<Group>
  readonly countOnline: number
  readonly loadAttributes: Texts
  readonly loadCounters: Readonly<Record<string, number>>
  readonly loadContacts: void
  readonly loadFriendRequests: void
  /** Ends the interest. */
  readonly watchPresence: Stop
  readonly findUsers: Page<Profile>
  readonly loadApplications: void
  readonly loadOwnGroups: void
  readonly seeAnnouncement: void
  /** A URL that works now, or the file itself where this machine keeps it. */
  readonly uploadAvatar: string
  readonly resolveFile: string | LocalFile
  /** The messages of a chat history, in order. */
  readonly openMerged: readonly Message[]
  readonly dismissNotice: void
  /** Ends the interest. */
  readonly enterLiveRoom: Stop
  readonly sayLive: void
  readonly likeLive: void
  readonly searchMessages: MessagesFound
  readonly searchEverywhere: EverywhereFound
}
/** What commands bring back, where they bring something. */
interface CommandResults {
  readonly editMessage: Message
  /** The point really reached, which may be further than asked. */
  readonly markRead: ReadPoint | undefined
  readonly setExtensions: BatchResult
  readonly setNotify: BatchResult
  readonly removeConversations: BatchResult
  readonly setConversationMark: BatchResult
  readonly setConversationFolder: BatchResult
  readonly askFriend: 'added' | 'pending'
  readonly removeContacts: BatchResult
  readonly setBlocked: BatchResult
  readonly setContactFolder: BatchResult
  readonly createGroup: { readonly group: Group; readonly members: BatchResult }
  readonly joinGroup: 'joined' | 'pending'
  readonly inviteMembers: BatchResult
  readonly kickMembers: BatchResult
  readonly setRole: BatchResult
  readonly setMuted: BatchResult
  readonly setBanned: BatchResult
  readonly writeCounter: number
}
/**
 * Commands that are wanted as they are: kept on this machine until the backend has done them, over lost connections and
 * closed pages; the promise resolves when that is so and rejects with why it never will be.
 */
export type CommandIntent = Exclude<Command, { type: 'sendMessage' }>
type Wish<Name extends keyof IntentResults, Fields = object> = { readonly type: Name } & {
  readonly [F in keyof Fields]: Fields[F]
}
/** What a person or an app may want. */
export type Intent =
  | Wish<
      'openConversation',
      {
        target: { readonly id: ConversationId } | { readonly userId: UserId } | { readonly groupId: GroupId }
      }
    >
  | Wish<'loadConversations'>
  | CommandIntent
  /**
   * 'newest' begins a conversation or goes to its end; the others go on from what is there, or beside the given message,
   * which is how a gap is filled. `isOnlyHere`: nobody is asked but this machine.
   */
  | Wish<
      'loadHistory',
      {
        conversationId: ConversationId
        direction: 'newest' | 'older' | 'newer'
        beside?: MessageRef
        isOnlyHere?: boolean
      }
    >
  /** Makes a message, or what was written at a moment, part of what is shown, loaded or not. */
  | Wish<
      'goTo',
      { conversationId: ConversationId; to: { readonly message: MessageRef } | { readonly at: EpochMs } }
    >
  /** What is shown and may have changed unheard is read again, wherever the reader is. */
  | Wish<'refreshTimeline', { conversationId: ConversationId }>
  /** The reader stands at the end and what is far up may go, or has left it. */
  | Wish<'followTimeline', { conversationId: ConversationId; isFollowing: boolean }>
  /** How high rows were when they were last drawn in a look: a width and a type. */
  | Wish<'recallRowHeights', { conversationId: ConversationId; look: string }>
  /** Rows are so high in a look, which is worth knowing the next time. */
  | Wish<
      'keepRowHeights',
      { conversationId: ConversationId; look: string; heights: ReadonlyMap<string, number> }
    >
  /**
   * `clearsDraft`: what is sent was the draft, which ends in the same step. `forwardOf`: whose files are passed on (C5).
   * `delivery`: 'stored' when absent (C9). `data`: what the app says beside it, and nobody reads (B5).
   */
  | Wish<
      'sendMessage',
      {
        conversationId: ConversationId
        parts: readonly Part[]
        mentions?: Mentions
        replyTo?: NonNullable<MessageBody['replyTo']>
        forwardOf?: MessageRef
        clearsDraft?: boolean
        burnAfterMs?: number
        hasExtensions?: boolean
        delivery?: MessageBody['delivery']
        priority?: Priority
        data?: Json
      }
    >
  /** The voice was heard, or what burns was uncovered: known from now on, and what burns is deleted when its time is over. */
  | Wish<'openMessage', { message: Message }>
  /** What is pinned in a conversation, read from the backend. */
  | Wish<'loadPins', { conversationId: ConversationId }>
  /** Who gave one reaction. */
  | Wish<'loadReactors', { ref: MessageRef; key: string; cursor?: Cursor }>
  /** Who has read a message, or has not. */
  | Wish<'loadReaders', { ref: MessageRef; which: 'read' | 'unread'; cursor?: Cursor }>
  | Wish<'resendMessage', { conversationId: ConversationId; rowKey: string }>
  | Wish<'dropMessage', { conversationId: ConversationId; rowKey: string }>
  /** All messages that failed or may not have arrived, of one conversation or of all. */
  | Wish<'resendAll', { conversationId?: ConversationId }>
  | Wish<'dropAll', { conversationId?: ConversationId }>
  | Wish<'setTyping', { conversationId: ConversationId; isTyping: boolean }>
  | Wish<'setDraft', { conversationId: ConversationId; draft: Draft }>
  /** Puts a conversation at the top, or no longer, on this machine alone: for backends without pins (F2). */
  | Wish<'pinHere', { conversationId: ConversationId; isPinned: boolean }>
  | Wish<'keepHabit', { name: HabitName; text: string }>
  /** Whether shown or not; `refresh` asks for them however fresh they are. */
  | Wish<'loadProfiles', { ids: readonly UserId[]; refresh?: boolean }>
  | Wish<'loadGroups', { ids: readonly GroupId[]; refresh?: boolean }>
  /** On screen from now on: kept fresh, no older than `maxAgeMs` at first, and no older than what a message carried of them. */
  | Wish<
      'watchProfiles',
      {
        ids: readonly UserId[]
        maxAgeMs?: number
        snapshot?: { readonly name?: string; readonly avatar?: string; readonly at: EpochMs }
      }
    >
  | Wish<'watchGroups', { ids: readonly GroupId[]; maxAgeMs?: number }>
  /** The first stretch of the list, or with `isMore` the one behind what is listed. */
  | Wish<'loadMembers', { groupId: GroupId; isMore?: boolean }>
  /** The first stretch as this machine has kept it, where nothing better is known. */
  | Wish<'recallMembers', { groupId: GroupId }>
  /** Looks for members at the backend; a page may be empty and not be the last. */
  | Wish<
      'readMembers',
      { groupId: GroupId; only?: 'admins' | 'muted' | 'banned' | 'online'; text?: string; cursor?: Cursor }
    >
  /** Groups that one could come into, by name or id. */
  | Wish<'findGroups', { text: string; cursor?: Cursor }>
  /** How many members are there right now. */
  | Wish<'countOnline', { groupId: GroupId }>
  | Wish<'loadAttributes', { groupId: GroupId }>
  | Wish<'loadCounters', { groupId: GroupId }>
  /** On screen from now on: while the page is looked at, nobody is told apart of what comes there (F9). */
  | Wish<'watchConversation', { conversationId: ConversationId }>
  /** In one conversation: by the backend where it can, else in what this machine keeps. */
  | Wish<'searchMessages', { query: SearchQuery & { readonly conversationId: ConversationId } }>
  /** In all conversations: by the backend where it can, else in what this machine keeps of the newest of them. */
  | Wish<'searchEverywhere', { text: string }>
  /** Friends and the blocklist. */
  | Wish<'loadContacts'>
  | Wish<'loadFriendRequests'>
  /** On screen from now on: the backend tells whether they are there. */
  | Wish<'watchPresence', { ids: readonly UserId[] }>
  /** By id, or by whatever else the backend looks at. */
  | Wish<'findUsers', { text: string; cursor?: Cursor }>
  /** Who asks to come into the groups that the user leads, and who invites him into theirs. */
  | Wish<'loadApplications'>
  /** All groups the user is in, with what he has set of them. */
  | Wish<'loadOwnGroups'>
  /** What a group announces was read, and is shown no more until it announces something else (I10). */
  | Wish<'seeAnnouncement', { groupId: GroupId; text: string }>
  | Wish<'dismissNotice', { id: string }>
  /** On screen from now on: this user is in the room until the last interest in it ends (J2, J7). */
  | Wish<'enterLiveRoom', { groupId: GroupId }>
  /** Said now or not at all: what a live room hears later nobody wants. The same words again after it was unsure are the same message. */
  | Wish<'sayLive', { groupId: GroupId; parts: readonly Part[]; priority?: Priority }>
  /** One more like; many are told together (J3). */
  | Wish<'likeLive', { groupId: GroupId }>
  /** Takes a picture of a person or a group to the backend, and tells the address it has there. */
  | Wish<'uploadAvatar', { file: LocalFile }>
  /** Where a file is, or the file itself where this machine has it; anywhere but under `deadUrl`, where nothing could be had. */
  | Wish<'resolveFile', { file: RemoteFile; of?: MessageRef; deadUrl?: string }>
  /** What a 'merged' part came without. */
  | Wish<'openMerged', { message: Message }>
/** The one way out of the interface: resolves or rejects as the intent does, always with a ChatError. */
export type Dispatch = <I extends Intent>(intent: I) => Promise<IntentResults[I['type']]>
