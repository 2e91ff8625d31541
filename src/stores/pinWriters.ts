import type { Pinia } from 'pinia'
import type { ConversationId, Message, MessageChange } from '../model'
import { usePinStore } from './pinStore'

/** What changes the pins. */
export function pinWriters(pinia: Pinia) {
  const store = usePinStore(pinia)
  return {
    listPins(id: ConversationId, messages: readonly Message[]): void {
      store.messagesById.set(
        id,
        messages.filter(({ conversationId }) => conversationId === id),
      )
    },
    /** A pin that comes or goes, and one that is changed, makes what is listed old. */
    notePinChange({ kind, ref }: MessageChange): void {
      const { conversationId, keys } = ref
      const isPinned = store.messagesById
        .get(conversationId)
        ?.some((message) => message.keys.some((key) => keys.includes(key)))
      const isTold = kind === 'edited' || kind === 'recalled' || kind === 'removed'
      if (kind !== 'pinned' && !(isTold && isPinned)) return
      store.revisionById.set(conversationId, (store.revisionById.get(conversationId) ?? 0) + 1)
    },
  }
}
