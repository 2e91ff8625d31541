import { groupRules } from '../../core/groups'
import { refOf } from '../../model'
import type { ChatErrorShape, ConversationId, Receipt, UserId } from '../../model'
import type { Engine } from './engine'
import { LIMITS } from './limits'
import type { Change } from './log'
import { refusals } from './refusals'
import type { Audience, ConversationRow, MemberRow } from './rows'
import { startingWith } from './storage/storage'
import type { Reading } from './storage/storage'

/** How far a member has read or received, as an event tells it; undefined before the first message. */
export async function shownReceipt(
  reading: Reading,
  member: MemberRow,
  state: 'delivered' | 'read',
): Promise<Receipt | undefined> {
  const seq = state === 'read' ? member.readSeq : member.deliveredSeq
  const row = await reading.get('messages', [member.conversationId, seq])
  if (!row) return undefined
  const { conversationId, userId } = member
  return { kind: 'upTo', conversationId, userId, state, point: { message: refOf(row.message) } }
}

/** Why members do not see who has read; undefined where they do: in direct conversations, and in groups whose type tells it while they are not too large (E8). */
export async function receiptsRefusal(
  reading: Reading,
  { groupId }: ConversationRow,
): Promise<ChatErrorShape | undefined> {
  if (groupId === undefined) return undefined
  const group = await reading.get('groups', groupId)
  if (!group || !groupRules(group.type).hasReceipts) return refusals.unsupported()
  return group.memberCount <= LIMITS.receiptGroupSize ? undefined : refusals.receiptsNotShared()
}

/** Tells that a member has read on: everybody where receipts are shared, else only his own other devices. */
export async function tellRead(change: Change, conversation: ConversationRow, userId: UserId): Promise<void> {
  const conversationId = conversation.id
  const isShared = (await receiptsRefusal(change, conversation)) === undefined
  const audience: Audience = isShared ? { conversationId } : { userIds: [userId] }
  change.tell(audience, { kind: 'receipt', conversationId, userId, state: 'read' })
}

/** Notes that a user's device holds everything of these conversations; only direct ones keep count. */
export async function markDelivered(
  engine: Engine,
  userId: UserId,
  ids: readonly ConversationId[],
): Promise<void> {
  const behind = await engine.read((reading) => undelivered(reading, userId, ids))
  if (behind.length === 0) return
  await engine.write(async (change) => {
    for (const { conversation, member } of await undelivered(change, userId, ids)) {
      const conversationId = conversation.id
      await change.put('members', { ...member, deliveredSeq: conversation.lastSeq })
      const others = (conversation.between ?? []).filter((id) => id !== userId)
      change.tell({ userIds: others }, { kind: 'receipt', conversationId, userId, state: 'delivered' })
    }
  })
}

async function undelivered(reading: Reading, userId: UserId, ids: readonly ConversationId[]) {
  const conversations = await reading.getMany('conversations', ids)
  const members = await reading.getMany(
    'members',
    ids.map((id) => [id, userId]),
  )
  return ids.flatMap((_id, i) => {
    const [conversation, member] = [conversations[i], members[i]]
    if (conversation?.kind !== 'direct' || !member) return []
    return member.deliveredSeq < conversation.lastSeq ? [{ conversation, member }] : []
  })
}

/** Where the other members stand. */
export async function receiptsOf(
  reading: Reading,
  conversation: ConversationRow,
  userId: UserId,
): Promise<readonly Receipt[]> {
  if (await receiptsRefusal(reading, conversation)) return []
  const members = await reading.range('members', startingWith(conversation.id))
  const receipts: (Receipt | undefined)[] = []
  for (const member of members) {
    if (member.userId === userId) continue
    if (conversation.kind === 'direct') receipts.push(await shownReceipt(reading, member, 'delivered'))
    receipts.push(await shownReceipt(reading, member, 'read'))
  }
  return receipts.filter((receipt) => receipt !== undefined)
}
