import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Contact, Profile, UserId } from '../model'

/** Who people are. */
export const useProfileStore = defineStore('parley/profiles', () => {
  const byId = shallowReactive(new Map<UserId, Profile>())
  /** Ids the backend says do not exist: not asked for again (G3). */
  const missingIds = shallowReactive(new Set<UserId>())
  const contactById = shallowReactive(new Map<UserId, Contact>())
  return { byId, missingIds, contactById }
})
