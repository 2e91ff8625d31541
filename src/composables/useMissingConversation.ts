import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ConversationId } from '../model'
import { useConversationStore, useTimelineStore } from '../stores'
import { useChatKit } from './kitContext'

/** True once the backend has said that there is no such conversation, as behind an old link. */
export function useMissingConversation(
  conversationId: MaybeRefOrGetter<ConversationId | null | undefined>,
): ComputedRef<boolean> {
  const kit = useChatKit()
  const conversations = useConversationStore(kit.pinia)
  const timelines = useTimelineStore(kit.pinia)
  return computed(() => {
    const id = toValue(conversationId) ?? undefined
    if (id === undefined || conversations.byId.has(id)) return false
    const timeline = timelines.timelineById.get(id)
    return timeline?.state === 'failed' && timeline.error?.kind === 'not-found'
  })
}
