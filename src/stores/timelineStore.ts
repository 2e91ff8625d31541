import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { Timeline } from '../core/timeline'
import type { ConversationId } from '../model'

/** One timeline a conversation: immutable and bounded, replaced on change. */
export const useTimelineStore = defineStore('parley/timelines', () => {
  const timelineById = shallowReactive(new Map<ConversationId, Timeline>())
  return { timelineById }
})
