/** Messages that did not leave, told together. */
export { default as UnsentRoot } from './UnsentRoot.vue'
