/** Where messages are written. */
export { default as ComposerRoot } from './ComposerRoot.vue'
export { default as Composer } from './Composer.vue'
