/** What stands where there is nothing to show. */
export { default as EmptyState } from './EmptyState.vue'
