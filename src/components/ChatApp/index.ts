/** Everything laid out: three panes, two, or one. */
export { default as ChatApp } from './ChatApp.vue'
