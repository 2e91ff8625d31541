import type { Stop } from '../../model'
import type { Timers } from './timers'

const MISSING_MS = 1_000

/** Items that are not in the store: their end, or that they are kept after all, is perhaps still on the line. */
export class MissingItems {
  private readonly stopById = new Map<string, Stop>()

  constructor(
    private readonly timers: Timers,
    /** Nobody has told what became of it. */
    private readonly onLost: (id: string) => void,
  ) {}

  has(id: string): boolean {
    return this.stopById.has(id)
  }

  add(id: string): void {
    const stop = this.timers.after(MISSING_MS, () => {
      this.stopById.delete(id)
      this.onLost(id)
    })
    this.stopById.set(id, stop)
  }

  /** It is heard of again; false where it was not missing. */
  find(id: string): boolean {
    this.stopById.get(id)?.()
    return this.stopById.delete(id)
  }
}
