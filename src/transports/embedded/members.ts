import type { GroupId, UserId } from '../../model'
import { groupConversationId } from './conversationIds'
import type { Change } from './log'
import { refusals } from './refusals'
import type { ConversationRow, GroupRow, MemberRow } from './rows'
import type { Reading } from './storage/storage'

const RANKS: Readonly<Record<MemberRow['role'], number>> = { owner: 0, admin: 1, member: 2 }

/** Puts somebody into a conversation, as one who has read everything. */
export async function addMember(
  change: Change,
  conversation: ConversationRow,
  userId: UserId,
  more: Partial<Pick<MemberRow, 'role' | 'nameCard' | 'hiddenSeq' | 'joinedAt' | 'mutedUntil'>> = {},
): Promise<MemberRow> {
  const member: MemberRow = {
    conversationId: conversation.id,
    userId,
    role: 'member',
    joinedAt: change.at,
    hiddenSeq: 0,
    readSeq: conversation.lastSeq,
    readCounted: conversation.counted,
    deliveredSeq: conversation.lastSeq,
    ...more,
  }
  await change.put('members', member)
  await change.put('memberships', { userId, conversationId: conversation.id })
  const { groupId } = conversation
  if (groupId !== undefined) await change.put('roster', { groupId, rank: RANKS[member.role], userId })
  return member
}

/** Takes somebody out of a group. */
export async function dropMember(change: Change, group: GroupRow, member: MemberRow): Promise<void> {
  const { userId, conversationId, role } = member
  await change.delete('members', [conversationId, userId])
  await change.delete('memberships', [userId, conversationId])
  await change.delete('roster', [group.id, RANKS[role], userId])
}

/** Gives a member another role. */
export async function changeRole(
  change: Change,
  group: GroupRow,
  member: MemberRow,
  role: MemberRow['role'],
): Promise<void> {
  await change.delete('roster', [group.id, RANKS[member.role], member.userId])
  await change.put('roster', { groupId: group.id, rank: RANKS[role], userId: member.userId })
  await change.put('members', { ...member, role })
}

/** The conversation and the asking user's place in it, or the refusal that says what is missing. */
export async function requireMember(
  reading: Reading,
  conversationId: string,
  userId: UserId,
): Promise<{ readonly conversation: ConversationRow; readonly member: MemberRow }> {
  const conversation = await reading.get('conversations', conversationId)
  if (!conversation) throw refusals.noSuchConversation()
  const member = await reading.get('members', [conversationId, userId])
  if (!member) throw await notThere(reading, conversation)
  return { conversation, member }
}

async function notThere(reading: Reading, { groupId }: ConversationRow): Promise<Error> {
  if (groupId === undefined) return refusals.notInConversation()
  const group = await reading.get('groups', groupId)
  return group?.isDissolved ? refusals.noSuchGroup() : refusals.notAMember()
}

/** A group that stands, and its conversation. */
export async function requireGroup(
  reading: Reading,
  groupId: GroupId,
): Promise<{ readonly group: GroupRow; readonly conversation: ConversationRow }> {
  const group = await reading.get('groups', groupId)
  const conversation = await reading.get('conversations', groupConversationId(groupId))
  if (!group || group.isDissolved || !conversation) throw refusals.noSuchGroup()
  return { group, conversation }
}
