import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { UserId } from '../model'
import { useContactStore } from '../stores'
import { useChatKit } from './kitContext'

/** Whether a user is neither oneself nor a contact, as far as is known here. */
export function useIsStranger(userId: MaybeRefOrGetter<UserId>): ComputedRef<boolean> {
  const kit = useChatKit()
  return computed(() => {
    const id = toValue(userId)
    return id !== kit.userId && !useContactStore(kit.pinia).byId.has(id)
  })
}
