import type { EpochMs, UserId } from './id'
import type { Json } from './json'

/** A friend, with what only I call him. */
export interface Contact {
  readonly userId: UserId
  readonly remark?: string
  readonly folders?: readonly string[]
  readonly custom?: Json
}
/** 'gone': answered or withdrawn elsewhere, the backend does not say how. */
export type RequestState = 'pending' | 'accepted' | 'refused' | 'gone'
/** Somebody asks to be a friend, or I asked. */
export interface FriendRequest {
  readonly id: string
  readonly userId: UserId
  readonly direction: 'in' | 'out'
  readonly state: RequestState
  readonly wording?: string
  readonly source?: string
  readonly at?: EpochMs
  readonly isRead?: boolean
}
