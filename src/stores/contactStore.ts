import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import type { ChatErrorShape, Contact, UserId } from '../model'

/** Friends and the blocklist, and how far they are read. */
export const useContactStore = defineStore('parley/contacts', () => {
  const byId = shallowReactive(new Map<UserId, Contact>())
  const blockedIds = shallowReactive(new Set<UserId>())
  const state = shallowRef<'empty' | 'loading' | 'ready' | 'failed'>('empty')
  const error = shallowRef<ChatErrorShape>()
  /** Events were lost since the list was read: it must be read again. */
  const isDoubtful = shallowRef(false)
  return { byId, blockedIds, state, error, isDoubtful }
})
