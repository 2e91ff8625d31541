import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import { useConversationSummary } from '../../composables'
import type { ConversationId, GroupId } from '../../model'

/**
 * The live room that the open conversation is of; undefined for any other conversation. It stays one when its row goes, as
 * it does for whoever is put out: the room itself says what has happened.
 */
export function useOpenLiveRoom(openId: () => ConversationId | undefined): ComputedRef<GroupId | undefined> {
  const summary = useConversationSummary(openId)
  const room = shallowRef<{ readonly id: ConversationId; readonly groupId: GroupId }>()
  watch(
    summary,
    (known) => {
      if (!known) return
      const { id, kind, groupId } = known
      room.value = kind === 'live' && groupId !== undefined ? { id, groupId } : undefined
    },
    { immediate: true },
  )
  return computed(() => (room.value?.id === openId() ? room.value?.groupId : undefined))
}
