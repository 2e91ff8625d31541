/** Chance that can be repeated: the same seed gives the same numbers. */
export interface Random {
  /** From 0, below 1. */
  next(): number
  /** True in `rate` of all cases; asks for no number where the rate is 0. */
  chance(rate: number): boolean
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number
  /** One of several, which must not be empty. */
  pick<T>(items: readonly T[]): T
}

/** Mulberry32: small and fast. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    chance: (rate) => rate > 0 && next() < rate,
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
  }
}
