import type { HistoryEdge, HistoryPage, HistoryRequest } from '../../model'
import { makeCursor, readCursor } from './caller'
import type { SignIn } from './caller'
import { checkedRef } from './checkedMessage'
import { checkedId, checkedNumber, checkedRecord, checkedWord } from './checkedValues'
import { LIMITS } from './limits'
import { requireMember } from './members'
import { findRow, seqAt } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, MemberRow } from './rows'
import { isVisible, shownMessage } from './shown'
import type { Reading } from './storage/storage'

/** What a user can see of a conversation: sequences above `floor`, up to `top`. */
interface Sight {
  readonly conversation: ConversationRow
  readonly floor: number
  readonly top: number
  readonly startEdge: HistoryEdge
}
/** A place between two messages: older is up to `below`, newer is from `above` on; around is about `middle`. */
interface Place {
  readonly below: number
  readonly above: number
  readonly middle: number
}

/** One page, and how it goes on at either edge. */
export async function readHistory(
  reading: Reading,
  user: SignIn,
  request: HistoryRequest,
): Promise<HistoryPage> {
  const fields = checkedRecord(request, 'the request')
  const conversationId = checkedId(fields['conversationId'], 'conversationId')
  const direction = checkedWord(fields['direction'], 'direction', ['older', 'newer', 'around'])
  const count = Math.min(Math.max(Math.floor(checkedNumber(fields['count'], 'count')), 1), LIMITS.pageSize)
  const { conversation, member } = await requireMember(reading, conversationId, user.userId)
  const sight = sightOf(conversation, member)
  const place = await placeOf(reading, user, sight, request.from)
  const [low, high] = windowOf(place, direction, count, sight)
  const rows =
    low > high
      ? []
      : await reading.range('messages', { from: [conversationId, low], to: [conversationId, high] })
  const cursorAt = (seq: number): HistoryEdge => ({ cursor: makeCursor(user, conversationId, `${seq}`) })
  return {
    messages: rows.filter((row) => isVisible(row, member)).map((row) => shownMessage(row, user.userId)),
    changes: [],
    older: low <= sight.floor + 1 ? sight.startEdge : cursorAt(low - 1),
    newer: high >= sight.top ? { end: 'live' } : cursorAt(high),
  }
}

function sightOf(conversation: ConversationRow, member: MemberRow): Sight {
  const top = conversation.lastSeq
  // A live room keeps nothing to be read again.
  if (conversation.kind === 'live') return { conversation, floor: top, top, startEdge: { end: 'retention' } }
  const isCut = member.hiddenSeq > 0 && member.clearedAt === undefined
  return { conversation, floor: member.hiddenSeq, top, startEdge: { end: isCut ? 'joined' : 'start' } }
}

async function placeOf(
  reading: Reading,
  user: SignIn,
  sight: Sight,
  from: HistoryRequest['from'],
): Promise<Place> {
  if (from === 'newest') return { below: sight.top, above: sight.top + 1, middle: sight.top }
  if (from === 'oldest') return { below: sight.floor, above: sight.floor + 1, middle: sight.floor + 1 }
  const fields = checkedRecord(from, 'the anchor')
  if ('cursor' in fields) {
    const seq = Number(readCursor(user, sight.conversation.id, fields['cursor']))
    if (!Number.isSafeInteger(seq)) throw refusals.oldCursor()
    return { below: seq, above: seq + 1, middle: seq }
  }
  if ('at' in fields) return placeAt(reading, sight, checkedNumber(fields['at'], 'at'))
  return placeOfMessage(reading, sight, fields['message'])
}

async function placeOfMessage(reading: Reading, sight: Sight, message: unknown): Promise<Place> {
  const ref = checkedRef(message)
  const row = await findRow(reading, sight.conversation, ref)
  if (row) return { below: row.seq - 1, above: row.seq + 1, middle: row.seq }
  // Unknown here: its neighbourhood is still known, and may be repeated but not skipped.
  if (ref.order) {
    const seq = Math.floor(ref.order.major)
    return { below: seq, above: seq, middle: seq }
  }
  if (ref.sentAt !== undefined) return placeAt(reading, sight, ref.sentAt)
  throw refusals.noSuchMessage()
}

async function placeAt(reading: Reading, sight: Sight, at: number): Promise<Place> {
  const { conversation, floor, top } = sight
  const first = await seqAt(reading, conversation.id, at, floor + 1, top)
  const past = await seqAt(reading, conversation.id, at + 1, first, top)
  return { below: past - 1, above: first, middle: first }
}

function windowOf(
  place: Place,
  direction: HistoryRequest['direction'],
  count: number,
  { floor, top }: Sight,
): [low: number, high: number] {
  if (direction === 'older') {
    const high = clamp(place.below, floor, top)
    return [Math.max(high - count + 1, floor + 1), high]
  }
  if (direction === 'newer') {
    const low = clamp(place.above, floor + 1, top + 1)
    return [low, Math.min(low + count - 1, top)]
  }
  // As many before as after, and where one side ends the other gives more.
  const wished = clamp(place.middle, floor + 1, top) - Math.floor(count / 2)
  const low = Math.max(Math.min(wished, top - count + 1), floor + 1)
  return [low, Math.min(low + count - 1, top)]
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
