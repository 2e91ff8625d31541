/** Everything that is said in the world besides the long review, as plans. */
import { LEISURE_GROUPS } from './leisureGroups'
import type { GroupPlan } from './plan'
import { WORK_GROUPS } from './workGroups'

export { DIRECTS } from './directs'
export { LIVE_ROOMS } from './liveRooms'
export type { GroupPlan, TalkPlan } from './plan'

/** Every group with its talk. */
export const GROUPS: readonly GroupPlan[] = [...WORK_GROUPS, ...LEISURE_GROUPS]
