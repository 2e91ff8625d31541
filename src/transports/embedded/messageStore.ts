import type { Message, MessageBody, MessageKey, MessageRef, Notice, UserId } from '../../model'
import { passing } from './liveRooms'
import type { Change } from './log'
import type { ConversationRow, MemberRow, MessageRow } from './rows'
import type { Reading } from './storage/storage'

/** How many messages of a live room are known still, to be recalled and not to be said twice; nobody can read them. */
const LIVE_KEPT = 500

/** A message before it has its place. */
export interface Draft extends Pick<Message, 'senderName' | 'senderAvatar'> {
  readonly senderId: UserId
  readonly body: MessageBody
  readonly clientKey?: MessageKey
}

/** Gives a message its place and its time, both never going back, and writes it. */
export async function appendMessage(
  change: Change,
  conversation: ConversationRow,
  draft: Draft,
): Promise<{ readonly message: Message; readonly conversation: ConversationRow }> {
  const row = placedMessage(change, conversation, draft)
  const grown = grownBy(conversation, row)
  await change.put('messages', row)
  if (draft.clientKey !== undefined) {
    await change.put('messageKeys', {
      conversationId: row.conversationId,
      key: draft.clientKey,
      seq: row.seq,
    })
  }
  await change.put('conversations', grown)
  if (grown.kind === 'live' && row.seq > LIVE_KEPT) await forget(change, grown, row.seq - LIVE_KEPT)
  if (grown.kind === 'live') {
    const message = passing(row.message)
    change.pass(message)
    return { message, conversation: grown }
  }
  change.tell(
    { conversationId: row.conversationId },
    { kind: 'message', conversationId: row.conversationId, seq: row.seq },
  )
  return { message: row.message, conversation: grown }
}

/** A notice of what somebody did in a group: stored, but nobody's unread. */
export async function appendNotice(
  change: Change,
  conversation: ConversationRow,
  byId: UserId,
  about: Notice['about'],
  more: Pick<Notice, 'userIds' | 'changes' | 'text'> = {},
): Promise<ConversationRow> {
  const part: Notice = { kind: 'notice', about, byId, ...more }
  const isLive = conversation.kind === 'live'
  const body: MessageBody = {
    parts: [part],
    delivery: 'uncounted',
    ...(isLive && { priority: 'lowest' }),
  }
  // Nobody in a live room looks up all who come and go.
  const senderName = isLive ? (await change.get('users', byId))?.name : undefined
  const draft = { senderId: byId, body, ...(senderName !== undefined && { senderName }) }
  return (await appendMessage(change, conversation, draft)).conversation
}

/** The row a draft becomes at the end of its conversation. */
export function placedMessage(
  change: Pick<Change, 'at' | 'era'>,
  conversation: ConversationRow,
  draft: Draft,
): MessageRow {
  const seq = conversation.lastSeq + 1
  const { body, clientKey, ...sender } = draft
  const key = sequenceKey(change.era, conversation.incarnation, seq)
  const message: Message = {
    ...body,
    ...sender,
    conversationId: conversation.id,
    keys: clientKey === undefined ? [key] : [key, clientKey],
    order: { major: seq },
    sentAt: Math.max(change.at, conversation.lastAt, conversation.earliestAt ?? 0),
  }
  const counted = conversation.counted + (body.delivery === 'stored' ? 1 : 0)
  return { conversationId: conversation.id, seq, counted, message }
}

/** The conversation with one more message. */
export function grownBy(conversation: ConversationRow, row: MessageRow): ConversationRow {
  return {
    ...conversation,
    lastSeq: row.seq,
    lastAt: row.message.sentAt,
    counted: row.counted,
    ...(row.message.mentions?.isAll && { mentionAllSeq: row.seq }),
  }
}

/** The row a reference names, by whichever of its keys fits. */
export async function findRow(
  reading: Reading,
  conversation: ConversationRow,
  ref: Pick<MessageRef, 'keys'>,
): Promise<MessageRow | undefined> {
  for (const key of ref.keys) {
    const seq = key.startsWith('seq:')
      ? Number(key.slice(key.lastIndexOf(':') + 1))
      : (await reading.get('messageKeys', [conversation.id, key]))?.seq
    if (seq === undefined || !Number.isSafeInteger(seq)) continue
    const row = await reading.get('messages', [conversation.id, seq])
    // The number alone may belong to another incarnation of the conversation.
    if (row?.message.keys.includes(key)) return row
  }
  return undefined
}

/** The lowest sequence from `low` on whose message was sent at `at` or later; `high + 1` when none was. */
export async function seqAt(
  reading: Reading,
  conversationId: string,
  at: number,
  low: number,
  high: number,
): Promise<number> {
  let from = low
  let to = high + 1
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const row = await reading.get('messages', [conversationId, middle])
    if (row && row.message.sentAt >= at) to = middle
    else from = middle + 1
  }
  return from
}

/** The member after reading up to a message; the same member when that would move him back. */
export function readUpTo(member: MemberRow, row: Pick<MessageRow, 'seq' | 'counted'>): MemberRow {
  if (row.seq <= member.readSeq) return member
  const { mentionSeq, deletedSeqs, ...rest } = member
  const stillUnread = deletedSeqs?.filter((seq) => seq > row.seq)
  const isStillMentioned = mentionSeq !== undefined && mentionSeq > row.seq
  return {
    ...rest,
    readSeq: row.seq,
    // What is cleared counts as read, and it may reach further.
    readCounted: Math.max(member.readCounted, row.counted),
    ...(isStillMentioned && { mentionSeq }),
    ...(stillUnread?.length && { deletedSeqs: stillUnread }),
  }
}

/** A copy in memory counts on by itself: its numbers must not pass for those of the database it came from. */
function sequenceKey(era: string, incarnation: string, seq: number): MessageKey {
  return incarnation.startsWith(`${era}.`) ? `seq:${incarnation}:${seq}` : `seq:${incarnation}~${era}:${seq}`
}

async function forget(change: Change, conversation: ConversationRow, seq: number): Promise<void> {
  const row = await change.get('messages', [conversation.id, seq])
  await change.delete('messages', [conversation.id, seq])
  const clientKey = row?.message.keys[1]
  if (clientKey !== undefined) await change.delete('messageKeys', [conversation.id, clientKey])
}
