import { refOf } from '../../model'
import type { MessageChange, UserId } from '../../model'
import { checkedRef } from './checkedMessage'
import type { Change } from './log'
import { requireMember } from './members'
import { findRow } from './messageStore'
import { refusals } from './refusals'
import type { ConversationRow, LogOp, MemberRow, MessageRow } from './rows'
import { isVisible, shownReactions } from './shown'
import type { Reading } from './storage/storage'

/** The parts a change of a message is told by. */
export type ChangedWhat = (LogOp & { kind: 'message-changed' })['what']

/** A message somebody wants to change, and where he stands. */
export interface Target {
  readonly conversation: ConversationRow
  readonly member: MemberRow
  readonly row: MessageRow
}

/** The message a reference names, as long as the user can see it. */
export async function requireMessage(reading: Reading, userId: UserId, ref: unknown): Promise<Target> {
  const { conversationId, keys } = checkedRef(ref)
  const { conversation, member } = await requireMember(reading, conversationId, userId)
  const row = await findRow(reading, conversation, { keys })
  if (!row || !isVisible(row, member)) throw refusals.messageGone(conversation.groupId !== undefined)
  return { conversation, member, row }
}

/** A message as `requireMessage` has it, to be given more or other words: what is said in a live room only passes, and stays as it is. */
export async function requireKeptMessage(reading: Reading, userId: UserId, ref: unknown): Promise<Target> {
  const target = await requireMessage(reading, userId, ref)
  if (target.conversation.kind === 'live') throw refusals.unsupported()
  return target
}

/** Tells everybody in the conversation, or only the given user's devices, that a message has changed. */
export function tellChanged(
  change: Change,
  { conversationId, seq }: MessageRow,
  what: ChangedWhat,
  onlyId?: UserId,
): void {
  const audience = onlyId === undefined ? { conversationId } : { userIds: [onlyId] }
  change.tell(audience, { kind: 'message-changed', conversationId, seq, what })
}

/** What has changed about a message, from how it stands now; undefined where that no longer shows. */
export function changeOf(
  row: MessageRow,
  what: ChangedWhat,
  userId: UserId,
  pinnedSeqs: readonly number[] = [],
): MessageChange | undefined {
  const { message } = row
  const { recalled } = message
  const vouched = { ref: refOf(message), isVouched: true } as const
  if (what === 'removed') return { ...vouched, byId: userId, kind: 'removed' }
  if (what === 'pinned') return { ...vouched, kind: 'pinned', isPinned: pinnedSeqs.includes(row.seq) }
  if (recalled) return { ...vouched, ...recalled, kind: 'recalled' }
  if (what === 'reactions') {
    const totals = shownReactions(row.reactions ?? [], userId)
    return { ...vouched, kind: 'reaction-totals', totals, isWhole: true }
  }
  if (what === 'extensions') {
    const { deletedExtensions: deleted = [] } = row
    return { ...vouched, kind: 'extensions', set: message.extensions ?? {}, deleted }
  }
  if (what === 'recalled') return undefined
  const { parts, mentions = { userIds: [], isAll: false }, revision = 0, senderId } = message
  return { ...vouched, byId: senderId, kind: 'edited', body: { parts, mentions }, revision }
}
