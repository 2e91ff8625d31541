import type { Group, UserId } from '../../model'

/** Those beside the owner who may mute and put out: the owner names them in the room's own fields (J6). */
export function moderatorsOf({ custom }: Pick<Group, 'custom'>): readonly UserId[] {
  if (typeof custom !== 'object' || custom === null || Array.isArray(custom)) return []
  const { moderatorIds } = custom as { readonly moderatorIds?: unknown }
  if (!Array.isArray(moderatorIds)) return []
  return moderatorIds.filter((id): id is UserId => typeof id === 'string')
}

/** How often a live room was liked, where the backend counts it among the room's own fields (J3). */
export function likesOf(group: Pick<Group, 'custom'> | undefined): number {
  const custom = group?.custom
  if (typeof custom !== 'object' || custom === null || Array.isArray(custom)) return 0
  const { likes } = custom as { readonly likes?: unknown }
  return typeof likes === 'number' && likes >= 0 ? Math.floor(likes) : 0
}

/** What somebody is in a live room. */
export function liveRoleOf(
  group: Pick<Group, 'ownerId' | 'custom'> | undefined,
  userId: UserId,
): 'host' | 'moderator' | 'viewer' {
  if (group?.ownerId === userId) return 'host'
  return group && moderatorsOf(group).includes(userId) ? 'moderator' : 'viewer'
}

/** Whether an order of the one about the other counts (J6): the host's about everybody, a moderator's about viewers. */
export function canOrder(
  group: Pick<Group, 'ownerId' | 'custom'> | undefined,
  byId: UserId,
  aboutId: UserId,
): boolean {
  if (byId === aboutId) return false
  const role = liveRoleOf(group, byId)
  const other = liveRoleOf(group, aboutId)
  return role === 'host' ? true : role === 'moderator' && other === 'viewer'
}
