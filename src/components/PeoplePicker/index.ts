/** Choosing several people at once, and saying what became of each. */
export { default as PeoplePicker } from './PeoplePicker.vue'
export { default as BatchResults } from './BatchResults.vue'
