import type { Page, UserId } from '../../model'
import { makeCursor, readCursor } from './caller'
import type { SignIn } from './caller'
import { requireMessage } from './changeMessage'
import { checkedWord } from './checkedValues'
import { LIMITS } from './limits'
import { receiptsRefusal } from './receipts'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** Who has read a message and who has not, its sender left out; only where members see that of each other (E8). */
export async function readersOf(
  reading: Reading,
  user: SignIn,
  ref: unknown,
  which: unknown,
  cursor: string | undefined,
): Promise<Page<UserId>> {
  const wanted = checkedWord(which, 'which', ['read', 'unread'])
  const { conversation, row } = await requireMessage(reading, user.userId, ref)
  const refusal = await receiptsRefusal(reading, conversation)
  if (refusal) throw refusal
  const scope = `readers:${conversation.id}:${row.seq}:${wanted}`
  const after = cursor === undefined ? '' : readCursor(user, scope, cursor)
  const members = await reading.range('members', startingWith(conversation.id))
  const ids = members
    .filter(({ userId, readSeq }) => {
      const hasRead = readSeq >= row.seq
      return userId !== row.message.senderId && userId > after && hasRead === (wanted === 'read')
    })
    .map(({ userId }) => userId)
    .sort()
  const items = ids.slice(0, LIMITS.pageSize)
  const last = items.at(-1)
  if (last === undefined || items.length === ids.length) return { items }
  return { items, next: makeCursor(user, scope, last) }
}
