import type { ConversationId, MessageRef } from '../model'
import { useChatKit, type ChatKitContext } from './kitContext'

/** Where somebody has stopped reading: a row, and how far below the top of what is seen it begins. */
export interface KeptPlace {
  readonly key: string
  readonly message: MessageRef
  readonly topPx: number
}

const placesByKit = new WeakMap<ChatKitContext, Map<ConversationId, KeptPlace>>()

/** Where the reader stood in each conversation when he left it, while the page lives; at the end he has no place. */
export function useReadPlaces(): {
  readonly read: (conversationId: ConversationId) => KeptPlace | undefined
  readonly keep: (conversationId: ConversationId, place: KeptPlace | undefined) => void
} {
  const kit = useChatKit()
  const places = placesByKit.get(kit) ?? new Map<ConversationId, KeptPlace>()
  placesByKit.set(kit, places)
  return {
    read: (conversationId) => places.get(conversationId),
    keep(conversationId, place) {
      if (place) places.set(conversationId, place)
      else places.delete(conversationId)
    },
  }
}
