/** A long list in which the arrow keys lead from row to row. */
export { default as RovingList } from './RovingList.vue'
