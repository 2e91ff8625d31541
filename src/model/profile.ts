import type { GroupId, UserId } from './id'
import type { Json } from './json'

/** What is shown of a user. */
export interface Profile {
  readonly id: UserId
  readonly name?: string
  readonly avatar?: string
  readonly signature?: string
  readonly gender?: 'female' | 'male' | 'other'
  readonly addMode?: 'free' | 'ask' | 'closed'
  readonly custom?: Json
  /** Known in this group only (a nickname in an anonymous room): no card, no direct conversation. */
  readonly onlyInId?: GroupId
}
