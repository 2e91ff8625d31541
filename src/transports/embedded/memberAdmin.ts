import { groupRights, groupRules, outranks } from '../../core/groups'
import type { GroupPowers } from '../../core/groups'
import { isChatError, LAST_MOMENT } from '../../model'
import type { BatchResult, ChatErrorShape, EpochMs, GroupId, UserId } from '../../model'
import type { GroupTalk } from './admission'
import {
  checkedId,
  checkedJson,
  checkedLine,
  checkedList,
  checkedNumber,
  checkedOptional,
  checkedRecord,
  checkedText,
  checkedWord,
} from './checkedValues'
import { CUSTOM_ROOM_BYTES, FIELD_BYTES, LIMITS } from './limits'
import type { Change } from './log'
import { changeRole, dropMember, requireGroup, requireMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { MemberRow } from './rows'

/** A group, and who acts in it. */
interface Acting extends GroupTalk {
  readonly member: MemberRow
}

/** The group and the acting member, if he has the power (10007). */
export async function requirePower(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  power: keyof GroupPowers,
): Promise<Acting> {
  const talk = await requireGroup(change, groupId)
  const { member } = await requireMember(change, talk.conversation.id, userId)
  if (!groupRights(talk.group.type, member.role)[power]) throw refusals.noRight()
  return { ...talk, member }
}

/** Puts people out (I6). */
export async function kickMembers(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  userIdsGiven: unknown,
  reason?: unknown,
): Promise<BatchResult> {
  const text = checkedOptional(reason, (given) => checkedText(given, 'reason', FIELD_BYTES.reason))
  const acting = await requirePower(change, userId, groupId, 'canKick')
  const result = await forEach(userIdsGiven, async (id) => {
    await dropMember(change, acting.group, await requireBelow(change, acting, id))
  })
  await tellGone(change, acting, result.done, 'kicked', text)
  return result
}

/** Puts people out and keeps them out until a moment, or for good; null lets them come back (I6). */
export async function setBanned(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  userIdsGiven: unknown,
  untilGiven: unknown,
  reason?: unknown,
): Promise<BatchResult> {
  const text = checkedOptional(reason, (given) => checkedText(given, 'reason', FIELD_BYTES.reason))
  const until = checkedUntil(untilGiven, change.at)
  const acting = await requirePower(change, userId, groupId, 'canKick')
  if (until === null) {
    const freedIds: UserId[] = []
    const result = await forEach(userIdsGiven, async (id) => {
      if (await change.get('groupBans', [groupId, id])) freedIds.push(id)
      await change.delete('groupBans', [groupId, id])
    })
    // Nobody hears of a group by being let back where he never was.
    if (freedIds.length > 0) change.tell({ userIds: freedIds }, { kind: 'group', groupId })
    return result
  }
  const goneIds: UserId[] = []
  const awayIds: UserId[] = []
  const result = await forEach(userIdsGiven, async (id) => {
    if (!(await change.get('users', id))) throw refusals.noSuchUser()
    // Whoever has left by himself can be kept away as well.
    const isIn = (await change.get('members', [acting.conversation.id, id])) !== undefined
    if (isIn) await dropMember(change, acting.group, await requireBelow(change, acting, id))
    await change.put('groupBans', { groupId, userId: id, until })
    ;(isIn ? goneIds : awayIds).push(id)
  })
  if (awayIds.length > 0) change.tell({ userIds: awayIds }, { kind: 'group', groupId })
  await tellGone(change, acting, goneIds, 'banned', text)
  return result
}

/** Tells everybody that these are out. */
async function tellGone(
  change: Change,
  { group, conversation, member }: Acting,
  userIds: readonly UserId[],
  how: 'kicked' | 'banned',
  text: string | undefined,
): Promise<void> {
  if (userIds.length === 0) return
  const { id: groupId } = group
  const audience = { conversationId: conversation.id }
  await change.put('groups', { ...group, memberCount: group.memberCount - userIds.length })
  change.tell({ ...audience, userIds }, { kind: 'members-quit', groupId, userIds, how, byId: member.userId })
  if (groupRules(group.type).tellsComings) {
    await appendNotice(change, conversation, member.userId, 'kicked', { userIds, ...(text && { text }) })
  }
  change.tell(audience, { kind: 'group', groupId })
}

/** Makes members admins, or admins members (I4). */
export async function setRoles(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  userIdsGiven: unknown,
  roleGiven: unknown,
): Promise<BatchResult> {
  const role = checkedWord(roleGiven, 'role', ['admin', 'member'])
  const acting = await requirePower(change, userId, groupId, 'canSetAdmins')
  const changed: UserId[] = []
  const result = await forEach(userIdsGiven, async (id) => {
    const member = await requireBelow(change, acting, id)
    if (member.role === role) return
    await changeRole(change, acting.group, member, role)
    changed.push(id)
  })
  await tellMembers(change, acting, changed, 'role')
  return result
}

/** Takes people's voice until a moment, or for good; null gives it back (I5). */
export async function setMuted(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  userIdsGiven: unknown,
  untilGiven: unknown,
): Promise<BatchResult> {
  const until = checkedUntil(untilGiven, change.at)
  const acting = await requirePower(change, userId, groupId, 'canMute')
  const result = await forEach(userIdsGiven, async (id) => {
    const { mutedUntil: _former, ...member } = await requireBelow(change, acting, id)
    await change.put('members', { ...member, ...(until !== null && { mutedUntil: until }) })
  })
  await tellMembers(change, acting, result.done, until === null ? undefined : 'muted')
  return result
}

function checkedUntil(until: unknown, at: EpochMs): EpochMs | 'forever' | null {
  if (until === null || until === 'forever') return until
  const moment = checkedNumber(until, 'until')
  if (moment > LAST_MOMENT) return 'forever'
  return moment > at ? moment : null
}

/** Hands the group over; the former owner is a plain member from then on. */
export async function transferGroup(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  toId: unknown,
): Promise<void> {
  const acting = await requirePower(change, userId, groupId, 'canTransfer')
  const id = checkedId(toId, 'toId')
  if (id === userId) return
  const { mutedUntil: _mute, ...heir } = await requireBelow(change, acting, id)
  await changeRole(change, acting.group, acting.member, 'member')
  await changeRole(change, acting.group, heir, 'owner')
  await change.put('groups', { ...acting.group, ownerId: id })
  await appendNotice(change, acting.conversation, userId, 'owner', { userIds: [id] })
  const audience = { conversationId: acting.conversation.id }
  change.tell(audience, { kind: 'group', groupId })
  change.tell(audience, { kind: 'members', groupId, userIds: [userId, id] })
}

/** Sets a name card, one's own or that of somebody below (I7). */
export async function updateMember(
  change: Change,
  userId: UserId,
  groupId: GroupId,
  given: unknown,
): Promise<void> {
  const fields = checkedRecord(given, 'the member')
  const id = checkedId(fields['userId'], 'userId')
  const talk = await requireGroup(change, groupId)
  const { member: self } = await requireMember(change, talk.conversation.id, userId)
  if (id !== userId && !groupRights(talk.group.type, self.role).canKick) throw refusals.noRight()
  const member = id === userId ? self : await requireBelow(change, { ...talk, member: self }, id)
  const { nameCard: oldCard, custom: oldCustom, ...rest } = member
  const nameCard = changedField(fields['nameCard'], oldCard, (card) =>
    checkedLine(card, 'nameCard', LIMITS.nameCardBytes),
  )
  const custom = changedField(fields['custom'], oldCustom, (json) =>
    checkedJson(json, 'custom', CUSTOM_ROOM_BYTES),
  )
  await change.put('members', {
    ...rest,
    ...(nameCard && { nameCard }),
    ...(custom !== undefined && { custom }),
  })
  await tellMembers(change, { ...talk, member: self }, [id])
}

function changedField<T>(given: unknown, old: T | undefined, check: (given: unknown) => T): T | undefined {
  if (given === undefined) return old
  return given === null ? undefined : check(given)
}

/** A member whom the acting one outranks. */
async function requireBelow(
  change: Change,
  { conversation, member }: Acting,
  userId: UserId,
): Promise<MemberRow> {
  const other = await change.get('members', [conversation.id, userId])
  if (!other) throw refusals.notInGroup()
  if (!outranks(member.role, other.role)) throw refusals.noRight()
  return other
}

/** Does one thing to several people; what is refused for one does not keep it from the others. */
async function forEach(userIds: unknown, work: (userId: UserId) => Promise<void>): Promise<BatchResult> {
  const wanted = checkedList(userIds, 'userIds', LIMITS.inviteCount, (id) => checkedId(id, 'a user id'))
  const done: UserId[] = []
  const failed: { readonly id: UserId; readonly error: ChatErrorShape }[] = []
  for (const id of new Set(wanted)) {
    try {
      await work(id)
      done.push(id)
    } catch (error) {
      // Anything else is the storage's, and nothing of the whole must stay.
      if (!isChatError(error)) throw error
      failed.push({ id, error })
    }
  }
  return { done, pending: [], failed }
}

/** Tells everybody how these members stand now, and each of them what he may do. */
async function tellMembers(
  change: Change,
  { group, conversation, member }: Acting,
  userIds: readonly UserId[],
  about?: 'role' | 'muted',
): Promise<void> {
  if (userIds.length === 0) return
  if (about) await appendNotice(change, conversation, member.userId, about, { userIds })
  change.tell({ userIds }, { kind: 'group', groupId: group.id })
  if (!groupRules(group.type).hasMemberList) return
  change.tell({ conversationId: conversation.id }, { kind: 'members', groupId: group.id, userIds })
}
