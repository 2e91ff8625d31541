import type { ConversationId } from '../model'
import { useConversationStore } from '../stores'
import { isOffered } from './abilities'
import type { ChatKitContext } from './kitContext'

/** Pins of conversations, wherever they are kept. */
export interface Pinning {
  /** The backend keeps no pins: those made from now on stay on this device (F2). */
  isOnlyHere(): boolean
  /** Pins it or takes the pin away. @throws ChatError where the backend refuses. */
  set(id: ConversationId, isPinned: boolean): Promise<void>
}

/** How a kit pins: through its backend, else on this device. */
export function createPinning(kit: ChatKitContext): Pinning {
  const store = useConversationStore(kit.pinia)
  const isOnlyHere = () => !isOffered(kit, 'conversations.setPinned')

  return {
    isOnlyHere,
    async set(conversationId, isPinned) {
      const isKept = !isOnlyHere()
      // A pin of a time when the backend kept none goes with the one the backend keeps.
      if (!isKept || (!isPinned && store.pinnedHereIds.has(conversationId))) {
        await kit.dispatch({ type: 'pinHere', conversationId, isPinned })
      }
      if (isKept) await kit.dispatch({ type: 'setConversationPinned', conversationId, isPinned })
    },
  }
}
