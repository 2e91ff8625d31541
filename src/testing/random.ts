/** The chance of the faults is that of the core. */
export { createRandom } from '../core/random'
export type { Random } from '../core/random'
