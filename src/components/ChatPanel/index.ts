/** One conversation: header, timeline, composer. */
export { default as ChatPanel } from './ChatPanelRoot.vue'
