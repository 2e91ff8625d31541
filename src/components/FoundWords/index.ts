/** Words of a message with what was looked for lit up. */
export { default as FoundWords } from './FoundWords.vue'
