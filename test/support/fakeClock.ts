import type { Clock } from '../../src/core/ports'

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order; lets promises settle between. */
  advance(ms: number): Promise<void>
}

/** Starts at 2026-11-20T12:00:00Z unless told otherwise. */
export function createFakeClock(startAt = Date.UTC(2026, 10, 20, 12)): FakeClock {
  let now = startAt
  let timers: { dueAt: number; work: () => void }[] = []
  return {
    now: () => now,
    after(ms, work) {
      const timer = { dueAt: now + ms, work }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(ms) {
      const endAt = now + ms
      for (;;) {
        await settle()
        const next = timers.filter(({ dueAt }) => dueAt <= endAt).sort((a, b) => a.dueAt - b.dueAt)[0]
        if (!next) break
        timers = timers.filter((other) => other !== next)
        now = Math.max(now, next.dueAt)
        next.work()
      }
      now = endAt
    },
  }
}

/** Lets everything that waits on settled promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 400; turn++) await Promise.resolve()
}
