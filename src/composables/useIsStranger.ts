import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { UserId } from '../model'
import { useContactStore, useGroupStore } from '../stores'
import { useChatKit } from './kitContext'

/** Whether a user is neither oneself nor a contact, as far as is known here. */
export function useIsStranger(userId: MaybeRefOrGetter<UserId>): ComputedRef<boolean> {
  const kit = useChatKit()
  return computed(() => {
    const id = toValue(userId)
    return id !== kit.userId && !useContactStore(kit.pinia).byId.has(id)
  })
}

/** Tells of any user whether nothing ties him to oneself: no contact, and in no group whose members are known here. */
export function useStrangerTest(): (userId: UserId) => boolean {
  const kit = useChatKit()
  const contacts = useContactStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  return (id) =>
    id !== kit.userId &&
    !contacts.byId.has(id) &&
    ![...groups.membersById.values()].some(({ byId }) => byId.has(id))
}
