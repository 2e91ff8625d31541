import type { Clock } from '../core/ports'
import type { Stop } from '../model'

/** A clock whose timers can all be called off at once. */
export interface LeashedClock extends Clock {
  /** Calls off whatever waits, and lets nothing wait any more. */
  stopAll(): void
}

/** Puts a clock on a leash, so that a kit that ends leaves no timer behind. */
export function leash(clock: Clock): LeashedClock {
  const stops = new Set<Stop>()
  let isEnded = false
  return {
    now: () => clock.now(),
    after(ms, work) {
      if (isEnded) return () => {}
      const stop = clock.after(ms, () => {
        stops.delete(callOff)
        work()
      })
      function callOff(): void {
        stops.delete(callOff)
        stop()
      }
      stops.add(callOff)
      return callOff
    },
    stopAll() {
      isEnded = true
      for (const stop of stops) stop()
    },
  }
}
