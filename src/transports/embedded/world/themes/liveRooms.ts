import type { GroupId, UserId } from '../../../../model'

/** A live room of the world: nothing that is said there stays. */
export interface LivePlan {
  readonly id: GroupId
  readonly name: string
  readonly announcement: string
  readonly ownerId: UserId
}

/** The live rooms, each with its host. */
export const LIVE_ROOMS: readonly LivePlan[] = [
  {
    id: 'night-sketching',
    name: '夜间速写 · Night sketching',
    announcement: '今晚画窗外的山，跟着一起来。Tonight: the hills outside, draw along.',
    ownerId: 'linyue',
  },
]
