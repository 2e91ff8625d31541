/** Looking for messages of a conversation. */
export { default as SearchPanel } from './SearchPanelRoot.vue'
