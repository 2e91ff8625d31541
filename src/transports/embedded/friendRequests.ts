import { friendRequestVerdict } from '../../core/friends'
import type { EpochMs, FriendRequest, RequestState, UserId } from '../../model'
import {
  checkedFolders,
  checkedRemark,
  friendsOf,
  putFriend,
  requireRoomForFolders,
  requireRoomForFriend,
} from './friends'
import type { FriendTraits } from './friends'
import {
  checkedLine,
  checkedOptional,
  checkedRecord,
  checkedText,
  checkedUserId,
  compact,
} from './checkedValues'
import { FIELD_BYTES, LIMITS } from './limits'
import type { Change } from './log'
import { refusals } from './refusals'
import type { FriendAskRow, FriendRequestRow } from './rows'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** How a request came about, besides who asks whom. */
interface Words {
  readonly wording?: string | undefined
  readonly source?: string | undefined
}

/** All requests in somebody's list, the newest first. */
export async function requestsOf(reading: Reading, userId: UserId): Promise<readonly FriendRequest[]> {
  const rows = await reading.range('friendRequests', startingWith(userId))
  return rows.map(({ request }) => request).sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
}

/** Asks somebody to be a friend: at once where he takes everybody or has asked himself, else he has to answer (H3). */
export async function askFriend(
  change: Change,
  userId: UserId,
  contact: unknown,
  given: { readonly wording: unknown; readonly source: unknown },
): Promise<'added' | 'pending'> {
  const fields = checkedRecord(contact, 'the contact')
  const peerId = checkedUserId(fields['userId'])
  const traits = compact<FriendTraits>({
    remark: checkedOptional(fields['remark'], checkedRemark) || undefined,
    folders: checkedOptional(fields['folders'], checkedFolders),
    custom: undefined,
  })
  const words: Words = {
    wording:
      checkedOptional(given.wording, (value) => checkedText(value, 'the wording', LIMITS.wordingBytes)) ||
      undefined,
    source:
      checkedOptional(given.source, (value) => checkedLine(value, 'the source', FIELD_BYTES.label)) ||
      undefined,
  }
  if (peerId === userId) throw refusals.askingOneself()
  const peer = await change.get('users', peerId)
  if (!peer) throw refusals.noSuchPerson()
  await refuseBlocked(change, userId, peerId)
  requireRoomForFolders(await friendsOf(change, userId), traits.folders ?? [])
  if (await change.get('friends', [userId, peerId])) {
    await putFriend(change, userId, peerId, traits)
    return 'added'
  }
  await requireRoomForFriend(change, userId, true)
  const asked = await change.get('friendAsks', [peerId, userId])
  if (asked?.state === 'pending' && !asked.isWithdrawn) {
    await becomeFriends(change, userId, asked, { isMutual: true, traits })
    return 'added'
  }
  if (await change.get('friends', [peerId, userId])) {
    await putFriend(change, userId, peerId, traits)
    return 'added'
  }
  return ask(change, { fromId: userId, toId: peerId, addMode: peer.addMode ?? 'ask', traits, words })
}

async function ask(
  change: Change,
  {
    fromId,
    toId,
    addMode,
    traits,
    words,
  }: {
    readonly fromId: UserId
    readonly toId: UserId
    readonly addMode: 'free' | 'ask' | 'closed'
    readonly traits: FriendTraits
    readonly words: Words
  },
): Promise<'added' | 'pending'> {
  if (addMode === 'closed') throw refusals.asksNotTaken()
  if (addMode === 'free') {
    await requireRoomForFriend(change, toId, false)
    await putFriend(change, fromId, toId, traits)
    await putFriend(change, toId, fromId)
    return 'added'
  }
  const verdict = friendRequestVerdict(await change.get('friendAsks', [fromId, toId]), change.at)
  if (!verdict.mayAsk) throw refusals.askedTooSoon(verdict.because, verdict.untilAt)
  await putAsk(change, { fromId, toId, askedAt: change.at, state: 'pending', ...traits }, words)
  return 'pending'
}

/** Writes down that somebody has asked, for both of them. */
export async function putAsk(change: Change, row: FriendAskRow, { wording, source }: Words): Promise<void> {
  const { fromId, toId, askedAt } = row
  await change.put('friendAsks', row)
  const request = (userId: UserId, direction: 'in' | 'out', isRead: boolean) =>
    compact<FriendRequest>({
      id: requestId(fromId, toId),
      userId,
      direction,
      state: 'pending',
      wording,
      source,
      at: askedAt,
      isRead,
    })
  await putRequest(change, { ownerId: fromId, request: request(toId, 'out', true) })
  await putRequest(change, { ownerId: toId, request: request(fromId, 'in', false) })
}

