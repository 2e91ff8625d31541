import type { Clock } from '../../src/core/ports'

/** Time that passes only when everything that can happen now has happened. */
export interface VirtualClock extends Clock {
  /** Runs what falls due within `ms`, in order, and all that follows from it. */
  advance(ms: number): Promise<void>
  /** Lets everything happen that waits on nothing but its turn. */
  settle(): Promise<void>
  /** How many timers wait. */
  waiting(): number
}

/** As many turns of the event loop as the longest chain of storage steps in memory needs between two timers. */
const TURNS = 6

/**
 * Starts at 2026-11-20T12:00:00Z unless told otherwise. Timers of one moment run in the order they were set. While
 * `isBusy` something is at work that takes more turns than memory does, so no time passes.
 */
export function createVirtualClock(
  startAt = Date.UTC(2026, 10, 20, 12),
  isBusy: () => boolean = () => false,
): VirtualClock {
  let now = startAt
  let count = 0
  const timers = new Map<number, { readonly dueAt: number; readonly work: () => void }>()

  function nextDue(endAt: number): number | undefined {
    let next: { id: number; dueAt: number } | undefined
    for (const [id, { dueAt }] of timers) {
      if (dueAt <= endAt && (!next || dueAt < next.dueAt)) next = { id, dueAt }
    }
    return next?.id
  }

  async function settle(): Promise<void> {
    // Each turn of the event loop first runs every promise that is due.
    for (let turn = 0; turn < TURNS; turn++) {
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (isBusy()) turn = 0
    }
  }

  return {
    now: () => now,
    after(ms, work) {
      const id = (count += 1)
      timers.set(id, { dueAt: now + Math.max(ms, 0), work })
      return () => void timers.delete(id)
    },
    async advance(ms) {
      const endAt = now + ms
      for (;;) {
        await settle()
        const id = nextDue(endAt)
        const timer = id === undefined ? undefined : timers.get(id)
        if (id === undefined || !timer) break
        timers.delete(id)
        now = Math.max(now, timer.dueAt)
        timer.work()
      }
      now = endAt
    },
    settle,
    waiting: () => timers.size,
  }
}
