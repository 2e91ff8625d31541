/** Input methods: which keys are theirs. */
export { createImeGuard } from './imeGuard'
export type { ImeGuard, ImeKey } from './imeGuard'