/** Answers a request; the same answer once more changes nothing. */
export async function answerRequest(
  change: Change,
  userId: UserId,
  id: string,
  verdict: 'accept' | 'accept-and-add' | 'refuse',
  remark: string | undefined,
): Promise<void> {
  const { request } = await requireRequest(change, userId, id)
  if (request.direction === 'out') throw refusals.invalid('only who was asked can answer')
  const state = verdict === 'refuse' ? 'refused' : 'accepted'
  if (request.state === state) return
  const asked = await change.get('friendAsks', [request.userId, userId])
  if (request.state !== 'pending' || !asked) throw refusals.requestAnswered()
  if (verdict === 'refuse') return settle(change, asked, 'refused')
  await becomeFriends(change, userId, asked, {
    isMutual: verdict === 'accept-and-add',
    traits: remark ? { remark } : {},
  })
}

/** Takes a request out of somebody's list; one that waits is taken back. */
export async function deleteRequest(change: Change, userId: UserId, id: string): Promise<void> {
  const { request } = await requireRequest(change, userId, id)
  await dropRequest(change, userId, id)
  if (request.direction === 'in' || request.state !== 'pending') return
  // Whoever was asked cannot answer any more; the asker has to wait all the same before he asks again.
  await dropRequest(change, request.userId, id)
  const asked = await change.get('friendAsks', [userId, request.userId])
  if (asked) await change.put('friendAsks', { ...asked, isWithdrawn: true })
}

/** Marks what has come as looked at. */
export async function markRequestsRead(change: Change, userId: UserId): Promise<void> {
  for (const row of await change.range('friendRequests', startingWith(userId))) {
    if (row.request.isRead) continue
    await putRequest(change, { ...row, request: { ...row.request, isRead: true } })
  }
}

async function becomeFriends(
  change: Change,
  userId: UserId,
  asked: FriendAskRow,
  { isMutual, traits }: { readonly isMutual: boolean; readonly traits: FriendTraits },
): Promise<void> {
  const { fromId, remark, folders } = asked
  await requireRoomForFriend(change, fromId, false)
  await putFriend(change, fromId, userId, compact<FriendTraits>({ remark, folders, custom: undefined }))
  if (isMutual) {
    await requireRoomForFriend(change, userId, true)
    await putFriend(change, userId, fromId, traits)
  }
  await settle(change, asked, 'accepted')
}

async function settle(change: Change, asked: FriendAskRow, state: RequestState): Promise<void> {
  const { fromId, toId } = asked
  await change.put('friendAsks', { ...asked, state, answeredAt: change.at as EpochMs })
  for (const ownerId of [fromId, toId]) {
    const row = await change.get('friendRequests', [ownerId, requestId(fromId, toId)])
    if (row) await putRequest(change, { ...row, request: { ...row.request, state, isRead: true } })
  }
}

async function refuseBlocked(reading: Reading, userId: UserId, peerId: UserId): Promise<void> {
  if (await reading.get('blocks', [userId, peerId])) throw refusals.blockedByMe()
  if (await reading.get('blocks', [peerId, userId])) throw refusals.blockedByAsked()
}

async function requireRequest(reading: Reading, userId: UserId, id: string): Promise<FriendRequestRow> {
  const row = await reading.get('friendRequests', [userId, id])
  if (!row) throw refusals.noSuchRequest()
  return row
}

async function putRequest(change: Change, row: Omit<FriendRequestRow, 'id'>): Promise<void> {
  await change.put('friendRequests', { ...row, id: row.request.id })
  change.tell({ userIds: [row.ownerId] }, { kind: 'friend-request', request: row.request })
}

async function dropRequest(change: Change, ownerId: UserId, id: string): Promise<void> {
  const row = await change.get('friendRequests', [ownerId, id])
  if (!row) return
  await change.delete('friendRequests', [ownerId, id])
  change.tell({ userIds: [ownerId] }, { kind: 'friend-request', request: row.request })
}

/** There is one request from one person to another: a later one takes the place of the one before. */
function requestId(fromId: UserId, toId: UserId): string {
  return JSON.stringify([fromId, toId])
}
