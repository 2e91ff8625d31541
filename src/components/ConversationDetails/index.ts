/** What is known of a conversation beside its messages. */
export { default as ConversationDetails } from './ConversationDetailsRoot.vue'
