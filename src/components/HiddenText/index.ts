/** Words for those who listen. */
export { default as HiddenText } from './HiddenText.vue'
