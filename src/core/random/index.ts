/** Chance that can be repeated, for worlds and for faults. */
export { createRandom } from './random'
export type { Random } from './random'
