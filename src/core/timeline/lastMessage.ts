import type { Conversation, Message } from '../../model'
import { compareOrder } from './order'

type Last = NonNullable<Conversation['last']>

/** True where a message comes after the one that a list shows as its conversation's last. */
export function isNewer(message: Message, last: Last | undefined): boolean {
  if (!last) return true
  if (message.order && last.order) return compareOrder(message.order, last.order) > 0
  return message.sentAt > (last.sentAt ?? -Infinity)
}

/** What a list keeps of the last message of a conversation. */
export function asLast(message: Message): Last {
  const { conversationId, keys, order, sentAt, senderId, senderName, parts, burnAfterMs } = message
  return {
    conversationId,
    keys,
    sentAt,
    senderId,
    parts,
    ...(order && { order }),
    ...(senderName && { senderName }),
    ...(burnAfterMs !== undefined && { burnAfterMs }),
  }
}
