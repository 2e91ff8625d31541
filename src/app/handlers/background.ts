import { watch } from 'vue'
import { toChatError } from '../../model'
import type { ErrorKind } from '../../model'
import { useSessionStore } from '../../stores'
import type { HandlerContext } from './context'

/** How long to wait before what failed is tried again. */
const PAUSES_MS = [2_000, 10_000]
/** What calls fail with that are under way when the line ends. */
const OF_THE_LINE: readonly ErrorKind[] = ['signed-out', 'offline', 'timeout']

/** Work that nobody waits for. */
export interface Background {
  isOnline(): boolean
  /** Logs what failed; what the end of the line cut off is no failure. */
  warn(what: string, thrown: unknown): void
  /**
   * Tries it a few times, where it may come good later; what the end of the line cut off is tried when there is one again.
   * Never rejects; `what` failed goes to the log.
   */
  persist(what: string, work: () => Promise<void>): Promise<void>
}

/** Whatever a kit reads in its own time, through interruptions (A6). */
export function createBackground({ pinia, clock, logger, line }: HandlerContext): Background {
  const session = useSessionStore(pinia)
  const isOnline = () => session.session.state === 'online'

  function online(): Promise<void> {
    return new Promise((resolve) => {
      const stop = watch(
        isOnline,
        (isThere) => {
          if (!isThere) return
          // The watcher may run before `stop` is there, so it ends a moment later.
          queueMicrotask(() => stop())
          resolve()
        },
        { immediate: true, flush: 'sync' },
      )
    })
  }

  function warn(what: string, thrown: unknown, isCutOff = !isOnline()): void {
    const error = toChatError(thrown)
    if (!isCutOff || !OF_THE_LINE.includes(error.kind)) logger.warn(what, error)
  }

  async function persist(what: string, work: () => Promise<void>): Promise<void> {
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      const begunOn = line()
      try {
        return await work()
      } catch (thrown) {
        // The next line may be there before what the last one cut off is told.
        const isCutOff = !isOnline() || line() !== begunOn
        warn(what, thrown, isCutOff)
        // A question that ends the line each time must not be asked for ever.
        if (pauseMs === undefined || !(isCutOff || toChatError(thrown).retry === 'later')) return
        if (isCutOff) await online()
        else await new Promise<void>((resolve) => clock.after(pauseMs, resolve))
      }
    }
  }

  return { isOnline, warn, persist }
}
