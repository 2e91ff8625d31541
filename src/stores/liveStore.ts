import { defineStore } from 'pinia'
import { markRaw, shallowReactive } from 'vue'
import type { LiveBuffer, LiveSnapshot } from '../core/live'
import type { ConversationId, GroupId, LiveRoomStanding } from '../model'

/** A live room that is watched. */
export interface WatchedRoom {
  /** Where the user stands in it. */
  readonly standing: LiveRoomStanding
  /** What is shown of it; absent until he is in. */
  readonly snapshot?: LiveSnapshot
  /** How many are there, as the backend counts. */
  readonly onlineCount?: number
}

/** The live rooms that are on screen, and nothing of any other. */
export const useLiveStore = defineStore('parley/live', () => {
  const roomById = shallowReactive(new Map<GroupId, WatchedRoom>())
  /** What comes in, by the conversation it comes in by. */
  const bufferById = markRaw(
    new Map<ConversationId, { readonly groupId: GroupId; readonly buffer: LiveBuffer }>(),
  )
  return { roomById, bufferById }
})
