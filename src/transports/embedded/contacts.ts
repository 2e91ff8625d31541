import type { ContactsFacet } from '../../core/ports'
import { toChatError } from '../../model'
import type { BatchResult, Contact, Page, UserId } from '../../model'
import { asUser, makeCursor, readCursor } from './caller'
import type { Caller, SignIn } from './caller'
import {
  checkedId,
  checkedJson,
  checkedList,
  checkedOptional,
  checkedRecord,
  checkedUserId,
  checkedWord,
  compact,
} from './checkedValues'
import { answerRequest, askFriend, deleteRequest, markRequestsRead, requestsOf } from './friendRequests'
import {
  checkedFolder,
  checkedFolders,
  checkedRemark,
  friendsOf,
  putFriend,
  requireRoomForFolders,
  tellContacts,
} from './friends'
import { CUSTOM_ROOM_BYTES, LIMITS } from './limits'
import type { Change } from './log'
import { refusals } from './refusals'
import type { FriendRow } from './rows'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** Friends, requests and the blocklist. Ending a friendship ends it for both. */
export function createContactsFacet(caller: Caller): ContactsFacet {
  const { engine } = caller
  return {
    list: (cursor) => asUser(caller, (user) => engine.read((reading) => listPage(reading, user, cursor))),
    requests: () =>
      asUser(caller, ({ userId }) =>
        engine.read(async (reading) => ({ items: await requestsOf(reading, userId) })),
      ),
    ask: (contact, wording, source) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) => askFriend(change, userId, contact, { wording, source })),
      ),
    answer: (requestId, verdict, remark) =>
      asUser(caller, async ({ userId }) => {
        const id = checkedId(requestId, 'the id of the request')
        const word = checkedWord(verdict, 'verdict', ['accept', 'accept-and-add', 'refuse'])
        const name = checkedOptional(remark, checkedRemark)
        await engine.write((change) => answerRequest(change, userId, id, word, name))
      }),
    deleteRequest: (requestId) =>
      asUser(caller, ({ userId }) =>
        engine.write((change) =>
          deleteRequest(change, userId, checkedId(requestId, 'the id of the request')),
        ),
      ),
    markRequestsRead: () =>
      asUser(caller, ({ userId }) => engine.write((change) => markRequestsRead(change, userId))),
    remove: (userIds) =>
      asUser(caller, ({ userId }) =>
        forEach(userIds, (id) => engine.write((change) => removeFriend(change, userId, id))),
      ),
    update: (patch) =>
      asUser(caller, ({ userId }) => engine.write((change) => updateFriend(change, userId, patch))),
    setFolder: (name, userIds, from) =>
      asUser(caller, async ({ userId }) => {
        const folder = checkedFolder(name)
        const former = checkedOptional(from, checkedFolder)
        const result = await forEach(userIds, async (id) => {
          const friend = await engine.read((reading) => reading.get('friends', [userId, id]))
          if (!friend) throw refusals.notAContact()
        })
        await engine.write((change) => setFolder(change, userId, folder, result.done, former))
        return result
      }),
    blocked: () => asUser(caller, ({ userId }) => engine.read((reading) => blockedIds(reading, userId))),
    setBlocked: (userIds, isBlocked) =>
      asUser(caller, ({ userId }) =>
        forEach(userIds, (id) =>
          engine.write((change) => setBlocked(change, userId, id, isBlocked === true)),
        ),
      ),
  }
}

/** A friend as the one who has him sees him. */
export function shownContact({ friendId, remark, folders, custom }: FriendRow): Contact {
  return compact<Contact>({ userId: friendId, remark, folders, custom })
}

/** Whom somebody has blocked. */
export async function blockedIds(reading: Reading, userId: UserId): Promise<readonly UserId[]> {
  return (await reading.range('blocks', startingWith(userId))).map(({ blockedId }) => blockedId)
}

/** By id; the cursor names the last one given, so that whoever comes meanwhile comes by event. */
async function listPage(reading: Reading, user: SignIn, cursor: string | undefined): Promise<Page<Contact>> {
  const after = cursor === undefined ? undefined : readCursor(user, 'contacts', cursor)
  const rows = (await friendsOf(reading, user.userId)).filter(
    ({ friendId }) => after === undefined || friendId > after,
  )
  const given = rows.slice(0, LIMITS.pageSize)
  const last = given.at(-1)
  return {
    items: given.map(shownContact),
    ...(last && given.length < rows.length && { next: makeCursor(user, 'contacts', last.friendId) }),
  }
}

async function removeFriend(change: Change, userId: UserId, friendId: UserId): Promise<void> {
  if (!(await change.get('friends', [userId, friendId]))) throw refusals.notAContact()
  for (const [one, other] of [
    [userId, friendId],
    [friendId, userId],
  ] as const) {
    await change.delete('friends', [one, other])
    tellContacts(change, one, [other])
  }
}

async function updateFriend(change: Change, userId: UserId, patch: unknown): Promise<void> {
  const fields = checkedRecord(patch, 'the contact')
  const friendId = checkedUserId(fields['userId'])
  const known = await change.get('friends', [userId, friendId])
  if (!known) throw refusals.notAContact()
  const remark = clearable(fields['remark'], checkedRemark, known.remark)
  const folders = clearable(fields['folders'], checkedFolders, known.folders)
  const custom = clearable(
    fields['custom'],
    (value) => checkedJson(value, 'custom', CUSTOM_ROOM_BYTES),
    known.custom,
  )
  requireRoomForFolders(await friendsOf(change, userId), folders ?? [])
  await change.put('friends', compact<FriendRow>({ userId, friendId, remark, folders, custom }))
  tellContacts(change, userId, [friendId])
}

function clearable<T>(given: unknown, check: (given: unknown) => T, known: T | undefined): T | undefined {
  return given === undefined ? known : given === null ? undefined : check(given)
}

async function setFolder(
  change: Change,
  userId: UserId,
  name: string,
  memberIds: readonly UserId[],
  from: string | undefined,
): Promise<void> {
  const friends = await friendsOf(change, userId)
  if (from === undefined && memberIds.length > 0) requireRoomForFolders(friends, [name])
  for (const friend of friends) {
    const { friendId, folders = [] } = friend
    const isMember = memberIds.includes(friendId) || (from !== undefined && folders.includes(from))
    const wasMember = folders.includes(from ?? name)
    if (!isMember && !wasMember) continue
    const others = folders.filter((folder) => folder !== name && folder !== from)
    await putFriend(change, userId, friendId, { folders: isMember ? [...others, name] : others })
  }
}

async function setBlocked(change: Change, userId: UserId, id: UserId, isBlocked: boolean): Promise<void> {
  if (id === userId) throw refusals.badUserId()
  if (!(await change.get('users', id))) throw refusals.noSuchPerson()
  if (isBlocked) await change.put('blocks', { userId, blockedId: id })
  else await change.delete('blocks', [userId, id])
  change.tell({ userIds: [userId] }, { kind: 'blocklist' })
}

/** Does one thing to several people; what fails for one does not keep it from the others. */
async function forEach(userIds: unknown, work: (id: UserId) => Promise<void>): Promise<BatchResult> {
  const wanted = checkedList(userIds, 'userIds', LIMITS.pageSize, (id) => checkedId(id, 'an id'))
  const done: UserId[] = []
  const failed: BatchResult['failed'][number][] = []
  for (const id of new Set(wanted)) {
    await work(id).then(
      () => done.push(id),
      (error: unknown) => failed.push({ id, error: toChatError(error) }),
    )
  }
  return { done, pending: [], failed }
}
