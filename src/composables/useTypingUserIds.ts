import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ConversationId, UserId } from '../model'
import { useTypingStore } from '../stores'
import { useChatKit } from './kitContext'

/** The others who type in a conversation right now, in the order they began. */
export function useTypingUserIds(
  conversationId: MaybeRefOrGetter<ConversationId | undefined>,
): ComputedRef<readonly UserId[]> {
  const kit = useChatKit()
  const store = useTypingStore(kit.pinia)
  return computed(() => {
    const id = toValue(conversationId)
    const userIds = id === undefined ? undefined : store.userIdsById.get(id)
    return userIds?.filter((userId) => userId !== kit.userId) ?? []
  })
}
