import { catalogueError } from '../errors'
import type { ChatError } from '../../model'
import type { EpochMs } from '../../model'
import type { Clock } from '../ports'

/** The server's time, as far as it was measured (A7). */
export interface ServerClock {
  /** Takes a measurement in; one that cannot be is passed over, and false says so. */
  measured(offsetMs: number, errorMs: number): boolean
  /** Server clock minus device clock; 0 until something was measured. */
  offsetMs(): number
  /** The time at the server. */
  serverNow(): EpochMs
  /** What to tell the person whose clock is so wrong that secure connections fail. */
  skewError(): ChatError | undefined
}

const MOST_OFFSET_MS = 10 * 365.25 * 86_400_000
const TOO_SKEWED_MS = 86_400_000
/** Few, so that a device clock that is set right is soon believed. */
const KEPT = 8
/** Measurements this much worse than the best still count, so that one lucky freak does not decide alone. */
const TOLERATED_ERROR_MS = 20

/** A server clock that knows nothing yet. */
export function createServerClock(clock: Pick<Clock, 'now'>): ServerClock {
  let samples: readonly { readonly offsetMs: number; readonly errorMs: number }[] = []

  function offsetMs(): number {
    const least = Math.min(...samples.map(({ errorMs }) => errorMs))
    const good = samples
      .filter(({ errorMs }) => errorMs <= least + TOLERATED_ERROR_MS)
      .map((sample) => sample.offsetMs)
      .sort((a, b) => a - b)
    return good[(good.length - 1) >> 1] ?? 0
  }

  return {
    measured(offset, errorMs) {
      const isSound =
        Number.isFinite(offset) &&
        Math.abs(offset) <= MOST_OFFSET_MS &&
        Number.isFinite(errorMs) &&
        errorMs >= 0
      if (isSound) samples = [...samples, { offsetMs: offset, errorMs }].slice(-KEPT)
      return isSound
    },
    offsetMs,
    serverNow: () => clock.now() + offsetMs(),
    skewError: () =>
      Math.abs(offsetMs()) > TOO_SKEWED_MS ? catalogueError('parley', 'clock-skewed') : undefined,
  }
}
