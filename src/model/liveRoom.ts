import type { ChatErrorShape } from './chatError'
import type { ConversationId, UserId } from './id'

/** Where the user stands in a live room that he watches. */
export type LiveRoomStanding =
  /** 'waiting': for the connection; 'out': somebody has taken this user out, another of his devices perhaps (J7). */
  | { readonly state: 'entering' | 'waiting' | 'out' | 'ended' }
  | { readonly state: 'in'; readonly conversationId: ConversationId }
  | { readonly state: 'kicked'; readonly byId?: UserId }
  | { readonly state: 'failed'; readonly error: ChatErrorShape }
