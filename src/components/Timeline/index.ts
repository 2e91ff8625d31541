/** The messages of one conversation. */
export { default as TimelineRoot } from './TimelineRoot.vue'
export { default as Timeline } from './Timeline.vue'
