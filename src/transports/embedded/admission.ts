import { groupRules } from '../../core/groups'
import type { EpochMs, Group, UserId } from '../../model'
import { settleApplication } from './applications'
import { muteIn } from './liveOrders'
import type { Change } from './log'
import { addMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, GroupRow } from './rows'

/** A group with its conversation, as a change under way has them. */
export interface GroupTalk {
  readonly group: GroupRow
  readonly conversation: ConversationRow
}

/** Until when somebody is kept out of a group, as long as that holds. */
export function banAt(
  ban: Pick<Group, 'bannedUntil'> | undefined,
  at: EpochMs,
): EpochMs | 'forever' | undefined {
  const until = ban?.bannedUntil
  return typeof until === 'number' && until <= at ? undefined : until
}

/** Refuses who is in already or is kept out, and everybody where no seat is left; `byId` is who wants it. */
export async function requireSeat(
  change: Change,
  { group, conversation }: GroupTalk,
  userId: UserId,
  byId: UserId,
  taken = 0,
): Promise<void> {
  if (await change.get('members', [conversation.id, userId])) throw refusals.alreadyMember()
  const ban = await change.get('groupBans', [group.id, userId])
  const until = banAt(ban && { bannedUntil: ban.until }, change.at)
  if (until !== undefined) throw userId === byId ? refusals.bannedFromGroup(until) : refusals.memberBanned()
  if (group.memberCount + taken >= groupRules(group.type).seats) throw refusals.groupFull()
}

/** Lets people in, and tells everybody. `byId`: whoever has brought them; absent, they come by themselves. */
export async function letIn(
  change: Change,
  { group, conversation }: GroupTalk,
  userIds: readonly UserId[],
  byId?: UserId,
): Promise<void> {
  const [first] = userIds
  if (first === undefined) return
  const { isPastShown, tellsComings, hasMemberList } = groupRules(group.type)
  const groupId = group.id
  const audience = { conversationId: conversation.id }
  await change.put('groups', { ...group, memberCount: group.memberCount + userIds.length })
  for (const userId of userIds) {
    await addMember(change, conversation, userId, {
      hiddenSeq: isPastShown ? 0 : conversation.lastSeq,
      ...muteIn(group, userId, change.at),
    })
    await settleApplication(change, groupId, userId)
    // One that is over is no more than a memory.
    await change.delete('groupBans', [groupId, userId])
  }
  change.tell({ userIds }, { kind: 'conversation', conversationId: conversation.id })
  if (tellsComings) {
    await appendNotice(change, conversation, byId ?? first, byId === undefined ? 'joined' : 'invited', {
      userIds,
    })
  }
  change.tell(audience, { kind: 'group', groupId })
  if (hasMemberList) change.tell(audience, { kind: 'members', groupId, userIds })
}
