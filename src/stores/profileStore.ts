import { defineStore } from 'pinia'
import { markRaw, shallowReactive } from 'vue'
import type { EpochMs, Profile, UserId } from '../model'

/** Who people are. */
export const useProfileStore = defineStore('parley/profiles', () => {
  const byId = shallowReactive(new Map<UserId, Profile>())
  /** Ids their owner says do not exist: not asked for again soon (G3). What was known of them before stays. */
  const missingIds = shallowReactive(new Set<UserId>())
  /** When each was last read from its owner, on the device's clock (G4); what only came by event is not here. */
  const heardAtById = markRaw(new Map<UserId, EpochMs>())
  return { byId, missingIds, heardAtById }
})
