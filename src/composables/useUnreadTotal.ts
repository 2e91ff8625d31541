import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useConversationStore } from '../stores'
import { useChatKit } from './kitContext'

/** How many messages are unread in conversations that ring. */
export function useUnreadTotal(): ComputedRef<number> {
  const store = useConversationStore(useChatKit().pinia)
  return computed(() => {
    let total = 0
    for (const { unreadCount = 0, notify = 'all', isMarkedUnread } of store.byId.values()) {
      if (notify === 'all') total += unreadCount > 0 ? unreadCount : Number(isMarkedUnread ?? false)
    }
    return total
  })
}
