/** What one writes or speaks into. */
export { default as EntryBox } from './EntryBox.vue'
export { default as SendButton } from './SendButton.vue'
