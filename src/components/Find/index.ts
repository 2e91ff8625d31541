/** Looking for somebody or something by typing, and what came of it. */
export { default as FindFrame } from './FindFrame.vue'
