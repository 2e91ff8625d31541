import type {
  BatchResult,
  ConversationId,
  Cursor,
  HistoryPage,
  HistoryRequest,
  Message,
  MessageBody,
  MessageChange,
  MessageRef,
  OutgoingMessage,
  Page,
  Receipt,
  SearchHit,
  SearchQuery,
  Task,
  Texts,
  UserId,
} from '../../model'

/** Sending, reading and changing messages. Required of every transport. */
export interface MessagesFacet {
  /** Resolves when the backend has it. One call makes at most one message; after `effect: 'unknown'` ask `find` before calling again. */
  send(message: OutgoingMessage, onProgress?: (part: number, fraction: number) => void): Task<Message>
  history(request: HistoryRequest): Promise<HistoryPage>
  /** 'absent' only when the backend is sure and it can no longer arrive. `ref` may hold nothing but a client key and a time. */
  find(ref: MessageRef): Promise<Message | 'absent' | 'unknown'>
  recall?(ref: MessageRef, reason?: string): Promise<void>
  edit?(message: Message, body: Pick<MessageBody, 'parts' | 'mentions'>): Promise<Message>
  deleteForMe?(refs: readonly MessageRef[]): Promise<void>
  /** Both sets: some wires send the difference, some the whole. */
  setReactions?(ref: MessageRef, before: readonly string[], after: readonly string[]): Promise<void>
  fetchReactions?(refs: readonly MessageRef[]): Promise<readonly MessageChange[]>
  reactors?(ref: MessageRef, key: string, cursor?: Cursor): Promise<Page<UserId>>
  setExtensions?(ref: MessageRef, set: Texts, deleted: readonly string[]): Promise<BatchResult>
  fetchExtensions?(ref: MessageRef): Promise<Texts>
  /** "Seen on screen" per message, where that is more than the read position. */
  acknowledge?(refs: readonly MessageRef[]): Promise<void>
  fetchReceipts?(conversationId: ConversationId, refs: readonly MessageRef[]): Promise<readonly Receipt[]>
  readers?(ref: MessageRef, which: 'read' | 'unread', cursor?: Cursor): Promise<Page<UserId>>
  setPinned?(ref: MessageRef, isPinned: boolean): Promise<void>
  pinned?(conversationId: ConversationId): Promise<readonly Message[]>
  /** The items of a 'merged' part that came without them. */
  openMerged?(message: Message): Promise<readonly Message[]>
  search?(query: SearchQuery): Promise<Page<SearchHit>>
  setTyping?(conversationId: ConversationId, isTyping: boolean): void
}
