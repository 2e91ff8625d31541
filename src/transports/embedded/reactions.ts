import type { MessageChange, Page, UserId } from '../../model'
import { changeOf, requireKeptMessage, requireMessage, tellChanged } from './changeMessage'
import { checkedRef } from './checkedMessage'
import { checkedId, checkedList } from './checkedValues'
import { FIELD_BYTES, LIMITS, REACTION_USERS } from './limits'
import type { Change } from './log'
import { requireMember } from './members'
import { findRow } from './messageStore'
import { refusals } from './refusals'
import type { ReactionRow } from './rows'
import { isVisible } from './shown'
import type { Reading } from './storage/storage'

/** Makes `after` the whole of what a user has reacted to a message with (E3). */
export async function setReactions(
  change: Change,
  userId: UserId,
  ref: unknown,
  after: unknown,
): Promise<void> {
  const keys = new Set(checkedList(after, 'after', LIMITS.reactionKinds, checkedReaction))
  const { row } = await requireKeptMessage(change, userId, ref)
  if (row.message.recalled) throw refusals.messageRecalled()
  const old = row.reactions ?? []
  const reactions = withReactionsOf(old, userId, keys)
  if (JSON.stringify(old) === JSON.stringify(reactions)) return
  await change.put('messages', { ...row, reactions })
  tellChanged(change, row, 'reactions')
}

/** The reactions to messages as they stand; of those the user cannot see, nothing. */
export async function fetchReactions(
  reading: Reading,
  userId: UserId,
  refs: unknown,
): Promise<readonly MessageChange[]> {
  const changes: MessageChange[] = []
  for (const { conversationId, keys } of checkedList(refs, 'refs', LIMITS.pageSize, checkedRef)) {
    const { conversation, member } = await requireMember(reading, conversationId, userId)
    const row = await findRow(reading, conversation, { keys })
    const change = row && isVisible(row, member) ? changeOf(row, 'reactions', userId) : undefined
    if (change) changes.push(change)
  }
  return changes
}

/** Everybody who has given one reaction; they are few enough for one page. */
export async function reactorsOf(
  reading: Reading,
  userId: UserId,
  ref: unknown,
  key: unknown,
): Promise<Page<UserId>> {
  const wanted = checkedReaction(key)
  const { row } = await requireMessage(reading, userId, ref)
  return { items: row.reactions?.find((reaction) => reaction.key === wanted)?.userIds ?? [] }
}

function checkedReaction(value: unknown): string {
  const key = checkedId(value, 'a reaction', FIELD_BYTES.reaction)
  if (key === '') throw refusals.invalid('a reaction must not be empty')
  return key
}

function withReactionsOf(
  old: readonly ReactionRow[],
  userId: UserId,
  keys: ReadonlySet<string>,
): readonly ReactionRow[] {
  const known = old.map((row) => rowWith(row, userId, keys.has(row.key))).filter((row) => row.userIds.length)
  const added = [...keys].filter((key) => !known.some((row) => row.key === key))
  const all = [...known, ...added.map((key) => ({ key, userIds: [userId] }))]
  if (all.length > LIMITS.reactionKinds) throw refusals.reactionsFull()
  return all
}

function rowWith(row: ReactionRow, userId: UserId, isGiven: boolean): ReactionRow {
  const has = row.userIds.includes(userId)
  if (has === isGiven) return row
  if (has) return { ...row, userIds: row.userIds.filter((id) => id !== userId) }
  if (row.userIds.length >= REACTION_USERS) throw refusals.reactionsFull()
  return { ...row, userIds: [...row.userIds, userId] }
}
