import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import type { ChatErrorShape, FriendRequest } from '../model'

/** Who asks to be a friend and whom one has asked, and how far that is read. */
export const useFriendRequestStore = defineStore('parley/friendRequests', () => {
  const byId = shallowReactive(new Map<string, FriendRequest>())
  const state = shallowRef<'empty' | 'loading' | 'ready' | 'failed'>('empty')
  const error = shallowRef<ChatErrorShape>()
  /** Events were lost since they were read: they must be read again. */
  const isDoubtful = shallowRef(false)
  /** How many wait for an answer and have not been looked at (H1). */
  const unreadCount = computed(
    () =>
      [...byId.values()].filter(
        ({ direction, state: standing, isRead }) => direction === 'in' && standing === 'pending' && !isRead,
      ).length,
  )
  return { byId, state, error, isDoubtful, unreadCount }
})
