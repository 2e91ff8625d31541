import type { Clock } from '../../../core/ports'
import type { Listener, Stop, TransportEvent } from '../../../model'

/** Tells the listeners what happens, what comes in one burst in one call. */
export interface Emitter {
  emit(...events: readonly TransportEvent[]): void
  /** Tells what waits, and this at once. */
  emitNow(...events: readonly TransportEvent[]): void
  subscribe(listener: Listener): Stop
}

/** Nobody listens yet. */
export function createEmitter(clock: Clock): Emitter {
  const listeners = new Set<Listener>()
  let waiting: TransportEvent[] = []
  let stop: Stop | undefined

  function tell(): void {
    stop?.()
    stop = undefined
    const events = waiting
    waiting = []
    if (events.length === 0) return
    for (const listener of [...listeners]) {
      // One listener that throws must not keep the others from hearing.
      try {
        listener(events)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  return {
    emit(...events) {
      waiting.push(...events)
      stop ??= clock.after(0, tell)
    },
    emitNow(...events) {
      waiting.push(...events)
      tell()
    },
    subscribe(listener) {
      // A wrapper of its own, so that the same function given twice is two subscriptions.
      const own: Listener = (events) => listener(events)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
