import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { unreadTotal } from '../core/notify'
import { useConversationStore } from '../stores'
import { useChatKit } from './kitContext'

/** How many messages are unread in conversations that ring. */
export function useUnreadTotal(): ComputedRef<number> {
  const store = useConversationStore(useChatKit().pinia)
  return computed(() => unreadTotal(store.byId.values()))
}
