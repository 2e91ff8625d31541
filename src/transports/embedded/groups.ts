import type { GroupsFacet } from '../../core/ports'
import type { Group, GroupId, Page, UserId } from '../../model'
import { listApplications } from './applications'
import { asUser, makeCursor, readCursor } from './caller'
import type { Caller, SignIn } from './caller'
import { checkedId, checkedList, checkedWord } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { createGroup } from './createGroup'
import { groupsOf } from './events'
import { findGroups } from './findGroups'
import { dissolveGroup, setSaved, updateGroup } from './groupAdmin'
import { answerApplication, inviteMembers, joinGroup, quitGroup } from './groupDoors'
import { listMembers } from './listMembers'
import type { Engine } from './engine'
import { LIMITS } from './limits'
import type { Change } from './log'
import { readAttributes, readCounters, writeAttributes, writeCounter } from './groupNotes'
import { requireGroup, requireMember } from './members'
import { kickMembers, setBanned, setMuted, setRoles, transferGroup, updateMember } from './memberAdmin'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** Groups of all five types. */
export function createGroupsFacet(caller: Caller): GroupsFacet {
  const { engine, knowledge } = caller
  const learn = (groups: readonly Group[]) => groups.forEach((group) => void knowledge.learnGroup(group))
  const inGroup = <R>(
    groupId: unknown,
    work: (change: Change, userId: UserId, groupId: GroupId) => Promise<R>,
  ) =>
    asUser(caller, ({ userId }) =>
      engine.write((change) => work(change, userId, checkedId(groupId, 'groupId'))),
    )
  return {
    types: ['work', 'public', 'meeting', 'live', 'community'],
    list: (cursor) =>
      asUser(caller, async (user) => {
        const page = await engine.read((reading) => listPage(reading, user, cursor))
        learn(page.items)
        return page
      }),
    fetch: (ids) =>
      asUser(caller, async ({ userId }) => {
        const wanted = checkedList(ids, 'ids', LIMITS.pageSize, (id) => checkedId(id, 'an id'))
        const groups = await engine.read((reading) => groupsOf(reading, userId, [...new Set(wanted)]))
        learn(groups)
        return groups
      }),
    members: (groupId, query, cursor) =>
      asUser(caller, (user) =>
        engine.read((reading) => listMembers(reading, user, groupId, query, engine.clock.now(), cursor)),
      ),
    create: (group, memberIds) =>
      asUser(caller, async ({ userId }) => {
        const isAsked = engine.rules.invitees === 'asked'
        const created = await engine.write((change) =>
          createGroup(change, { ids: engine.ids, ownerId: userId, group, memberIds, isAsked }),
        )
        learn([created.group])
        return created
      }),
    join: (groupId, wording) =>
      inGroup(groupId, (change, userId, id) => {
        engine.live.settle(groupConversationId(id))
        return joinGroup(change, userId, id, wording)
      }),
    quit: (groupId) => inGroup(groupId, quitGroup),
    invite: (groupId, userIds, wording) =>
      inGroup(groupId, (change, userId, id) =>
        inviteMembers(change, userId, id, { userIds, wording, isAsked: engine.rules.invitees === 'asked' }),
      ),
    dissolve: (groupId) => inGroup(groupId, dissolveGroup),
    transfer: (groupId, toId) =>
      inGroup(groupId, (change, userId, id) => transferGroup(change, userId, id, toId)),
    update: (patch) =>
      asUser(caller, ({ userId }) => engine.write((change) => updateGroup(change, userId, patch))),
    setRole: (groupId, userIds, role) =>
      inGroup(groupId, (change, userId, id) => setRoles(change, userId, id, userIds, role)),
    mutes: 'timed',
    setMuted: (groupId, userIds, until) =>
      inGroup(groupId, (change, userId, id) => setMuted(change, userId, id, userIds, until)),
    updateMember: (groupId, patch) =>
      inGroup(groupId, (change, userId, id) => updateMember(change, userId, id, patch)),
    kick: (groupId, userIds, reason) =>
      inGroup(groupId, (change, userId, id) => kickMembers(change, userId, id, userIds, reason)),
    bans: 'timed',
    setBanned: (groupId, userIds, until, reason) =>
      inGroup(groupId, (change, userId, id) => setBanned(change, userId, id, userIds, until, reason)),
    applications: (cursor) =>
      asUser(caller, (user) => engine.read((reading) => listApplications(reading, user, cursor))),
    answer: (applicationId, verdict) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) =>
          answerApplication(
            change,
            userId,
            applicationId,
            checkedWord(verdict, 'verdict', ['accept', 'refuse']),
          ),
        ),
      ),
    onlineCount: (groupId) =>
      asUser(caller, ({ userId }) =>
        engine.read((reading) => countOnline(engine, reading, userId, checkedId(groupId, 'groupId'))),
      ),
    setSaved: (groupId, isSaved) =>
      inGroup(groupId, (change, userId, id) => setSaved(change, userId, id, isSaved === true)),
    readAttributes: (groupId) =>
      asUser(caller, async ({ userId }) => {
        const id = checkedId(groupId, 'groupId')
        const attributes = await engine.read((reading) => readAttributes(reading, userId, id))
        knowledge.learnAttributes(id, attributes)
        return attributes
      }),
    writeAttributes: async (groupId, set, deleted) => {
      const known = knowledge.attributes(groupId)
      const written = await inGroup(groupId, (change, userId, id) =>
        writeAttributes(change, userId, id, { set, deleted }, known),
      )
      if (known) knowledge.learnAttributes(groupId, written)
    },
    readCounters: (groupId) =>
      asUser(caller, ({ userId }) =>
        engine.read((reading) => readCounters(reading, userId, checkedId(groupId, 'groupId'))),
      ),
    writeCounter: (groupId, key, how) =>
      inGroup(groupId, (change, userId, id) => writeCounter(change, userId, id, key, how)),
    findGroups: (text, cursor) =>
      asUser(caller, async (user) => {
        const page = await engine.read((reading) => findGroups(reading, user, text, cursor))
        learn(page.items)
        return page
      }),
  }
}

/** How many of a group are signed in, whoever looks on included (J5). */
async function countOnline(
  { attendance, live }: Engine,
  reading: Reading,
  userId: UserId,
  groupId: GroupId,
): Promise<number> {
  const { conversation } = await requireGroup(reading, groupId)
  await requireMember(reading, conversation.id, userId)
  const keys = [...attendance.userIds()].map((id) => [conversation.id, id])
  const members = await reading.getMany('members', keys)
  return members.filter((row) => row !== undefined).length + live.onlookers(conversation.id)
}

/** The groups one is in, by id. */
async function listPage(reading: Reading, user: SignIn, cursor: string | undefined): Promise<Page<Group>> {
  const after = cursor === undefined ? '' : readCursor(user, 'groups', cursor)
  const mine = await reading.range('memberships', startingWith(user.userId))
  const prefix = groupConversationId('')
  const ids = mine
    .map((row) => row.conversationId)
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length))
    .filter((id) => id > after)
  const given = ids.slice(0, LIMITS.pageSize)
  const items = await groupsOf(reading, user.userId, given)
  const last = given.at(-1)
  return last === undefined || given.length === ids.length
    ? { items }
    : { items, next: makeCursor(user, 'groups', last) }
}
