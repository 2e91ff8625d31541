/** What all screens that are a list have in common: the frame with its heading, and what stands there while nothing can be listed. */
export { default as ListBody } from './ListBody.vue'
export { default as ListScreen } from './ListScreen.vue'
export { listStateOf, LIST_STATES } from './listState'
