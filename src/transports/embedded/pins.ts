import { groupRights } from '../../core/groups'
import type { ChatErrorShape, ConversationId, GroupType, Member, Message, UserId } from '../../model'
import { requireMessage, tellChanged } from './changeMessage'
import { checkedId } from './checkedValues'
import { LIMITS } from './limits'
import type { Change } from './log'
import { requireMember } from './members'
import { refusals } from './refusals'
import { isVisible, shownMessage } from './shown'
import type { Reading } from './storage/storage'

/** Why somebody may not pin: in a group whoever may change what everybody sees of it may (E9). */
export function pinRefusal(type: GroupType, role: Member['role']): ChatErrorShape | undefined {
  if (type === 'live') return refusals.unsupported()
  return groupRights(type, role).canEditProfile ? undefined : refusals.noRight()
}

/** Puts a message before everybody in its conversation, or no longer. */
export async function setPinned(
  change: Change,
  userId: UserId,
  ref: unknown,
  isPinned: unknown,
): Promise<void> {
  const { conversation, member, row } = await requireMessage(change, userId, ref)
  if (row.message.recalled) throw refusals.messageRecalled()
  const group =
    conversation.groupId === undefined ? undefined : await change.get('groups', conversation.groupId)
  const refusal = group && pinRefusal(group.type, member.role)
  if (refusal) throw refusal
  const others = (conversation.pinnedSeqs ?? []).filter((seq) => seq !== row.seq)
  const pinnedSeqs = isPinned === true ? [...others, row.seq] : others
  if (String(pinnedSeqs) === String(conversation.pinnedSeqs ?? [])) return
  if (pinnedSeqs.length > LIMITS.pinnedMessageCount) throw refusals.messagePinsFull()
  await change.put('conversations', { ...conversation, pinnedSeqs })
  tellChanged(change, row, 'pinned')
}

/** What is pinned in a conversation and its reader can see, the newest pin first. */
export async function pinnedOf(
  reading: Reading,
  userId: UserId,
  conversationId: unknown,
): Promise<readonly Message[]> {
  const id: ConversationId = checkedId(conversationId, 'conversationId')
  const { conversation, member } = await requireMember(reading, id, userId)
  const keys = (conversation.pinnedSeqs ?? []).map((seq) => [id, seq])
  const rows = await reading.getMany('messages', keys)
  return rows
    .flatMap((row) =>
      row && isVisible(row, member) && !row.message.recalled ? [shownMessage(row, userId)] : [],
    )
    .reverse()
}
