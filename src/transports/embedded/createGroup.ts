import type { IdSource } from '../../core/ports'
import type { BatchResult, Group, GroupType, Openness, UserId } from '../../model'
import {
  checkedId,
  checkedJson,
  checkedLine,
  checkedList,
  checkedOptional,
  checkedRecord,
  checkedText,
  checkedWord,
  compact,
  isGroupId,
} from './checkedValues'
import { groupConversationId } from './conversationIds'
import { CUSTOM_ROOM_BYTES, LIMITS, SEATS } from './limits'
import type { Change } from './log'
import { addMember } from './members'
import { appendNotice } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, GroupRow } from './rows'
import { shownGroup } from './shown'
import { startingWith } from './storage/storage'

const OPENNESS: readonly Openness[] = ['free', 'approval', 'closed']
/** How the door of a new group stands when nobody says (I1). */
const USUAL_JOINING: Readonly<Record<GroupType, Openness>> = {
  work: 'closed',
  public: 'approval',
  meeting: 'free',
  live: 'free',
  community: 'free',
}

/** Makes a group with its first members, all in one transaction. */
export async function createGroup(
  change: Change,
  ids: IdSource,
  ownerId: UserId,
  given: unknown,
  memberIdsGiven: unknown,
): Promise<{ readonly group: Group; readonly members: BatchResult }> {
  const memberIds = checkedList(memberIdsGiven, 'memberIds', LIMITS.inviteCount, (id) =>
    checkedId(id, 'a member id'),
  )
  const draft = checkedGroup(given, ownerId)
  const id = await freeId(change, ids, checkedRecord(given, 'the group')['id'], ownerId)
  const others = [...new Set(memberIds)].filter((userId) => userId !== ownerId)
  const members = await admit(change, draft.type, others)
  const group: GroupRow = { ...draft, id, memberCount: members.done.length + 1 }
  await change.put('groups', group)
  const owner = await settle(change, group, ownerId, members.done)
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
  await appendNotice(change, conversation, ownerId, 'created', memberIds)
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
    else if (type === 'live') failed.push({ id, error: refusals.noRight() })
    else if (done.length + 1 >= SEATS[type]) failed.push({ id, error: refusals.groupFull() })
    else done.push(id)
  })
  return { done, pending: [], failed }
}

async function freeId(change: Change, ids: IdSource, given: unknown, ownerId: UserId): Promise<string> {
  if (given === undefined) return ids.next()
  if (!isGroupId(given)) throw refusals.badGroupId()
  const taken = await change.get('groups', given)
  if (taken?.isDissolved) await clearTalk(change, groupConversationId(given))
  else if (taken) throw taken.ownerId === ownerId ? refusals.groupIdMine() : refusals.groupIdTaken()
  return given
}

/** A group built again under an old id begins without the messages of the old one (D3). */
async function clearTalk(change: Change, conversationId: string): Promise<void> {
  await change.deleteRange('messages', startingWith(conversationId))
  await change.deleteRange('messageKeys', startingWith(conversationId))
}

function checkedGroup(value: unknown, ownerId: UserId): Omit<GroupRow, 'id' | 'memberCount'> {
  const fields = checkedRecord(value, 'the group')
  const type = checkedWord(fields['type'], 'type', ['work', 'public', 'meeting', 'live', 'community'])
  const { joining, custom } = fields
  const checked = (name: string, check: typeof checkedText, bytes: number, refuse: () => Error) =>
    checkedOptional(fields[name], (given) => check(given, name, bytes, refuse))
  return compact<Omit<GroupRow, 'id' | 'memberCount'>>({
    type,
    name: checked('name', checkedLine, LIMITS.groupNameBytes, refusals.groupNameTooLong) ?? '',
    avatar: checked('avatar', checkedLine, LIMITS.avatarUrlBytes, refusals.avatarUrlTooLong),
    intro: checked('intro', checkedText, LIMITS.groupIntroBytes, refusals.groupIntroTooLong),
    announcement: checked(
      'announcement',
      checkedText,
      LIMITS.announcementBytes,
      refusals.announcementTooLong,
    ),
    ownerId,
    joining:
      type === 'work' || joining === undefined
        ? USUAL_JOINING[type]
        : checkedWord(joining, 'joining', OPENNESS),
    custom: checkedOptional(custom, (json) => checkedJson(json, 'custom', CUSTOM_ROOM_BYTES)),
    isDissolved: undefined,
  })
}
