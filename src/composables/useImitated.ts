import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { UserId } from '../model'
import { useContactStore } from '../stores'
import { useChatKit } from './kitContext'
import { createImitatedFinder } from './lookAlike'
import { useProfile } from './useProfile'
import type { ShownProfile } from './useProfile'

/** The friend whose name a stranger bears, or seems to bear; undefined for friends and oneself (H10). */
export function useImitated(
  userId: MaybeRefOrGetter<UserId | undefined>,
): ComputedRef<ShownProfile | undefined> {
  const kit = useChatKit()
  const contacts = useContactStore(kit.pinia)
  const shown = useProfile(userId)
  const findImitated = createImitatedFinder(kit)
  return computed(() => {
    const id = toValue(userId)
    const isStranger = id !== undefined && id !== kit.userId && !contacts.byId.has(id)
    return isStranger ? findImitated(shown.value) : undefined
  })
}
