import type { ConversationId, Mentions, UserId } from '../../model'
import type { Change } from './log'
import type { ConversationRow } from './rows'
import { isVisible } from './shown'

/** How far back an unread mention is looked for. */
const LOOKED_AT = 500

/** Finds anew what points at the people a changed message pointed at, or points at now. */
export async function renewMentions(
  change: Change,
  conversation: ConversationRow,
  ...mentioned: readonly (Mentions | undefined)[]
): Promise<void> {
  const userIds = new Set(mentioned.flatMap((mentions) => mentions?.userIds ?? []))
  for (const userId of userIds) await renewMention(change, conversation.id, userId)
  if (mentioned.some((mentions) => mentions?.isAll)) await renewMentionAll(change, conversation.id)
}

/** Finds anew the oldest unread message that points at one user. */
export async function renewMention(
  change: Change,
  conversationId: ConversationId,
  userId: UserId,
): Promise<void> {
  const member = await change.get('members', [conversationId, userId])
  if (!member) return
  const seenSeq = Math.max(member.readSeq, member.hiddenSeq)
  const rows = await change.range('messages', {
    from: [conversationId, seenSeq + 1],
    to: [conversationId, []],
    limit: LOOKED_AT,
  })
  const found = rows.find(
    (row) =>
      row.message.senderId !== userId &&
      row.message.mentions?.userIds.includes(userId) &&
      isVisible(row, member),
  )
  const { mentionSeq, ...rest } = member
  if (found?.seq === mentionSeq) return
  await change.put('members', { ...rest, ...(found && { mentionSeq: found.seq }) })
}

async function renewMentionAll(change: Change, id: ConversationId): Promise<void> {
  const conversation = await change.get('conversations', id)
  if (!conversation) return
  const rows = await change.range('messages', {
    from: [id, 1],
    to: [id, []],
    limit: LOOKED_AT,
    isReverse: true,
  })
  const found = rows.find((row) => row.message.mentions?.isAll)
  const { mentionAllSeq: _former, ...rest } = conversation
  await change.put('conversations', { ...rest, ...(found && { mentionAllSeq: found.seq }) })
}
