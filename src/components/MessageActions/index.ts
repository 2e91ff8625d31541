/** What can be done with messages: a menu, tools, reactions, and choosing several. */
export { provideActions, useActions } from './actionContext'
export { default as MessageToolbar } from './MessageToolbar.vue'
export { default as ReactionRow } from './ReactionRow.vue'
export { default as SelectionBar } from './SelectionBar.vue'
