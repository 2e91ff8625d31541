import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import { EMPTY_DRAFT } from '../model'
import type { ChatErrorShape, Conversation, ConversationId, Draft } from '../model'
import { createConversationOrder } from './conversationOrder'

/** The conversations as last known, and how far the list is read. */
export const useConversationStore = defineStore('parley/conversations', () => {
  const byId = shallowReactive(new Map<ConversationId, Conversation>())
  const state = shallowRef<'empty' | 'loading' | 'ready' | 'failed'>('empty')
  const error = shallowRef<ChatErrorShape>()
  /** Events were lost since the list was read: it must be read again. */
  const isDoubtful = shallowRef(false)
  const draftById = shallowReactive(new Map<ConversationId, Draft>())

  /** Pinned on this machine alone, for no backend keeps it (F2). */
  const pinnedHereIds = shallowReactive(new Set<ConversationId>())

  /** What is written here and not sent: on this device, else what the backend keeps (F7). */
  function draftOf(id: ConversationId): Draft {
    return draftById.get(id) ?? { ...EMPTY_DRAFT, text: byId.get(id)?.draft ?? '' }
  }

  const order = createConversationOrder()
  return { byId, state, error, isDoubtful, draftById, draftOf, pinnedHereIds, order }
})
