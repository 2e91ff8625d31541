import type { Clock } from '../../../core/ports'
import type { ChatErrorShape } from '../../../model'

/** Calls that wait for something to come about. */
export interface Waiters<T> {
  wait(limitMs: number, onLate: () => ChatErrorShape): Promise<T>
  resolve(value: T): void
  reject(error: ChatErrorShape): void
}

/** Nobody waits yet. */
export function createWaiters<T>(clock: Clock): Waiters<T> {
  interface Waiter {
    resolve(value: T): void
    reject(error: ChatErrorShape): void
  }
  const waiters = new Set<Waiter>()

  return {
    wait: (limitMs, onLate) =>
      new Promise((resolve, reject) => {
        const waiter: Waiter = {
          resolve(value) {
            leave()
            resolve(value)
          },
          reject(error) {
            leave()
            reject(error)
          },
        }
        const stop = clock.after(limitMs, () => waiter.reject(onLate()))
        const leave = () => {
          stop()
          waiters.delete(waiter)
        }
        waiters.add(waiter)
      }),
    resolve: (value) => [...waiters].forEach((waiter) => waiter.resolve(value)),
    reject: (error) => [...waiters].forEach((waiter) => waiter.reject(error)),
  }
}
