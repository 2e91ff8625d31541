import type { GroupsFacet } from '../../core/ports'
import type { Group, Page } from '../../model'
import { asUser, makeCursor, readCursor } from './caller'
import type { Caller, SignIn } from './caller'
import { checkedId, checkedList } from './checkedValues'
import { groupConversationId } from './conversationIds'
import { createGroup } from './createGroup'
import { groupsOf } from './events'
import { joinGroup, quitGroup } from './groupDoors'
import { listMembers } from './listMembers'
import { LIMITS } from './limits'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** Groups of all five types. */
export function createGroupsFacet(caller: Caller): GroupsFacet {
  const { engine, knowledge } = caller
  const learn = (groups: readonly Group[]) => groups.forEach((group) => void knowledge.learnGroup(group))
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
      asUser(caller, (user) => engine.read((reading) => listMembers(reading, user, groupId, query, cursor))),
    create: (group, memberIds) =>
      asUser(caller, async ({ userId }) => {
        const created = await engine.write((change) =>
          createGroup(change, engine.ids, userId, group, memberIds),
        )
        learn([created.group])
        return created
      }),
    join: (groupId) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => joinGroup(change, userId, checkedId(groupId, 'groupId'))),
      ),
    quit: (groupId) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => quitGroup(change, userId, checkedId(groupId, 'groupId'))),
      ),
  }
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
