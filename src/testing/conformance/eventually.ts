import type { Stop } from '../../model'
import { BrokenRule } from './ensure'

const FIRST_WAIT_MS = 5
const LONGEST_WAIT_MS = 200

/** What waits for something eventual. */
export interface Patience {
  readonly ms: number
  /** Calls back when it may be worth looking again; what it returns ends that. */
  readonly wake?: ((look: () => void) => Stop) | undefined
}

/**
 * Looks until there is something, and at the latest after `patience.ms` says what did not come. A look that finds a rule
 * broken is repeated as well: what is eventual may be wrong at first.
 */
export async function eventually<T>(
  patience: Patience,
  words: string,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const endsAt = Date.now() + patience.ms
  let waitMs = FIRST_WAIT_MS
  for (;;) {
    const isLast = Date.now() >= endsAt
    const woken = wakeUp(patience, Math.min(waitMs, Math.max(endsAt - Date.now(), 0)))
    let isOver = true
    try {
      const found = await look()
      if (found !== undefined) return found
      if (isLast) throw new BrokenRule(`${words}: not within ${patience.ms} ms`)
      isOver = false
    } catch (error) {
      if (isLast || !(error instanceof BrokenRule)) throw error
      isOver = false
    } finally {
      if (isOver) woken.stop()
    }
    await woken.comes
    woken.stop()
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
}

/** Comes after a while, or when the one who is asked says so. */
function wakeUp({ wake }: Patience, ms: number): { readonly comes: Promise<void>; readonly stop: Stop } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopListening: Stop | undefined
  const comes = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
    stopListening = wake?.(resolve)
  })
  return {
    comes,
    stop() {
      clearTimeout(timer)
      stopListening?.()
    },
  }
}
