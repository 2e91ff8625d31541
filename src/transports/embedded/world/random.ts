import { createRandom } from '../../../core/random'
import type { Random } from '../../../core/random'

/** Chance for a world: the same seed always tells the same story. */
export interface WorldRandom extends Random {
  /** The same elements in another order. */
  shuffle<T>(list: readonly T[]): T[]
  /** A generator of its own for one topic, so that a longer text in one place does not change another. */
  fork(label: string): WorldRandom
}

/** Makes the generator that belongs to a seed. */
export function createWorldRandom(seed: number): WorldRandom {
  const random = createRandom(seed)
  return {
    ...random,
    shuffle<T>(list: readonly T[]): T[] {
      const order = list.map((item) => ({ item, rank: random.next() }))
      return order.sort((one, other) => one.rank - other.rank).map((entry) => entry.item)
    },
    fork: (label) => createWorldRandom(hash(label, seed)),
  }
}

/** FNV-1a over the UTF-16 units, started from the seed. */
function hash(label: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0
  for (let at = 0; at < label.length; at++) value = Math.imul(value ^ label.charCodeAt(at), 0x01000193) >>> 0
  return value
}
