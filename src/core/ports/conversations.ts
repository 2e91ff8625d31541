import type {
  BatchResult,
  Conversation,
  ConversationId,
  Cursor,
  GroupId,
  MessageRef,
  NotifyMode,
  Page,
  ReadPoint,
  UserId,
} from '../../model'

/** The list of conversations and what is set on each. Required of every transport. */
export interface ConversationsFacet {
  list(cursor?: Cursor): Promise<Page<Conversation>>
  /** The only source of an id: computed, looked up, or made at the backend. */
  open(
    target: { readonly id: ConversationId } | { readonly userId: UserId } | { readonly groupId: GroupId },
  ): Promise<Conversation>
  /** May read further than asked; resolves with the point really reached. */
  markRead?(id: ConversationId, upTo: MessageRef): Promise<ReadPoint>
  markAllRead?(): Promise<void>
  setMarkedUnread?(id: ConversationId, isMarked: boolean): Promise<void>
  setPinned?(id: ConversationId, isPinned: boolean): Promise<void>
  readonly notifyModes?: readonly NotifyMode[]
  setNotify?(ids: readonly ConversationId[], mode: NotifyMode): Promise<BatchResult>
  remove?(ids: readonly ConversationId[], withHistory: boolean): Promise<BatchResult>
  clearHistory?(id: ConversationId): Promise<void>
  setDraft?(id: ConversationId, text: string): Promise<void>
  setMark?(ids: readonly ConversationId[], mark: string, isSet: boolean): Promise<BatchResult>
  folders?(): Promise<readonly string[]>
  /** Makes `name`, or has exactly these in it; with `from` renames it; with no ids and no `from` deletes it. */
  setFolder?(name: string, ids: readonly ConversationId[], from?: string): Promise<BatchResult>
}
