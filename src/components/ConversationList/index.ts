/** The list of conversations. */
export { default as ConversationList } from './ConversationListRoot.vue'
export { default as ConversationRow } from './ConversationRow.vue'
