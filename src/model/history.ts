import type { ConversationId, Cursor, EpochMs, UserId } from './id'
import type { Message, MessageRef, PartKind } from './message'
import type { MessageChange } from './messageChange'

/** Pages touch their anchor: they may repeat it, they never skip. `at` and 'oldest' only where `can` allows. */
export interface HistoryRequest {
  readonly conversationId: ConversationId
  readonly from:
    | 'newest'
    | 'oldest'
    | { readonly cursor: Cursor }
    | { readonly message: MessageRef }
    | { readonly at: EpochMs }
  readonly direction: 'older' | 'newer' | 'around'
  /** How many messages at the most, 1 to `limits().pageSize`. */
  readonly count: number
}
/** Only an edge's `end` is an end; a short or empty page is not. 'live': what comes after it comes by event, without a hole. */
export type HistoryEdge =
  { readonly cursor: Cursor } | { readonly end: 'start' | 'retention' | 'joined' | 'live' | 'unknown' }
/** `messages` run oldest to newest and that order is the truth; `changes` are what the archive keeps as entries of their own. */
export interface HistoryPage {
  readonly messages: readonly Message[]
  readonly changes: readonly MessageChange[]
  readonly older: HistoryEdge
  readonly newer: HistoryEdge
}
/** What a search asks for. */
export interface SearchQuery {
  readonly text: string
  readonly conversationId?: ConversationId
  readonly senderIds?: readonly UserId[]
  readonly kinds?: readonly PartKind[]
  readonly fromAt?: EpochMs
  readonly toAt?: EpochMs
  readonly cursor?: Cursor
}
/** `messages` may be fewer than `count`, even none: then search inside the conversation. */
export interface SearchHit {
  readonly conversationId: ConversationId
  readonly count?: number
  readonly messages: readonly Message[]
}
/** Messages that hold what was searched for, from the newest on. */
export interface MessagesFound {
  readonly messages: readonly Message[]
  /** There may be more: ask again with this. */
  readonly next?: Cursor
  /** Only what this machine keeps was looked through. */
  readonly isOnlyHere: boolean
}
/** Messages of all conversations, one hit for each conversation that has any. */
export interface EverywhereFound {
  readonly hits: readonly SearchHit[]
  /** Only what this machine keeps was looked through. */
  readonly isOnlyHere: boolean
}
/**
 * How a stretch of known messages goes on: as the backend said, or `more` where only this device has spoken and more can be
 * asked for beside the message at the edge.
 */
export type KnownEdge = HistoryEdge | { readonly more: true }
/** A page of history from wherever it was known first: the cache or the backend (D1). */
export interface KnownPage {
  /** This machine alone says so: what the page does not hold may be there all the same. */
  readonly isKept?: true
  /** What it holds may have changed since without a word. */
  readonly isDoubted?: true
  readonly messages: readonly Message[]
  readonly changes: readonly MessageChange[]
  readonly older: KnownEdge
  readonly newer: KnownEdge
}
