import type { Conversation } from './conversation'
import type { Draft } from './draft'
import type { ConversationId, EpochMs, GroupId, UserId } from './id'
import type { Stop } from './json'
import type { RemoteFile } from './media'
import type { Mentions, MessageRef, Part } from './message'

/** Wishes of the interface, imperative; each names what its promise resolves with. */
export interface IntentResults {
  readonly openConversation: Conversation
  readonly loadConversations: void
  readonly loadHistory: void
  /** The key of the message's row, its name for life. */
  readonly sendMessage: string
  readonly resendMessage: void
  readonly dropMessage: void
  readonly markRead: void
  readonly setTyping: void
  readonly setDraft: void
  readonly loadProfiles: void
  readonly loadGroups: void
  /** Ends the interest. */
  readonly watchProfiles: Stop
  readonly watchGroups: Stop
  readonly loadMembers: void
  readonly resolveFile: string
  readonly dismissNotice: void
}
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
  /** 'newest' begins a conversation or begins it again; the others go on from what is there. */
  | Wish<'loadHistory', { conversationId: ConversationId; direction: 'newest' | 'older' }>
  | Wish<'sendMessage', { conversationId: ConversationId; parts: readonly Part[]; mentions?: Mentions }>
  | Wish<'resendMessage', { conversationId: ConversationId; rowKey: string }>
  | Wish<'dropMessage', { conversationId: ConversationId; rowKey: string }>
  | Wish<'markRead', { conversationId: ConversationId; upTo: MessageRef }>
  | Wish<'setTyping', { conversationId: ConversationId; isTyping: boolean }>
  | Wish<'setDraft', { conversationId: ConversationId; draft: Draft }>
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
  | Wish<'loadMembers', { groupId: GroupId }>
  | Wish<'dismissNotice', { id: string }>
  | Wish<'resolveFile', { file: RemoteFile; of?: MessageRef }>
/** The one way out of the interface: resolves or rejects as the intent does, always with a ChatError. */
export type Dispatch = <I extends Intent>(intent: I) => Promise<IntentResults[I['type']]>
