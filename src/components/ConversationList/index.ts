/** The list of conversations. */
export { isListed } from './conversationFilter'
export { default as ConversationList } from './ConversationListRoot.vue'
export { default as ConversationRow } from './ConversationRow.vue'
export type { ConversationFold } from './foldList'
