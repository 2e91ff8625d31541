import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ConversationId, Message } from '../model'

/** What is pinned in the conversations that were asked for (E9). */
export const usePinStore = defineStore('parley/pins', () => {
  /** The newest pin first. */
  const messagesById = shallowReactive(new Map<ConversationId, readonly Message[]>())
  /** Grows when something was pinned, unpinned or changed, so that what is listed is old. */
  const revisionById = shallowReactive(new Map<ConversationId, number>())
  return { messagesById, revisionById }
})
