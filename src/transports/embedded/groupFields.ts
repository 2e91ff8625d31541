import { groupRules } from '../../core/groups'
import type { GroupType, Json, Openness } from '../../model'
import {
  checkedJson,
  checkedLine,
  checkedOptional,
  checkedRecord,
  checkedText,
  checkedWord,
  compact,
} from './checkedValues'
import { CUSTOM_ROOM_BYTES, LIMITS } from './limits'
import { isOwnPicture } from './ownPicture'
import { refusals } from './refusals'
import type { GroupRow } from './rows'

const OPENNESS: readonly Openness[] = ['free', 'approval', 'closed']

/** What somebody can set of a group. */
export type GroupFields = Pick<
  GroupRow,
  'name' | 'avatar' | 'intro' | 'announcement' | 'joining' | 'inviting' | 'isMuted' | 'custom'
>
/** Some of it; null clears. */
export type GroupChanges = { readonly [F in keyof GroupFields]?: GroupFields[F] | null }

const checks: { readonly [F in keyof GroupFields]-?: (value: unknown) => GroupFields[F] } = {
  name: (value) => checkedLine(value, 'name', LIMITS.groupNameBytes, refusals.groupNameTooLong),
  avatar: (value) =>
    isOwnPicture(value)
      ? value
      : checkedLine(value, 'avatar', LIMITS.avatarUrlBytes, refusals.avatarUrlTooLong),
  intro: (value) => checkedText(value, 'intro', LIMITS.groupIntroBytes, refusals.groupIntroTooLong),
  announcement: (value) =>
    checkedText(value, 'announcement', LIMITS.announcementBytes, refusals.announcementTooLong),
  joining: (value) => checkedWord(value, 'joining', OPENNESS),
  inviting: (value) => checkedWord(value, 'inviting', OPENNESS),
  isMuted: (value) => value === true,
  custom: (value) => checkedCustom(value),
}
/** The app's own fields, as long as they fit. */
export function checkedCustom(value: unknown): Json {
  return checkedJson(value, 'custom', CUSTOM_ROOM_BYTES)
}

/** What can be empty. */
const CLEARABLE: ReadonlySet<string> = new Set(['avatar', 'intro', 'announcement', 'custom'])

/** The fields of a group that are given, each within its bounds (I7). */
export function checkedGroupChanges(value: unknown): GroupChanges {
  const fields = checkedRecord(value, 'the group')
  const changes = Object.entries(checks).map(([name, check]) => {
    const given = fields[name]
    if (given === null && CLEARABLE.has(name)) return [name, null] as const
    return [name, checkedOptional<unknown>(given, check)] as const
  })
  return compact<GroupChanges>(Object.fromEntries(changes) as GroupChanges)
}

/** Refuses doors that a type of group does not have. */
export function requireDoors(type: GroupType, { joining, inviting }: GroupChanges): void {
  const { joinings, invitings } = groupRules(type)
  if (joining && !joinings.includes(joining)) throw refusals.notForThisType()
  if (inviting && !invitings.includes(inviting)) throw refusals.notForThisType()
}
