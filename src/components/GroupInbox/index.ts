/** Who wants into one's groups, and into which one is invited. */
export { default as GroupInbox } from './GroupInboxRoot.vue'
export { default as ApplicationRow } from './ApplicationRow.vue'
