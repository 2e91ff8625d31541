import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Presence, UserId } from '../model'

/** Who is there, as far as the backend tells (H8). */
export const usePresenceStore = defineStore('parley/presences', () => {
  const byId = shallowReactive(new Map<UserId, Presence>())
  return { byId }
})
