import type { UserId } from '../../model'
import { tellChanged } from './changeMessage'
import { checkedRef } from './checkedMessage'
import { checkedList } from './checkedValues'
import { LIMITS } from './limits'
import type { Change } from './log'
import { requireMember } from './members'
import { renewMention } from './mentions'
import { findRow } from './messageStore'
import type { MemberRow, MessageRow } from './rows'
import { isVisible } from './shown'

/** Takes messages out of one user's sight, on all his devices; the others keep them (D5). */
export async function deleteForMe(change: Change, userId: UserId, refs: unknown): Promise<void> {
  for (const { conversationId, keys } of checkedList(refs, 'refs', LIMITS.pageSize, checkedRef)) {
    const { conversation, member } = await requireMember(change, conversationId, userId)
    const row = await findRow(change, conversation, { keys })
    // What he does not see is gone already.
    if (row && isVisible(row, member)) await hide(change, member, row)
  }
}

async function hide(change: Change, member: MemberRow, row: MessageRow): Promise<void> {
  const { userId } = member
  await change.put('messages', { ...row, deletedForIds: [...(row.deletedForIds ?? []), userId] })
  if (row.seq > member.readSeq && row.message.delivery === 'stored') {
    await change.put('members', { ...member, deletedSeqs: [...(member.deletedSeqs ?? []), row.seq] })
  }
  if (member.mentionSeq === row.seq) await renewMention(change, row.conversationId, userId)
  tellChanged(change, row, 'removed', userId)
}
