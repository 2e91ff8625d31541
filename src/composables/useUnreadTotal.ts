import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { unreadTotal } from '../core/notify'
import { useConversationStore } from '../stores'
import { useChatKit } from './kitContext'
import { useConversationList } from './useConversationList'

/** What counts as unread. */
export interface UnreadTotalOptions {
  /** Muted conversations count too (F8). @default false */
  readonly countsMuted?: boolean
}

/** How many messages are unread in conversations that ring: for a badge of the app's own, with no list on screen. */
export function useUnreadTotal({ countsMuted = false }: UnreadTotalOptions = {}): ComputedRef<number> {
  // Reads the list as soon as there is a connection; where it is shown too it is read once.
  useConversationList()
  const store = useConversationStore(useChatKit().pinia)
  return computed(() => unreadTotal(store.byId.values(), countsMuted))
}
