import type { Conversation } from '../../model'

/** How many messages are unread in all; a conversation that a person has marked counts as one. Muted ones count where that is wanted (F8). */
export function unreadTotal(conversations: Iterable<Conversation>, countsMuted = false): number {
  let total = 0
  for (const { unreadCount = 0, notify = 'all', isMarkedUnread } of conversations) {
    if (countsMuted || notify === 'all')
      total += unreadCount > 0 ? unreadCount : Number(isMarkedUnread ?? false)
  }
  return total
}
