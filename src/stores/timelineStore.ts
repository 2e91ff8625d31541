import { defineStore } from 'pinia'
import { markRaw, shallowReactive } from 'vue'
import type { Timeline } from '../core/timeline'
import type { ConversationId } from '../model'

/**
 * One timeline a conversation. A timeline changes in place, so that taking in a message costs the same however long the
 * history is; its revision grows with each change, and that is what readers watch.
 */
export const useTimelineStore = defineStore('parley/timelines', () => {
  const timelineById = markRaw(new Map<ConversationId, Timeline>())
  const revisionById = shallowReactive(new Map<ConversationId, number>())

  /** The timeline, watched: whoever reads it in an effect runs again when it changes. */
  function watched(id: ConversationId): Timeline | undefined {
    revisionById.get(id)
    return timelineById.get(id)
  }
  return { revisionById, watched, timelineById }
})
