/** A long list in which the arrow keys lead from row to row. */
export { moveInList } from './moveInList'
export { default as RovingList } from './RovingList.vue'
export { default as RovingOption } from './RovingOption.vue'
export type { RowPlace } from './useRowMenu'
