import type { ConversationId, UserId } from '../../model'
import { checkedLine } from './checkedValues'
import { LIMITS } from './limits'
import type { Change } from './log'
import { requireMember } from './members'
import { refusals } from './refusals'
import type { MemberRow } from './rows'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** Changes what only its user has set on a conversation, and tells his devices. */
export async function setOwn(
  change: Change,
  conversationId: ConversationId,
  userId: UserId,
  patch: Partial<MemberRow>,
): Promise<void> {
  const { member } = await requireMember(change, conversationId, userId)
  await change.put('members', { ...member, ...patch })
  change.tell({ userIds: [userId] }, { kind: 'conversation', conversationId })
}

/** Pins a conversation or lets go of it; there is room for so many pins only (F2). */
export async function setPinned(
  change: Change,
  id: ConversationId,
  userId: UserId,
  isPinned: boolean,
): Promise<void> {
  const { member } = await requireMember(change, id, userId)
  if (isPinned && member.isPinned !== true) {
    const pinned = (await placesOf(change, userId)).filter((place) => place.isPinned)
    if (pinned.length >= LIMITS.pinnedConversationCount) throw refusals.conversationPinsFull()
  }
  await setOwn(change, id, userId, { isPinned })
}

/** Puts a mark on a conversation or takes it off. */
export async function setMark(
  change: Change,
  id: ConversationId,
  userId: UserId,
  mark: string,
  isSet: boolean,
): Promise<void> {
  const { member } = await requireMember(change, id, userId)
  const others = (member.marks ?? []).filter((one) => one !== mark)
  await setOwn(change, id, userId, { marks: isSet ? [...others, mark] : others })
}

/** The groups of conversations somebody has, by name. */
export async function foldersOf(reading: Reading, userId: UserId): Promise<readonly string[]> {
  return namesIn(await placesOf(reading, userId)).sort()
}

/** Has exactly these in a group of conversations, or renames it (F4). */
export async function setFolder(
  change: Change,
  userId: UserId,
  name: string,
  ids: readonly ConversationId[],
  from: string | undefined,
): Promise<void> {
  const places = await placesOf(change, userId)
  if (from !== undefined && !namesIn(places).includes(from)) throw refusals.noSuchFolder()
  const changed: MemberRow[] = []
  const after = places.map((place) => {
    const { folders = [] } = place
    const isIn = ids.includes(place.conversationId) || (from !== undefined && folders.includes(from))
    if (!isIn && !folders.includes(name)) return place
    const others = folders.filter((folder) => folder !== name && folder !== from)
    const next = { ...place, folders: isIn ? [...others, name] : others }
    changed.push(next)
    return next
  })
  if (namesIn(after).length > LIMITS.folderCount) throw refusals.conversationFoldersFull()
  if (after.filter(({ folders = [] }) => folders.length > 0).length > MOST_IN_FOLDERS) {
    throw refusals.conversationFoldersHoldTooMany()
  }
  for (const { conversationId, folders = [] } of changed)
    await setOwn(change, conversationId, userId, { folders })
}

/** The name of a group of conversations. */
export function checkedConversationFolder(value: unknown): string {
  const name = checkedLine(
    value,
    'the name of the folder',
    LIMITS.folderNameBytes,
    refusals.folderNameTooLong,
  )
  if (name.trim() === '') throw refusals.invalid('a folder needs a name')
  return name
}

/** So many conversations fit into all groups of conversations together (F4). */
export const MOST_IN_FOLDERS = 1_000

function namesIn(places: readonly MemberRow[]): string[] {
  return [...new Set(places.flatMap(({ folders }) => folders ?? []))]
}

async function placesOf(reading: Reading, userId: UserId): Promise<readonly MemberRow[]> {
  const memberships = await reading.range('memberships', startingWith(userId))
  const rows = await reading.getMany(
    'members',
    memberships.map(({ conversationId }) => [conversationId, userId]),
  )
  return rows.filter((row) => row !== undefined)
}
