import type { Clock } from '../core/ports'
import type { Stop } from '../model'

/** A page that is not drawn gets no frames, and a machine that is no browser has none: then this is soon enough. */
const WITHOUT_FRAMES_MS = 250

/** Runs `work` once, with the next frame that is drawn, however often it is asked for until then. */
export function createFramePace(clock: Clock, work: () => void): { ask(): void; stop(): void } {
  let pending: Stop | undefined

  function run(): void {
    stop()
    work()
  }
  function stop(): void {
    pending?.()
    pending = undefined
  }
  return {
    ask() {
      if (pending) return
      const hasFrames = typeof requestAnimationFrame === 'function'
      const frame = hasFrames ? requestAnimationFrame(run) : undefined
      const stopTimer = clock.after(WITHOUT_FRAMES_MS, run)
      pending = () => {
        if (frame !== undefined) cancelAnimationFrame(frame)
        stopTimer()
      }
    },
    stop,
  }
}
