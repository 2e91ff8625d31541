/** What one sets of a conversation, and the way to empty it. */
export { default as ClearMessages } from './ClearMessages.vue'
export { default as ConversationSettings } from './ConversationSettings.vue'
