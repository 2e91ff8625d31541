import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ConversationId, UserId } from '../model'

/** Who types right now, in the order they began. */
export const useTypingStore = defineStore('parley/typing', () => {
  const userIdsById = shallowReactive(new Map<ConversationId, readonly UserId[]>())
  return { userIdsById }
})
