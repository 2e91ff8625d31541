import type { ChatErrorShape, Group, GroupId, GroupType, UserId } from '../../model'
import { groupConversationId } from './conversationIds'
import { SEATS } from './limits'
import type { Change } from './log'
import { addMember, changeRole, dropMember, hidesPast, requireMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, GroupRow, MemberRow } from './rows'
import { startingWith } from './storage/storage'

/** Why somebody who is not in a group cannot just walk in; undefined when he can (I2). */
export function joinRefusal(group: Pick<Group, 'type' | 'joining'>): ChatErrorShape | undefined {
  if (group.type === 'work') return refusals.workTakesNoApplications()
  if (group.joining === 'approval') return refusals.needsApproval()
  return group.joining === 'closed' ? refusals.noRight() : undefined
}

/** Why a member cannot leave: an owner has to hand over first, but for work groups (10009). */
export function quitRefusal(type: GroupType, role: MemberRow['role']): ChatErrorShape | undefined {
  return role === 'owner' && type !== 'work' ? refusals.ownerStays() : undefined
}

/** Walks in. */
export async function joinGroup(change: Change, userId: UserId, groupId: GroupId): Promise<'joined'> {
  const { group, conversation } = await requireGroup(change, groupId)
  if (await change.get('members', [conversation.id, userId])) throw refusals.alreadyMember()
  const refusal = joinRefusal(group)
  if (refusal) throw refusal
  if (group.memberCount >= SEATS[group.type]) throw refusals.groupFull()
  await change.put('groups', { ...group, memberCount: group.memberCount + 1 })
  await addMember(change, conversation, userId, {
    hiddenSeq: hidesPast(group.type) ? conversation.lastSeq : 0,
  })
  change.tell({ userIds: [userId] }, { kind: 'conversation', conversationId: conversation.id })
  if (tellsComings(group.type)) await appendNotice(change, conversation, userId, 'joined', [userId])
  change.tell({ conversationId: conversation.id }, { kind: 'group', groupId })
  if (group.type !== 'live') {
    change.tell({ conversationId: conversation.id }, { kind: 'members', groupId, userIds: [userId] })
  }
  return 'joined'
}

/** Walks out; the owner of a work group passes it on, and the last one out dissolves it. */
export async function quitGroup(change: Change, userId: UserId, groupId: GroupId): Promise<void> {
  const { group } = await requireGroup(change, groupId)
  const { conversation, member } = await requireMember(change, groupConversationId(groupId), userId)
  const refusal = quitRefusal(group.type, member.role)
  if (refusal) throw refusal
  await dropMember(change, group, member)
  const { ownerId, ...unowned } = { ...group, memberCount: group.memberCount - 1 }
  const heirId = member.role === 'owner' ? await passOn(change, group, conversation) : ownerId
  await change.put('groups', {
    ...unowned,
    ...(heirId !== undefined ? { ownerId: heirId } : { isDissolved: true as const }),
  })
  change.tell(
    { conversationId: conversation.id, userIds: [userId] },
    { kind: 'members-quit', groupId, userIds: [userId] },
  )
  if (tellsComings(group.type)) await appendNotice(change, conversation, userId, 'left', [userId])
  change.tell({ conversationId: conversation.id }, { kind: 'group', groupId })
}

async function passOn(
  change: Change,
  group: GroupRow,
  conversation: ConversationRow,
): Promise<UserId | undefined> {
  const [next] = await change.range('roster', { ...startingWith(group.id), limit: 1 })
  const heir = next && (await change.get('members', [conversation.id, next.userId]))
  if (!heir) return undefined
  await changeRole(change, group, heir, 'owner')
  change.tell(
    { conversationId: conversation.id },
    { kind: 'members', groupId: group.id, userIds: [heir.userId] },
  )
  return heir.userId
}

/** Meetings and live rooms do not say who comes and goes (I1). */
function tellsComings(type: GroupType): boolean {
  return type !== 'meeting' && type !== 'live'
}

async function requireGroup(
  change: Change,
  groupId: GroupId,
): Promise<{ readonly group: GroupRow; readonly conversation: ConversationRow }> {
  const group = await change.get('groups', groupId)
  const conversation = await change.get('conversations', groupConversationId(groupId))
  if (!group || group.isDissolved || !conversation) throw refusals.noSuchGroup()
  return { group, conversation }
}
