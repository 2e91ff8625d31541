import type { ConversationId, UserId } from '../../model'
import { directConversationId, peopleOfDirectId } from './conversationIds'
import type { Change } from './log'
import { addMember } from './members'
import { refusals } from './refusals'
import type { ConversationRow } from './rows'

/** The conversation between two users, made if it is not there yet. */
export async function ensureDirect(
  change: Change,
  openedById: UserId,
  peerId: UserId,
): Promise<ConversationRow> {
  const id = directConversationId(openedById, peerId)
  const existing = await change.get('conversations', id)
  if (existing) return existing
  const between = peopleOfDirectId(id)
  if (!between || !(await change.get('users', peerId))) throw refusals.noSuchUser()
  const conversation: ConversationRow = {
    id,
    kind: 'direct',
    between,
    openedById,
    incarnation: change.incarnation(),
    createdAt: change.at,
    lastSeq: 0,
    lastAt: 0,
    counted: 0,
  }
  await change.put('conversations', conversation)
  // With oneself there is one member.
  for (const userId of new Set(between)) await addMember(change, conversation, userId)
  change.tell({ userIds: [openedById] }, { kind: 'conversation', conversationId: id })
  return conversation
}

/** Makes a direct conversation whose id is known but whose rows are not there, as after a storage was lost. */
export async function ensureKnownDirect(change: Change, id: ConversationId, userId: UserId): Promise<void> {
  const between = peopleOfDirectId(id)
  if (!between?.includes(userId)) return
  await ensureDirect(change, userId, between.find((other) => other !== userId) ?? userId)
}
