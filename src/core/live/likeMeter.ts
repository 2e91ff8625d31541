/** Likes are told together, this long after the first that was not told yet (J3: every 3 to 5 s). */
export const LIKES_TOLD_AFTER_MS = 4_000

/** Gathers one's own likes, so that a hundred taps are one message. */
export class LikeMeter {
  private pending = 0

  /** One tap; true where the first of a new gathering: somebody has to come for it. */
  tap(): boolean {
    this.pending += 1
    return this.pending === 1
  }

  /** What is to be told now. */
  take(): number {
    const count = this.pending
    this.pending = 0
    return count
  }

  /** What could not be told goes with the next. */
  giveBack(count: number): void {
    this.pending += count
  }
}
