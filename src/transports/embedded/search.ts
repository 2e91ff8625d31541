import { createMatcher } from '../../core/search'
import type { Sought } from '../../core/search'
import type { ConversationId, Message, Page, PartKind, SearchHit } from '../../model'
import { makeCursor, readCursor } from './caller'
import type { SignIn } from './caller'
import { checkedId, checkedList, checkedNumber, checkedOptional, checkedRecord } from './checkedValues'
import { LIMITS } from './limits'
import { requireMember } from './members'
import { seqAt } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, MemberRow } from './rows'
import { isVisible, shownMessage } from './shown'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** One call looks through so many messages, that nobody else waits long for the database. */
const MOST_LOOKED_AT = 2_000
const STEP = 200
/** Where all conversations are looked through, so many messages of each are, and so many of what is found are shown. */
const MOST_OF_ONE = 20_000
const MOST_SHOWN_OF_ONE = 20
const MOST_NAMED = 100

/** What of one conversation is still to be looked through, from the newest on. */
interface Stretch {
  readonly conversation: ConversationRow
  readonly member: MemberRow
  /** The sequences looked through are above `floor`, up to `top`. */
  readonly floor: number
  readonly top: number
}

/** Messages that hold what is sought, the newest first: of one conversation, or a hit for each that has any. */
export async function searchMessages(
  reading: Reading,
  user: SignIn,
  query: unknown,
): Promise<Page<SearchHit>> {
  const fields = checkedRecord(query, 'the query')
  const sought = checkedSought(fields)
  const conversationId = checkedOptional(fields['conversationId'], (id) => checkedId(id, 'conversationId'))
  const cursor = checkedOptional(fields['cursor'], String)
  return conversationId === undefined
    ? searchEverywhere(reading, user, sought, cursor)
    : searchInside(reading, user, sought, conversationId, cursor)
}

async function searchInside(
  reading: Reading,
  user: SignIn,
  sought: Sought,
  conversationId: ConversationId,
  cursor: string | undefined,
): Promise<Page<SearchHit>> {
  const scope = `search ${conversationId}`
  const { conversation, member } = await requireMember(reading, conversationId, user.userId)
  const whole = await stretchOf(reading, conversation, member, sought)
  const top = cursor === undefined ? whole.top : Math.min(whole.top, placeIn(user, scope, cursor))
  const found = await lookThrough(reading, { ...whole, top }, sought, LIMITS.pageSize, MOST_LOOKED_AT)
  const items = found.messages.length > 0 ? [{ conversationId, messages: found.messages }] : []
  return found.top <= whole.floor ? { items } : { items, next: makeCursor(user, scope, `${found.top}`) }
}

/** The conversations one after the other, by their ids; a page ends when it has looked at enough, and may hold nothing. */
async function searchEverywhere(
  reading: Reading,
  user: SignIn,
  sought: Sought,
  cursor: string | undefined,
): Promise<Page<SearchHit>> {
  const next = cursor === undefined ? '' : readCursor(user, 'search', cursor)
  const mine = await reading.range('memberships', startingWith(user.userId))
  const items: SearchHit[] = []
  let left = MOST_LOOKED_AT
  for (const { conversationId } of mine) {
    if (conversationId < next) continue
    if (left <= 0) return { items, next: makeCursor(user, 'search', conversationId) }
    const conversation = await reading.get('conversations', conversationId)
    const member = await reading.get('members', [conversationId, user.userId])
    if (!conversation || !member) continue
    const stretch = await stretchOf(reading, conversation, member, sought)
    const found = await lookThrough(reading, stretch, sought, Infinity, MOST_OF_ONE)
    left -= stretch.top - found.top
    if (found.messages.length === 0) continue
    const isWhole = found.top <= stretch.floor
    const messages = found.messages.slice(0, MOST_SHOWN_OF_ONE)
    items.push({ conversationId, messages, ...(isWhole && { count: found.messages.length }) })
  }
  return { items }
}

/** From the top down until enough was found or looked at; `top` is where one would go on. */
async function lookThrough(
  reading: Reading,
  { conversation: { id }, member, floor, top }: Stretch,
  sought: Sought,
  most: number,
  mostLookedAt: number,
): Promise<{ readonly messages: readonly Message[]; readonly top: number }> {
  const isSought = createMatcher(sought)
  const messages: Message[] = []
  const end = Math.max(floor, top - mostLookedAt)
  let at = top
  while (at > end) {
    const low = Math.max(at - STEP + 1, end + 1)
    const rows = await reading.range('messages', { from: [id, low], to: [id, at], isReverse: true })
    for (const row of rows) {
      if (isVisible(row, member) && isSought(row.message)) messages.push(shownMessage(row, member.userId))
      if (messages.length >= most) return { messages, top: row.seq - 1 }
    }
    at = low - 1
  }
  return { messages, top: end }
}

async function stretchOf(
  reading: Reading,
  conversation: ConversationRow,
  member: MemberRow,
  { fromAt, toAt }: Sought,
): Promise<Stretch> {
  const { id, lastSeq } = conversation
  // A live room keeps nothing to be found.
  if (conversation.kind === 'live') return { conversation, member, floor: lastSeq, top: lastSeq }
  const floor = member.hiddenSeq
  const first = fromAt === undefined ? floor + 1 : await seqAt(reading, id, fromAt, floor + 1, lastSeq)
  const past = toAt === undefined ? lastSeq + 1 : await seqAt(reading, id, toAt + 1, first, lastSeq)
  return { conversation, member, floor: first - 1, top: Math.max(past - 1, first - 1) }
}

function checkedSought(fields: Readonly<Record<string, unknown>>): Sought {
  const { text } = fields
  if (typeof text !== 'string') throw refusals.invalid('`text` must be a text')
  const senderIds = checkedOptional(fields['senderIds'], (ids) =>
    checkedList(ids, 'senderIds', MOST_NAMED, (id) => checkedId(id, 'senderIds')),
  )
  const kinds = checkedOptional(fields['kinds'], (words) =>
    checkedList(words, 'kinds', MOST_NAMED, (word) => checkedId(word, 'kinds') as PartKind),
  )
  const fromAt = checkedOptional(fields['fromAt'], (at) => checkedNumber(at, 'fromAt'))
  const toAt = checkedOptional(fields['toAt'], (at) => checkedNumber(at, 'toAt'))
  return {
    text,
    ...(senderIds && { senderIds }),
    ...(kinds && { kinds }),
    ...(fromAt !== undefined && { fromAt }),
    ...(toAt !== undefined && { toAt }),
  }
}

function placeIn(user: SignIn, scope: string, cursor: string): number {
  const place = Number(readCursor(user, scope, cursor))
  if (!Number.isSafeInteger(place)) throw refusals.oldCursor()
  return place
}
