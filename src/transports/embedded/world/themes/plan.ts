import type { GroupId, GroupType, Openness, UserId } from '../../../../model'
import type { Pools } from '../phrase'
import type { Scene } from '../scenes'

/** What is said in a conversation: played scenes first, then the written script, which holds the newest messages. */
export interface TalkPlan {
  readonly script?: string
  readonly scenes?: { readonly scenes: readonly Scene[]; readonly pools: Pools; readonly count: number }
  /** The long review of half a year is composed by a writer of its own. */
  readonly isDesignReview?: boolean
  /** How old the newest message is. */
  readonly ageMinutes: number
  /** The earliest and the latest hour at which a day of it begins. */
  readonly hours?: readonly [number, number]
  /** How many of the newest messages somebody has not read. */
  readonly unread?: Readonly<Record<UserId, number>>
}
/** A conversation of two. */
export interface DirectPlan extends TalkPlan {
  readonly between: readonly [UserId, UserId]
}
/** A group and what is said in it; the first member owns it. */
export interface GroupPlan extends TalkPlan {
  readonly id: GroupId
  readonly type: GroupType
  readonly name: string
  readonly intro?: string
  readonly announcement?: string
  readonly joining?: Openness
  readonly members: readonly UserId[]
  readonly admins?: readonly UserId[]
  readonly nameCards?: Readonly<Record<UserId, string>>
}
