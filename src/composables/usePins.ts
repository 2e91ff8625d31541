import { computed, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { refOf } from '../model'
import type { ConversationId, Message } from '../model'
import { usePinStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** What is pinned in a conversation (E9). */
export interface PinsView {
  /** The newest pin first. */
  readonly messages: ComputedRef<readonly Message[]>
  canUnpin(message: Message): boolean
  /** @throws ChatError where it may not be. */
  unpin(message: Message): Promise<void>
}

/** The pins of a conversation, read when it opens and whenever one comes or goes. */
export function usePins(conversationId: MaybeRefOrGetter<ConversationId>): PinsView {
  const kit = useChatKit()
  const pins = usePinStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const id = computed(() => toValue(conversationId))

  watch(
    () => [id.value, session.session.state === 'online', pins.revisionById.get(id.value)] as const,
    ([, isOnline]) => {
      if (!isOnline || typeof kit.can('messages.pinned', { conversationId: id.value }) === 'object') return
      // What cannot be read is not shown; the messages stand in the timeline all the same.
      kit.dispatch({ type: 'loadPins', conversationId: id.value }).catch(() => {})
    },
    { immediate: true },
  )
  return {
    messages: computed(() => pins.messagesById.get(id.value) ?? []),
    canUnpin: (message) =>
      typeof kit.can('messages.setPinned', { conversationId: id.value, message }) === 'string',
    unpin: (message) => kit.dispatch({ type: 'setMessagePinned', ref: refOf(message), isPinned: false }),
  }
}
