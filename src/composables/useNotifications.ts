import { computed, onScopeDispose } from 'vue'
import type { ComputedRef } from 'vue'
import type { NotificationPermit } from '../core/ports'
import type { ConversationId } from '../model'
import { useHabitStore } from '../stores'
import { useChatKit } from './kitContext'

/** Notifications of the machine, as far as a screen has to do with them. */
export interface NotificationsView {
  /** What the person has said to them; 'none' where the app or the machine has none. */
  readonly permit: ComputedRef<NotificationPermit>
  /** They are worth offering unasked: the person has said nothing to them yet, nor put the offer off. */
  readonly isOffered: ComputedRef<boolean>
  /** Asks the person; only in answer to a click. */
  ask(): Promise<void>
  /** The person does not want to be offered them; remembered for this account on this device. */
  putOff(): void
}

/** The notifications of the kit. `onOpen` hears which conversation a notification was clicked of, while the component lives. */
export function useNotifications(onOpen?: (id: ConversationId) => void): NotificationsView {
  const kit = useChatKit()
  const { notifications } = kit
  const habits = useHabitStore(kit.pinia)
  if (onOpen && notifications) onScopeDispose(notifications.onOpen(onOpen))
  const permit = computed(() => notifications?.permit.value ?? 'none')
  return {
    permit,
    isOffered: computed(() => permit.value === 'unasked' && !habits.textByName.has('notification-offer')),
    ask: async () => notifications?.ask(),
    putOff() {
      kit.dispatch({ type: 'keepHabit', name: 'notification-offer', text: 'put off' }).catch(() => {})
    },
  }
}
