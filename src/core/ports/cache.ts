import type {
  CachedOpening,
  CacheStart,
  ChatErrorShape,
  ChatEvent,
  ConversationId,
  Cursor,
  EpochMs,
  Group,
  GroupId,
  KnownPage,
  LocalFile,
  Member,
  Message,
  MessageRef,
  OutboxItem,
  Page,
  PartKind,
  Profile,
  Stop,
  UserId,
} from '../../model'

/** A profile or group as it was when it was last fetched; without a value the backend said that it does not exist (G3). */
export interface CachedNoun<T> {
  readonly id: string
  readonly value?: T
  /** When it was heard, on the device's clock. */
  readonly heardAt: EpochMs
}

/** Which cached messages are wanted. `beside` names the message at whose side the page begins; it may be repeated. */
export interface CachedPageRequest {
  readonly conversationId: ConversationId
  readonly beside: MessageRef
  readonly direction: 'older' | 'newer'
  /** At the most so many, 1 or more. */
  readonly count: number
}

/** What is searched for among the messages kept of one conversation. */
export interface CachedSearch {
  readonly conversationId: ConversationId
  /** Folded in case, accents and width; empty: whatever is of these kinds. */
  readonly text: string
  readonly kinds?: readonly PartKind[]
  readonly fromAt?: EpochMs
  readonly toAt?: EpochMs
  /** Where the page before ended. */
  readonly cursor?: Cursor
}

/** Commands on their way out, kept where all tabs of this user see them. */
export interface OutboxStore {
  /** Whether by now no other tab sees what is kept here; absent: all see it. */
  isAlone?(): boolean
  /**
   * Keeps a new item. The writing begins in this very moment, before the call returns, so that a page that dies right
   * afterwards has the item all the same; the draft of `clearsDraftOf` goes in the same step. Resolves once it is kept.
   */
  add(item: OutboxItem, clearsDraftOf?: ConversationId): Promise<void>
  /** All items, in the order they were added, whichever tab added them. */
  all(): Promise<readonly OutboxItem[]>
  /**
   * Changes one item in one step that no other tab can come between. `change` is not called where there is no such item;
   * where it gives undefined the item goes. Resolves with the item as it is afterwards.
   */
  change(id: string, change: (item: OutboxItem) => OutboxItem | undefined): Promise<OutboxItem | undefined>
}

/**
 * What this machine keeps for one user of one backend (A10), shared by all tabs. Opens by itself, in the background; no
 * call ever rejects because of the storage: what breaks goes on in memory, and `watch` hears of it (D11). Whatever is read
 * is read after everything absorbed before, so the cache never lags behind itself.
 */
export interface Cache {
  /** What a kit begins with. */
  start(): Promise<CacheStart>
  /**
   * Takes in what happened, in order, as the stores take it in; written behind in batches, a checkpoint together with the
   * events before it. Messages that must not be stored are not (C9, D10). Events that say nothing lasting are passed over.
   */
  absorb(events: readonly ChatEvent[]): void
  /** Writes at once what waits to be written. */
  flush(): Promise<void>
  /** The newest stretch of a conversation; its newer edge is 'live' only where nothing can have been missed since. */
  openNewest(conversationId: ConversationId, count: number): Promise<CachedOpening>
  /** The stretch around a message; undefined where the message is not here. */
  openAround(ref: MessageRef, count: number): Promise<CachedOpening | undefined>
  /** The messages beside one, up to the next hole; an empty page with `more` at its edge where nothing is known there. */
  page(request: CachedPageRequest): Promise<KnownPage>
  /** Messages that hold some words, from the newest on. A page may be empty and yet name where to go on. */
  search(wanted: CachedSearch): Promise<Page<Message>>
  /** One message by any of its keys. */
  find(ref: MessageRef): Promise<Message | undefined>
  /** What is known of these, each once; those never heard of are left out. */
  profiles(ids: readonly UserId[]): Promise<readonly CachedNoun<Profile>[]>
  /** As `profiles`, for groups. */
  groups(ids: readonly GroupId[]): Promise<readonly CachedNoun<Group>[]>
  /** The members of a group as they were listed last, the first of them. Absent: nobody keeps them. */
  members?(groupId: GroupId): Promise<readonly Member[]>
  /** The bytes of a file kept before; undefined where they are not here (C12). */
  media(key: string): Promise<LocalFile | undefined>
  /** Keeps the bytes of a file; the least used go where there is too much. */
  keepMedia(key: string, file: LocalFile): Promise<void>
  /** How high rows were drawn, by their keys, in a look: a width and a type. Absent: nobody remembers. */
  rowHeights?(conversationId: ConversationId, look: string): Promise<ReadonlyMap<string, number>>
  /** Keeps how high rows are in a look; those of looks long past go. */
  keepRowHeights?(
    conversationId: ConversationId,
    look: string,
    heights: ReadonlyMap<string, number>,
  ): Promise<void>
  readonly outbox: OutboxStore
  /** Where everything is kept right now. */
  kind(): 'opening' | 'indexeddb' | 'memory'
  /** How many rows each table holds, for diagnostics. */
  size(): Promise<Readonly<Record<string, number>>>
  /** Hears, at once or later but once, that what is kept from now on ends with the page. */
  watch(onDegraded: (error: ChatErrorShape) => void): Stop
  /** Forgets everything of this user, in all tabs: for signing out on a machine that others use. */
  erase(): Promise<void>
  /** Writes what waits and lets go; of no use afterwards. */
  close(): Promise<void>
}
