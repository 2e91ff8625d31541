/** Asking no more often than the backend allows: by waiting, not by failing. */
export { pacedTransport } from './pacedTransport'
export { createPacer } from './pacer'
export type { PaceRule } from './pacer'
