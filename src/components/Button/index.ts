/** Things to press. */
export { default as IconButton } from './IconButton.vue'
export { default as TextButton } from './TextButton.vue'
