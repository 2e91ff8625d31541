import type { Conversation, ConversationId, UserId } from '../../model'
import type { MemberRow, MessageRow } from './rows'
import { isListed, isVisible, shownConversation } from './shown'
import type { Reading } from './storage/storage'

/** The conversations of a user as he has them, or only those in his list; those he is not in are left out. */
export async function conversationsOf(
  reading: Reading,
  userId: UserId,
  ids: readonly ConversationId[],
  which: 'all' | 'listed' = 'all',
): Promise<readonly Conversation[]> {
  const rows = await reading.getMany('conversations', ids)
  const members = await reading.getMany(
    'members',
    ids.map((id) => [id, userId]),
  )
  const lasts = await reading.getMany(
    'messages',
    ids.map((id, i) => [id, rows[i]?.lastSeq ?? 0]),
  )
  const shown: Conversation[] = []
  for (const [i, row] of rows.entries()) {
    const member = members[i]
    if (!row || !member || (which === 'listed' && !isListed(row, member))) continue
    shown.push(shownConversation(row, member, await lastVisible(reading, member, lasts[i])))
  }
  return shown
}

/** The newest message the member can see; `last` is the newest of all. */
async function lastVisible(
  reading: Reading,
  member: MemberRow,
  last: MessageRow | undefined,
): Promise<MessageRow | undefined> {
  let row = last
  while (row && row.seq > member.hiddenSeq && !isVisible(row, member)) {
    row = await reading.get('messages', [row.conversationId, row.seq - 1])
  }
  return row && isVisible(row, member) ? row : undefined
}
