import type { Message, UserId } from '../../model'
import { findRow } from './messageStore'
import type { Change } from './log'
import { refusals } from './refusals'
import type { ConversationRow } from './rows'
import type { RelationPolicy } from './rules'
import { isListed } from './shown'
import type { Reading } from './storage/storage'

/** How two people stand, where that decides whether one may write to the other: absent among friends and in groups. */
export interface Relation {
  /** The receiver has blocked the sender, who does not know. */
  readonly hidesFromId?: UserId
}

/**
 * Refuses a direct message where the policy does (H4, H6); where it is to look sent, says from whom it is hidden.
 */
export async function requireRelation(
  reading: Reading,
  { between }: Pick<ConversationRow, 'between'>,
  userId: UserId,
  { isFriendsOnly = false, blocked = 'fails' }: RelationPolicy = {},
): Promise<Relation> {
  const peerId = between?.find((id) => id !== userId)
  if (peerId === undefined) return {}
  if (await reading.get('blocks', [peerId, userId])) {
    if (blocked === 'fails') throw refusals.blockedByPeer()
    return { hidesFromId: peerId }
  }
  if (!isFriendsOnly) return {}
  const hasPeer = (await reading.get('friends', [userId, peerId])) !== undefined
  const isHad = (await reading.get('friends', [peerId, userId])) !== undefined
  if (!hasPeer && !isHad) throw refusals.notFriends()
  if (!hasPeer) throw refusals.notMyFriend()
  if (!isHad) throw refusals.notHisFriend()
  return {}
}

/** A message that somebody is never to see: neither it nor a badge nor, where there was none, a row in his list. */
export async function hideFrom(
  change: Change,
  userId: UserId,
  before: ConversationRow,
  after: ConversationRow,
  message: Message,
): Promise<void> {
  const row = await findRow(change, after, message)
  const member = await change.get('members', [after.id, userId])
  if (!row || !member) return
  await change.put('messages', { ...row, deletedForIds: [...(row.deletedForIds ?? []), userId] })
  await change.put('members', {
    ...member,
    ...(message.delivery === 'stored' && { deletedSeqs: [...(member.deletedSeqs ?? []), row.seq] }),
    ...(!isListed(before, member) && { removedSeq: row.seq }),
  })
}
