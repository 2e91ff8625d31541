import type { Conversation, Message, UserId } from '../../model'

/** What decides beside the message whether anybody is told of it. */
export interface Hearing {
  readonly ownId: UserId
  /** As far as it is known. */
  readonly conversation: Conversation | undefined
  /** Somebody who is pointed at hears it though the conversation is muted. */
  readonly hearsMentions: boolean
}

/** Whether a message that has just come is worth a notification (F8). */
export function isHeard(message: Message, { ownId, conversation, hearsMentions }: Hearing): boolean {
  if (message.senderId === ownId || message.recalled || message.delivery === 'online-only') return false
  if (message.parts.length === 0 || message.parts[0]?.kind === 'notice') return false
  // In a live room so much is said that nobody wants to be called for it.
  if (conversation?.kind === 'live') return false
  const isForMe = message.mentions?.userIds.includes(ownId) === true
  switch (conversation?.notify ?? 'all') {
    case 'all':
      return true
    case 'mentions':
      return isForMe || message.mentions?.isAll === true
    case 'none':
      return isForMe && hearsMentions
    case 'discard':
      return false
  }
}
