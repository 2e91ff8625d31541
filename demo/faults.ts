import type { Clock } from 'vue-parley/core'
import type { Faults } from 'vue-parley/testing'

/** How bad each fault is when it is wished for: enough to be seen, and one still gets to talk. */
const rates = {
  latency: { min: 20, max: 250 },
  loss: 0.04,
  duplicate: 0.08,
  reorder: 0.08,
  disconnect: 0.03,
  hang: 0.02,
  refuse: 0.06,
  pages: 0.05,
} satisfies Partial<Faults>

/** Something that may go wrong on wish. */
export type FaultWish = keyof typeof rates

/** Everything that may go wrong. */
export const allFaults = Object.keys(rates) as FaultWish[]

const clock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

/** The faults an address wishes for: `?faults=loss,hang`. */
export function readFaults(asked: URLSearchParams): readonly FaultWish[] {
  const wished = asked.get('faults')?.split(',') ?? []
  return allFaults.filter((fault) => wished.includes(fault))
}

/** What to give `withFaults`; `?seed=7` in the address makes the same chance again. */
export function faultsOf(wishes: readonly FaultWish[]): Faults {
  const seed = Number(new URLSearchParams(location.search).get('seed') ?? NaN)
  return {
    seed: Number.isFinite(seed) ? seed : Date.now(),
    clock,
    ...Object.fromEntries(wishes.map((wish) => [wish, rates[wish]])),
  }
}
