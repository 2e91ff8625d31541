import type { GroupAdminView, Lasting } from '../../composables'
import type { Member } from '../../model'

/** What a row's menu offers. */
export type MemberTask =
  | 'makeAdmin'
  | 'unmakeAdmin'
  | 'nameCard'
  | 'muteTenMinutes'
  | 'muteHour'
  | 'muteDay'
  | 'muteCustom'
  | 'muteForever'
  | 'unmute'
  | 'transfer'
  | 'kick'

/** Tasks that ask before they are done. */
export type AskedTask = 'nameCard' | 'muteCustom' | 'transfer' | 'kick'

const MINUTE = 60_000
const ASKED: ReadonlySet<MemberTask> = new Set<AskedTask>(['nameCard', 'muteCustom', 'transfer', 'kick'])
/** How long each of the ready-made mutes lasts. */
export const MUTE_MS: { readonly [T in MemberTask]?: number } = {
  muteTenMinutes: 10 * MINUTE,
  muteHour: 60 * MINUTE,
  muteDay: 24 * 60 * MINUTE,
}
/** How long whoever is put out can be kept out. */
export const BANS = {
  hour: { forMs: 60 * MINUTE },
  day: { forMs: 24 * 60 * MINUTE },
  week: { forMs: 7 * 24 * 60 * MINUTE },
  month: { forMs: 30 * 24 * 60 * MINUTE },
  never: 'forever',
} as const satisfies Readonly<Record<string, Lasting>>
/** When he may come back: at any time, or once a ban has ended. */
export type ComingBack = 'anytime' | keyof typeof BANS

/** Which of them can be chosen. */
export function comingsBack(view: GroupAdminView): readonly ComingBack[] {
  const open: readonly ComingBack[] = view.can('kick') ? ['anytime'] : []
  if (!view.can('ban')) return open
  return view.hasOpenBansOnly.value ? [...open, 'never'] : [...open, ...(Object.keys(BANS) as ComingBack[])]
}

/** True for what is not done before somebody has answered. */
export function isAsked(task: MemberTask): task is AskedTask {
  return ASKED.has(task)
}

/** True for what takes somebody out. */
export function isDestructive(task: MemberTask): boolean {
  return task === 'kick'
}

/** True while the mute of a member holds. */
export function isMutedAt({ mutedUntil }: Member, nowMs: number): boolean {
  return mutedUntil === 'forever' || (mutedUntil !== undefined && mutedUntil > nowMs)
}

/** Exactly what the user may do to a member, in the order of the menu. */
export function tasksFor(view: GroupAdminView, member: Member, nowMs: number): readonly MemberTask[] {
  const canMute = view.canTo('mute', member)
  const isMuted = isMutedAt(member, nowMs)
  const mutes: readonly MemberTask[] = view.hasOpenMutesOnly.value
    ? ['muteForever']
    : ['muteTenMinutes', 'muteHour', 'muteDay', 'muteCustom', 'muteForever']
  const offers: readonly (readonly [boolean, readonly MemberTask[]])[] = [
    [view.canTo('setAdmins', member), [member.role === 'admin' ? 'unmakeAdmin' : 'makeAdmin']],
    [view.canTo('setNameCards', member), ['nameCard']],
    [canMute && !isMuted, mutes],
    [canMute && isMuted, view.hasOpenMutesOnly.value ? ['unmute'] : ['unmute', 'muteCustom']],
    [view.canTo('transfer', member), ['transfer']],
    [view.canTo('kick', member) || view.canTo('ban', member), ['kick']],
  ]
  return offers.flatMap(([isOffered, tasks]) => (isOffered ? tasks : []))
}
