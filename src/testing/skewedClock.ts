import type { Clock } from '../core/ports'

/** A device whose clock is wrong: `ms` ahead of the given one, or behind it where `ms` is negative. */
export function skewedClock(clock: Clock, ms: number): Clock {
  return { now: () => clock.now() + ms, after: (delayMs, work) => clock.after(delayMs, work) }
}
