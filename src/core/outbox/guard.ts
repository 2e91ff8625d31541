import { toChatError } from '../../model'
import type { ChatErrorShape } from '../../model'

/** Stands around what is given to the outbox: what throws there is told, and harms nothing else. */
export class Guard {
  constructor(private readonly onFault: ((error: ChatErrorShape) => void) | undefined) {}

  run<T>(work: () => T): T | undefined {
    try {
      return work()
    } catch (thrown) {
      this.tell(thrown)
      return undefined
    }
  }

  /** Sees to it that a failure of what nobody waits for is heard of. */
  behind(work: Promise<unknown>): void {
    work.catch((thrown: unknown) => this.tell(thrown))
  }

  private tell(thrown: unknown): void {
    try {
      this.onFault?.(toChatError(thrown))
    } catch {
      // Nobody is left who could be told.
    }
  }
}
