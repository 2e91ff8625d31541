/** What is pinned in a conversation. */
export { default as PinsBar } from './PinsBar.vue'
