import type { Conversation } from './conversation'
import type { Draft } from './draft'
import type { ConversationId, GroupId, UserId } from './id'
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
  | Wish<'loadProfiles', { ids: readonly UserId[] }>
  | Wish<'loadGroups', { ids: readonly GroupId[] }>
  | Wish<'loadMembers', { groupId: GroupId }>
  | Wish<'dismissNotice', { id: string }>
  | Wish<'resolveFile', { file: RemoteFile; of?: MessageRef }>
/** The one way out of the interface: resolves or rejects as the intent does, always with a ChatError. */
export type Dispatch = <I extends Intent>(intent: I) => Promise<IntentResults[I['type']]>
