import { groupRights } from '../../core/groups'
import { patchedFields } from '../../core/patches'
import type { Group, GroupId, Json, Patch, UserId } from '../../model'
import type { GroupTalk } from './admission'
import { checkedId, checkedRecord } from './checkedValues'
import { checkedCustom, checkedGroupChanges, requireDoors } from './groupFields'
import type { GroupChanges } from './groupFields'
import type { Change } from './log'
import { requirePower } from './memberAdmin'
import { dropMember, requireGroup, requireMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { GroupRow } from './rows'
import { startingWith } from './storage/storage'

/** Changes what is given of a group; each part wants a right of its own (I4). */
export async function updateGroup(change: Change, userId: UserId, given: unknown): Promise<void> {
  const groupId = checkedId(checkedRecord(given, 'the group')['id'], 'id')
  const changes = checkedGroupChanges(given)
  const { group, conversation } = await requireGroup(change, groupId)
  const { member } = await requireMember(change, conversation.id, userId)
  const rights = groupRights(group.type, member.role)
  const { joining, inviting, isMuted, ...profile } = changes
  const { custom, ...others } = changes
  if (Object.keys(profile).length > 0 && !rights.canEditProfile) throw refusals.noRight()
  if ((joining || inviting) && !rights.canEditSettings) throw refusals.noRight()
  if (isMuted !== undefined && !rights.canMuteAll) throw refusals.noRight()
  requireDoors(group.type, changes)
  await change.put('groups', withCustom(changedGroup(group, others), group.custom, custom))
  await noteChanges(change, userId, { group, conversation }, changes)
  change.tell({ conversationId: conversation.id }, { kind: 'group', groupId })
}

function changedGroup(group: GroupRow, changes: GroupChanges): GroupRow {
  const fields = Object.entries({ ...group, ...changes }).filter(([, value]) => value !== null)
  return Object.fromEntries(fields) as unknown as GroupRow
}

/** The app's own fields are written key by key: another admin may have written others since they were read. */
function withCustom(group: GroupRow, known: Json | undefined, given: Json | undefined): GroupRow {
  if (given === undefined) return group
  const { custom: _old, ...bare } = group
  const fields = patchedFields(known, given)
  return fields === undefined ? bare : { ...bare, custom: checkedCustom(fields) }
}

/** Says in the timeline what is different now: the mute apart, for it has words of its own. */
async function noteChanges(
  change: Change,
  userId: UserId,
  { group, conversation }: GroupTalk,
  { isMuted, ...others }: GroupChanges,
): Promise<void> {
  const isNew = ([name, value]: readonly [string, unknown]) =>
    name !== 'custom' && (group[name as keyof GroupChanges] ?? null) !== value
  const changes = Object.fromEntries(Object.entries(others).filter(isNew)) as Patch<Group, 'id'>
  const grown =
    Object.keys(changes).length > 0
      ? await appendNotice(change, conversation, userId, 'profile', {
          changes: { ...changes, id: group.id },
        })
      : conversation
  if (isMuted === undefined || isMuted === null || isMuted === (group.isMuted ?? false)) return
  await appendNotice(change, grown, userId, 'muted', { changes: { id: group.id, isMuted } })
}

/** Ends a group for everybody (I2). */
export async function dissolveGroup(change: Change, userId: UserId, groupId: GroupId): Promise<void> {
  const { group, conversation } = await requirePower(change, userId, groupId, 'canDissolve')
  const userIds: UserId[] = []
  for (const member of await change.range('members', startingWith(conversation.id))) {
    await dropMember(change, group, member)
    userIds.push(member.userId)
  }
  const { ownerId: _owner, ...unowned } = group
  await change.put('groups', { ...unowned, memberCount: 0, isDissolved: true })
  await change.deleteRange('groupApplications', startingWith(groupId))
  await change.deleteRange('groupBans', startingWith(groupId))
  change.tell({ userIds }, { kind: 'members-quit', groupId, userIds, how: 'dissolved', byId: userId })
}

/** Keeps a group among one's contacts, or no more (H7). */
export async function setSaved(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  isSaved: boolean,
): Promise<void> {
  const { conversation } = await requireGroup(change, groupId)
  const { member } = await requireMember(change, conversation.id, userId)
  await change.put('members', { ...member, isSaved })
  change.tell({ userIds: [userId] }, { kind: 'group', groupId })
}
