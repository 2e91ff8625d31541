import type { EpochMs, UserId } from './id'

/** Whether somebody is there, as far as the backend tells (H8). */
export interface Presence {
  readonly userId: UserId
  readonly state: 'online' | 'offline' | 'unknown'
  readonly status?: string
  readonly lastSeenAt?: EpochMs
}
