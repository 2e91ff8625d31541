/** Input methods: which keys are theirs. */
export { createImeGuard } from './imeGuard'
