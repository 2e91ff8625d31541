import type { Clock } from '../core/ports'
import type { Stop } from '../model'

/** How long the next telling waits at first; twice as long each time, while there is more and more to tell. */
const FIRST_DISTANCE_MS = 2_000
const LAST_DISTANCE_MS = 16_000

/** Tellings of which only the last counts, with growing pauses between them. */
export interface ReadPace {
  /** Tells at once where nothing was told of late, else when the pause is over. */
  tell(work: () => void): void
  /** Tells what waits. */
  hurry(): void
}

/**
 * A reader of a busy conversation reads something new all the time: telling each step of it would keep the network and the
 * disk of every page busy with what is outdated a moment later.
 */
export function createReadPace(clock: Clock): ReadPace {
  let waiting: (() => void) | undefined
  let stopTimer: Stop = () => {}
  let distanceMs = FIRST_DISTANCE_MS
  let isPausing = false

  function go(work: () => void): void {
    waiting = undefined
    isPausing = true
    stopTimer()
    stopTimer = clock.after(distanceMs, () => {
      isPausing = false
      if (!waiting) {
        distanceMs = FIRST_DISTANCE_MS
        return
      }
      distanceMs = Math.min(distanceMs * 2, LAST_DISTANCE_MS)
      go(waiting)
    })
    work()
  }

  return {
    tell(work) {
      if (isPausing) waiting = work
      else go(work)
    },
    hurry() {
      if (waiting) go(waiting)
    },
  }
}
