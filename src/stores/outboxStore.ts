import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { OutboxItem } from '../model'

/** What is on its way out, whichever tab gave it: messages and every other command that has not ended. */
export const useOutboxStore = defineStore('parley/outbox', () => {
  /** In the order given. */
  const itemById = shallowReactive(new Map<string, OutboxItem>())
  return { itemById }
})
