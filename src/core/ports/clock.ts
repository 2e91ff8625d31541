import type { EpochMs, Stop } from '../../model'

/** Time as the engine sees it, so that tests and simulations own it. */
export interface Clock {
  /** The device's time. */
  now(): EpochMs
  /** Runs `work` once, `ms` milliseconds from now (0: as soon as possible); the returned function calls it off. */
  after(ms: number, work: () => void): Stop
}
