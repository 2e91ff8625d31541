import { groupRights } from '../../core/groups'
import type { Message, UserId } from '../../model'
import { requireMessage, tellChanged } from './changeMessage'
import type { Target } from './changeMessage'
import { checkedOptional, checkedText, compact } from './checkedValues'
import { FIELD_BYTES, LIMITS } from './limits'
import type { Change } from './log'
import { renewMentions } from './mentions'
import { refusals } from './refusals'
import type { ConversationRow, MessageRow } from './rows'

/** How many recalled messages a conversation takes out of unread counts; whoever is further behind counts older ones too. */
const RECALLED_KEPT = 500

/** Takes a message back for everybody: what it said is gone, its place stays (E1). */
export async function recallMessage(
  change: Change,
  userId: UserId,
  ref: unknown,
  windowMs: number = LIMITS.recallWindowMs,
  reason?: unknown,
): Promise<void> {
  const why = checkedOptional(reason, (text) => checkedText(text, 'reason', FIELD_BYTES.reason))
  const target = await requireMessage(change, userId, ref)
  const { conversation, row } = target
  // Asked for again it is done already.
  if (row.message.recalled?.byId === userId) return
  await requireRecallable(change, target, windowMs)
  await change.put('messages', erased(row, compact({ byId: userId, at: change.at, reason: why })))
  await change.put('conversations', without(conversation, row))
  await renewMentions(change, conversation, row.message.mentions)
  tellChanged(change, row, 'recalled')
}

/** The sender for a short while, by the service's own clock; whoever leads the group at any time. */
async function requireRecallable(
  change: Change,
  { conversation, member, row: { message } }: Target,
  windowMs: number,
): Promise<void> {
  const { groupId } = conversation
  const isGroup = groupId !== undefined
  if (message.recalled) throw refusals.messageRecalled()
  if (message.parts.some((part) => part.kind === 'notice')) throw refusals.notRecallable()
  const group = isGroup ? await change.get('groups', groupId) : undefined
  if (group && groupRights(group.type, member.role).canRecallOthers) return
  if (message.senderId !== member.userId) throw isGroup ? refusals.noRight() : refusals.notMyMessage()
  if (change.at - message.sentAt > windowMs) throw refusals.recallTooLate(isGroup)
}

/** What is gone is nobody's unread, and takes up no room among the pins. */
function without(conversation: ConversationRow, { seq, message }: MessageRow): ConversationRow {
  const { recalledSeqs = [], pinnedSeqs } = conversation
  return {
    ...conversation,
    ...(message.delivery === 'stored' && { recalledSeqs: [...recalledSeqs, seq].slice(-RECALLED_KEPT) }),
    ...(pinnedSeqs && { pinnedSeqs: pinnedSeqs.filter((pinned) => pinned !== seq) }),
  }
}

function erased(row: MessageRow, recalled: NonNullable<Message['recalled']>): MessageRow {
  const { reactions: _reactions, deletedExtensions: _deleted, ...place } = row
  const { conversationId, keys, order, sentAt, senderId, senderName, senderAvatar, delivery } = row.message
  return {
    ...place,
    message: compact<Message>({
      conversationId,
      keys,
      order,
      sentAt,
      senderId,
      senderName,
      senderAvatar,
      delivery,
      parts: [],
      recalled,
    }),
  }
}
