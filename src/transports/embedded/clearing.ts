import type { ConversationId, UserId } from '../../model'
import type { Change } from './log'
import { requireMember } from './members'
import { readUpTo } from './messageStore'
import { tellRead } from './receipts'
import type { ConversationRow, MemberRow } from './rows'
import { isListed } from './shown'
import { startingWith } from './storage/storage'

/** Hides everything said so far from one user; the row stays in his list (E10). */
export async function clearHistory(change: Change, id: ConversationId, userId: UserId): Promise<void> {
  const { conversation, member } = await requireMember(change, id, userId)
  await change.put('members', cleared(conversation, member))
  await change.put('conversations', { ...conversation, earliestAt: conversation.lastAt + 1 })
  change.tell({ userIds: [userId] }, { kind: 'cleared', conversationId: id })
}

/** Takes a conversation out of one user's list until a newer message comes (D5). */
export async function removeConversation(
  change: Change,
  id: ConversationId,
  userId: UserId,
  withHistory: boolean,
): Promise<void> {
  const { conversation, member } = await requireMember(change, id, userId)
  const kept = withHistory ? cleared(conversation, member) : member
  // What nobody sees must not take up one of the few pins.
  await change.put('members', {
    ...kept,
    isMarkedUnread: false,
    isPinned: false,
    removedSeq: conversation.lastSeq,
  })
  change.tell({ userIds: [userId] }, { kind: 'removed', conversationId: id, withHistory })
}

/** Puts a removed conversation back into the list of whoever opens it. */
export async function restoreConversation(change: Change, id: ConversationId, userId: UserId): Promise<void> {
  const { conversation, member } = await requireMember(change, id, userId)
  if (isListed(conversation, member) || member.removedSeq === undefined) return
  const { removedSeq: _removed, ...listed } = member
  await change.put('members', listed)
  change.tell({ userIds: [userId] }, { kind: 'conversation', conversationId: id })
}

/** Reads every conversation in a user's list to its end. */
export async function markAllRead(change: Change, userId: UserId): Promise<void> {
  const memberships = await change.range('memberships', startingWith(userId))
  for (const { conversationId } of memberships) {
    const { conversation, member } = await requireMember(change, conversationId, userId)
    const reader = readUpTo(member, { seq: conversation.lastSeq, counted: conversation.counted })
    if (reader === member && !member.isMarkedUnread) continue
    await change.put('members', { ...reader, isMarkedUnread: false })
    await tellRead(change, conversation, userId)
  }
}

/** Cleared is not read: the others hear of no reading, and yet nothing of it is unread. */
function cleared(conversation: ConversationRow, member: MemberRow): MemberRow {
  const { mentionSeq: _mention, deletedSeqs: _deleted, ...rest } = member
  return {
    ...rest,
    hiddenSeq: conversation.lastSeq,
    clearedAt: conversation.lastAt,
    readCounted: conversation.counted,
    isMarkedUnread: false,
  }
}
