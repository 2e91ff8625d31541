/** A small seeded generator (mulberry32): the same seed always tells the same story. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  /** One element of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** The same elements in another order. */
  shuffle<T>(list: readonly T[]): T[]
  /** A generator of its own for one topic, so that a longer text in one place does not change another. */
  fork(label: string): Random
}

/** Makes the generator that belongs to a seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const chosen = list[Math.floor(next() * list.length)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    shuffle<T>(list: readonly T[]): T[] {
      const order = list.map((item) => ({ item, rank: next() }))
      return order.sort((one, other) => one.rank - other.rank).map((entry) => entry.item)
    },
    fork: (label) => createRandom(hash(label, seed)),
  }
}

/** FNV-1a over the UTF-16 units, started from the seed. */
function hash(label: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0
  for (let at = 0; at < label.length; at++) value = Math.imul(value ^ label.charCodeAt(at), 0x01000193) >>> 0
  return value
}
