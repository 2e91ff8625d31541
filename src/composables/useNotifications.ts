import { computed, onScopeDispose } from 'vue'
import type { ComputedRef } from 'vue'
import type { NotificationPermit } from '../core/ports'
import type { ConversationId } from '../model'
import { useChatKit } from './kitContext'

/** Notifications of the machine, as far as a screen has to do with them. */
export interface NotificationsView {
  /** What the person has said to them; 'none' where the app or the machine has none. */
  readonly permit: ComputedRef<NotificationPermit>
  /** Asks the person; only in answer to a click. */
  ask(): Promise<void>
}

/** The notifications of the kit. `onOpen` hears which conversation a notification was clicked of, while the component lives. */
export function useNotifications(onOpen?: (id: ConversationId) => void): NotificationsView {
  const { notifications } = useChatKit()
  if (onOpen && notifications) onScopeDispose(notifications.onOpen(onOpen))
  return {
    permit: computed(() => notifications?.permit.value ?? 'none'),
    ask: async () => notifications?.ask(),
  }
}
