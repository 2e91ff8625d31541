import { groupRules, invitationOf, joiningOf } from '../../core/groups'
import type { IdSource } from '../../core/ports'
import type { BatchResult, Group, GroupType, UserId } from '../../model'
import { putApplication } from './applications'
import { checkedId, checkedList, checkedRecord, checkedWord, isGroupId } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { checkedGroupChanges } from './groupFields'
import type { GroupChanges, GroupFields } from './groupFields'
import { LIMITS } from './limits'
import type { Change } from './log'
import { addMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, GroupRow } from './rows'
import { shownGroup } from './shown'
import { startingWith } from './storage/storage'

/** What somebody wants to make, and who is to be in it. */
interface Making {
  readonly ids: IdSource
  readonly ownerId: UserId
  readonly group: unknown
  readonly memberIds: unknown
  /** They are asked before they are in. */
  readonly isAsked: boolean
}

/** Makes a group with its first members, all in one transaction. */
export async function createGroup(
  change: Change,
  { ids, ownerId, group: given, memberIds: memberIdsGiven, isAsked }: Making,
): Promise<{ readonly group: Group; readonly members: BatchResult }> {
  const memberIds = checkedList(memberIdsGiven, 'memberIds', LIMITS.inviteCount, (id) =>
    checkedId(id, 'a member id'),
  )
  const draft = checkedGroup(given, ownerId)
  const id = await freeId(change, ids, checkedRecord(given, 'the group')['id'], ownerId)
  const others = [...new Set(memberIds)].filter((userId) => userId !== ownerId)
  const { done: fits, failed } = await admit(change, draft.type, others)
  const members: BatchResult = isAsked
    ? { done: [], pending: fits, failed }
    : { done: fits, pending: [], failed }
  const group: GroupRow = { ...draft, id, memberCount: members.done.length + 1 }
  await change.put('groups', group)
  const owner = await settle(change, group, ownerId, members.done)
  for (const userId of members.pending) {
    await putApplication(change, id, userId, { kind: 'invites-me', byId: ownerId })
  }
  return { group: shownGroup(group, owner), members }
}

async function settle(change: Change, group: GroupRow, ownerId: UserId, memberIds: readonly UserId[]) {
  const conversation: ConversationRow = {
    id: groupConversationId(group.id),
    kind: group.type === 'live' ? 'live' : 'group',
    groupId: group.id,
    incarnation: change.incarnation(),
    createdAt: change.at,
    lastSeq: 0,
    lastAt: 0,
    counted: 0,
  }
  const owner = await addMember(change, conversation, ownerId, { role: 'owner' })
  for (const userId of memberIds) await addMember(change, conversation, userId)
  await appendNotice(change, conversation, ownerId, 'created', { userIds: memberIds })
  change.tell({ conversationId: conversation.id }, { kind: 'group', groupId: group.id })
  return owner
}

/** Who can be put in at once; nobody can be put into a live room, people come by themselves. */
async function admit(change: Change, type: GroupType, userIds: readonly UserId[]): Promise<BatchResult> {
  const users = await change.getMany('users', userIds)
  const done: UserId[] = []
  const failed: BatchResult['failed'][number][] = []
  userIds.forEach((id, i) => {
    if (!users[i]) failed.push({ id, error: refusals.noSuchUser() })
    else if (invitationOf({ type }, 'owner') === 'closed') failed.push({ id, error: refusals.noRight() })
    else if (done.length + 1 >= groupRules(type).seats) failed.push({ id, error: refusals.groupFull() })
    else done.push(id)
  })
  return { done, pending: [], failed }
}

async function freeId(change: Change, ids: IdSource, given: unknown, ownerId: UserId): Promise<string> {
  if (given === undefined) return ids.next()
  if (!isGroupId(given)) throw refusals.badGroupId()
  const taken = await change.get('groups', given)
  if (taken?.isDissolved) await clearFormer(change, given)
  else if (taken) throw taken.ownerId === ownerId ? refusals.groupIdMine() : refusals.groupIdTaken()
  return given
}

/** A group built again under an old id begins without the messages of the old one (D3), and lets in and keeps out nobody for its sake. */
async function clearFormer(change: Change, groupId: string): Promise<void> {
  const conversationId = groupConversationId(groupId)
  await change.deleteRange('groupApplications', startingWith(groupId))
  await change.deleteRange('groupBans', startingWith(groupId))
  await change.deleteRange('messages', startingWith(conversationId))
  await change.deleteRange('messageKeys', startingWith(conversationId))
}

function checkedGroup(value: unknown, ownerId: UserId): Omit<GroupRow, 'id' | 'memberCount'> {
  const fields = checkedRecord(value, 'the group')
  const type = checkedWord(fields['type'], 'type', ['work', 'public', 'meeting', 'live', 'community'])
  const { name, joining, inviting, ...others } = withoutNulls(checkedGroupChanges(fields))
  return {
    ...others,
    type,
    name: name ?? '',
    ownerId,
    joining: joiningOf({ type, ...(joining && { joining }) }),
    ...(inviting && groupRules(type).invitings.includes(inviting) && { inviting }),
  }
}

function withoutNulls(changes: GroupChanges): Partial<GroupFields> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null))
}
