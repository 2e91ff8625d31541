/** Where messages are written. */
export { default as ComposerRoot } from './ComposerRoot.vue'
export { default as Composer } from './Composer.vue'
export { createImeGuard } from './imeGuard'
export type { ImeGuard, ImeKey } from './imeGuard'
