/** Looking for messages of a conversation. */
export { default as SearchPanel } from './SearchPanelRoot.vue'
/** Words of a message with what was looked for lit up. */
export { default as FoundWords } from './FoundWords.vue'
