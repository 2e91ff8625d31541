/** Passing messages on to other conversations. */
export { default as ForwardDialog } from './ForwardDialog.vue'
