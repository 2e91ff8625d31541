import type { UserId } from '../../model'
import { checkedLine, checkedList } from './checkedValues'
import { LIMITS } from './limits'
import type { Change } from './log'
import { refusals } from './refusals'
import type { FriendRow } from './rows'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** What only the one who has a friend says of him. */
export type FriendTraits = Pick<FriendRow, 'remark' | 'folders' | 'custom'>

/** Gives somebody a friend; one who is there already keeps what is not given anew. */
export async function putFriend(
  change: Change,
  userId: UserId,
  friendId: UserId,
  traits: FriendTraits = {},
): Promise<void> {
  const known = await change.get('friends', [userId, friendId])
  await change.put('friends', { ...known, ...traits, userId, friendId })
  tellContacts(change, userId, [friendId])
}

/** Whatever has become of these friends of somebody, his devices hear of it. */
export function tellContacts(change: Change, userId: UserId, userIds: readonly UserId[]): void {
  change.tell({ userIds: [userId] }, { kind: 'contacts', userIds })
}

/** All friends of somebody. */
export function friendsOf(reading: Reading, userId: UserId): Promise<readonly FriendRow[]> {
  return reading.range('friends', startingWith(userId))
}

/** Refuses one friend more than anybody may have (H5). */
export async function requireRoomForFriend(reading: Reading, userId: UserId, isMe: boolean): Promise<void> {
  if ((await friendsOf(reading, userId)).length < LIMITS.contactCount) return
  throw isMe ? refusals.contactsFull() : refusals.hisContactsFull()
}

/** What one calls a friend. */
export function checkedRemark(value: unknown): string {
  return checkedLine(value, 'the remark', LIMITS.remarkBytes)
}

/** The name of a group of friends. */
export function checkedFolder(value: unknown): string {
  const name = checkedLine(value, 'the name of the folder', LIMITS.contactFolderNameBytes)
  if (name === '') throw refusals.invalid('a folder needs a name')
  return name
}

/** The groups of friends somebody is in, each once. */
export function checkedFolders(value: unknown): readonly string[] {
  return [...new Set(checkedList(value, 'the folders', LIMITS.contactFolderCount, checkedFolder))]
}

/** Refuses more groups of friends than anybody may have (H5). */
export function requireRoomForFolders(friends: readonly FriendRow[], added: readonly string[]): void {
  const names = new Set([...friends.flatMap(({ folders }) => folders ?? []), ...added])
  if (added.length > 0 && names.size > LIMITS.contactFolderCount) throw refusals.foldersFull()
}
