import type { Clock } from '../../../core/ports'
import type { Stop } from '../../../model'

const QUIET_MS = 30_000
const ANSWER_WITHIN_MS = 15_000
const QUICK_ANSWER_WITHIN_MS = 5_000

/** Finds out when a socket is dead, which the machine may not tell for minutes. */
export interface Heartbeat {
  start(): void
  stop(): void
  /** Something has come in. */
  heard(): void
  /** There is reason to doubt: asks at once. */
  check(): void
}

/** `ping` makes the other end say something; `onDead` hears, once, that it said nothing. */
export function createHeartbeat(clock: Clock, ping: () => void, onDead: () => void): Heartbeat {
  let heardAt = 0
  let stopWaiting: Stop | undefined

  function rest(): void {
    stopWaiting?.()
    stopWaiting = clock.after(QUIET_MS, () => {
      if (clock.now() - heardAt < QUIET_MS) rest()
      else ask(ANSWER_WITHIN_MS)
    })
  }

  function ask(withinMs: number): void {
    const askedAt = clock.now()
    stopWaiting?.()
    stopWaiting = clock.after(withinMs, () => {
      if (heardAt >= askedAt) return rest()
      stopWaiting = undefined
      onDead()
    })
    ping()
  }

  return {
    start() {
      heardAt = clock.now()
      rest()
    },
    stop() {
      stopWaiting?.()
      stopWaiting = undefined
    },
    heard: () => void (heardAt = clock.now()),
    check() {
      if (stopWaiting) ask(QUICK_ANSWER_WITHIN_MS)
    },
  }
}
