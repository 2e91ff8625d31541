import type { EpochMs } from '../../model'

/** Lets through so many a second; what a quiet while has saved is there for the next burst, a second's worth at the most. */
export class Allowance {
  private readonly perSecond: number
  private saved: number
  private at: EpochMs | undefined

  constructor(perSecond: number) {
    this.perSecond = perSecond
    this.saved = perSecond
  }

  /** How many may pass now. */
  room(now: EpochMs): number {
    // A clock that is set back must not stop everything.
    const passedMs = this.at === undefined ? 0 : Math.max(0, now - this.at)
    this.at = now
    this.saved = Math.min(this.perSecond, this.saved + (passedMs / 1000) * this.perSecond)
    return Math.floor(this.saved)
  }

  /** So many have passed; those that had to pass without room leave less for the others, down to none. */
  use(count: number): void {
    this.saved = Math.max(0, this.saved - count)
  }
}
