import { groupRights, groupRules } from '../../core/groups'
import { foldText } from '../../core/text'
import type { EpochMs, Member, Page } from '../../model'
import { banAt } from './admission'
import { makeCursor, readCursor } from './caller'
import type { SignIn } from './caller'
import { checkedId, checkedLine, checkedList, checkedOptional, checkedRecord } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { LIMITS } from './limits'
import { requireGroup, requireMember } from './members'
import { refusals } from './refusals'
import type { RosterRow } from './rows'
import { shownMember } from './shown'
import { startingWith } from './storage/storage'
import type { Key, Reading } from './storage/storage'
import { muteAt } from './voice'

/** How many stretches of the list one call looks through for what is rare, so that few pages are empty. */
const MOST_STRETCHES = 20

/** A page of a group's members: owner, admins, members. */
export async function listMembers(
  reading: Reading,
  user: SignIn,
  groupIdGiven: unknown,
  queryGiven: unknown,
  at: EpochMs,
  cursor: string | undefined,
): Promise<Page<Member>> {
  const groupId = checkedId(groupIdGiven, 'groupId')
  const query = checkedRecord(queryGiven, 'the query')
  await requireList(reading, user, groupId)
  if (query['ids'] !== undefined) {
    const ids = checkedList(query['ids'], 'ids', LIMITS.pageSize, (id) => checkedId(id, 'an id'))
    return { items: await membersOf(reading, groupId, ids) }
  }
  const only = query['only']
  if (only === 'banned') return listBanned(reading, user, groupId, query['text'], at, cursor)
  // Nobody is counted online here.
  if (only !== undefined && only !== 'admins' && only !== 'muted') throw refusals.unsupported()
  const words = checkedWords(query['text'])
  const scope = `members:${groupId}`
  const lastRank = only === 'admins' ? 1 : 2
  const isRare = words || only === 'muted'
  const items: Member[] = []
  let place = placeOf(user, scope, cursor)
  for (let read = 0; read < (isRare ? MOST_STRETCHES : 1) && items.length < LIMITS.pageSize; read++) {
    const stretch = await readStretch(reading, groupId, lastRank, place)
    const given = stretch.slice(0, LIMITS.pageSize)
    const members = await membersOf(
      reading,
      groupId,
      given.map((row) => row.userId),
    )
    const wanted = only === 'muted' ? members.filter((member) => muteAt(member, at) !== undefined) : members
    items.push(...(words ? await matching(reading, wanted, foldText(words)) : wanted))
    const last = given.at(-1)
    if (!last || stretch.length === given.length) return { items }
    place = [last.rank, last.userId]
  }
  return place ? { items, next: makeCursor(user, scope, place.join(':')) } : { items }
}

/** Those who were put out for a time or for good, by id; for those who may let them back. */
async function listBanned(
  reading: Reading,
  user: SignIn,
  groupId: string,
  text: unknown,
  at: EpochMs,
  cursor: string | undefined,
): Promise<Page<Member>> {
  const { group } = await requireGroup(reading, groupId)
  const { member } = await requireMember(reading, groupConversationId(groupId), user.userId)
  if (!groupRights(group.type, member.role).canKick) throw refusals.noRight()
  const words = checkedWords(text)
  const scope = `banned:${groupId}`
  const after = cursor === undefined ? undefined : readCursor(user, scope, cursor)
  const rows = (await reading.range('groupBans', startingWith(groupId))).filter(
    ({ userId, until }) =>
      (after === undefined || userId > after) && banAt({ bannedUntil: until }, at) !== undefined,
  )
  const shown = rows.map(({ userId, until }): Member => ({ userId, role: 'member', bannedUntil: until }))
  const found = words ? await matching(reading, shown, foldText(words)) : shown
  const items = found.slice(0, LIMITS.pageSize)
  const last = items.at(-1)
  return last && items.length < found.length
    ? { items, next: makeCursor(user, scope, last.userId) }
    : { items }
}

function checkedWords(text: unknown): string | undefined {
  return checkedOptional(text, (given) => checkedLine(given, 'text', LIMITS.profileValueBytes))?.trim()
}

async function requireList(reading: Reading, user: SignIn, groupId: string): Promise<void> {
  const group = await reading.get('groups', groupId)
  if (!group || group.isDissolved) throw refusals.noSuchGroup()
  if (!(await reading.get('members', [groupConversationId(groupId), user.userId])))
    throw refusals.notAMember()
  // A live room has no list of members (I1).
  if (!groupRules(group.type).hasMemberList) throw refusals.unsupported()
}

function placeOf(
  user: SignIn,
  scope: string,
  cursor: string | undefined,
): readonly [number, string] | undefined {
  if (cursor === undefined) return undefined
  const place = readCursor(user, scope, cursor)
  const rank = Number(place.slice(0, 1))
  if (!Number.isSafeInteger(rank)) throw refusals.oldCursor()
  return [rank, place.slice(2)]
}

/** One row more than a page, so that the end is known. */
async function readStretch(
  reading: Reading,
  groupId: string,
  lastRank: number,
  after: readonly [number, string] | undefined,
): Promise<readonly RosterRow[]> {
  const from: Key = after ? [groupId, ...after] : startingWith(groupId).from
  const { to } = startingWith(groupId, lastRank)
  const rows = await reading.range('roster', { from, to, limit: LIMITS.pageSize + 2 })
  const isRepeated = after !== undefined && rows[0]?.rank === after[0] && rows[0].userId === after[1]
  return rows.slice(isRepeated ? 1 : 0).slice(0, LIMITS.pageSize + 1)
}

async function membersOf(
  reading: Reading,
  groupId: string,
  userIds: readonly string[],
): Promise<readonly Member[]> {
  const keys = userIds.map((id) => [groupConversationId(groupId), id])
  return (await reading.getMany('members', keys)).flatMap((row) => (row ? [shownMember(row)] : []))
}

async function matching(
  reading: Reading,
  members: readonly Member[],
  words: string,
): Promise<readonly Member[]> {
  const users = await reading.getMany(
    'users',
    members.map((member) => member.userId),
  )
  return members.filter(({ userId, nameCard }, i) =>
    [userId, nameCard, users[i]?.name].some((name) => name !== undefined && foldText(name).includes(words)),
  )
}
