import type { GroupAdminView } from '../../composables'
import type { Member } from '../../model'

/** What a row's menu offers. */
export type MemberTask =
  | 'makeAdmin'
  | 'unmakeAdmin'
  | 'muteTenMinutes'
  | 'muteHour'
  | 'muteDay'
  | 'muteCustom'
  | 'unmute'
  | 'transfer'
  | 'kick'

const MINUTE = 60_000
/** How long each of the ready-made mutes lasts. */
export const MUTE_MS: { readonly [T in MemberTask]?: number } = {
  muteTenMinutes: 10 * MINUTE,
  muteHour: 60 * MINUTE,
  muteDay: 24 * 60 * MINUTE,
}

/** True while the mute of a member holds. */
export function isMutedAt({ mutedUntil }: Member, nowMs: number): boolean {
  return mutedUntil === 'forever' || (mutedUntil !== undefined && mutedUntil > nowMs)
}

/** Exactly what the user may do to a member, in the order of the menu. */
export function tasksFor(view: GroupAdminView, member: Member, nowMs: number): readonly MemberTask[] {
  const canMute = view.canTo('mute', member)
  const offers: readonly (readonly [boolean, readonly MemberTask[]])[] = [
    [view.canTo('setAdmins', member), [member.role === 'admin' ? 'unmakeAdmin' : 'makeAdmin']],
    [canMute && !isMutedAt(member, nowMs), ['muteTenMinutes', 'muteHour', 'muteDay', 'muteCustom']],
    [canMute && isMutedAt(member, nowMs), ['unmute', 'muteCustom']],
    [view.canTo('transfer', member), ['transfer']],
    [view.canTo('kick', member), ['kick']],
  ]
  return offers.flatMap(([isOffered, tasks]) => (isOffered ? tasks : []))
}
