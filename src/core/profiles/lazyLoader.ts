import { toChatError } from '../../model'
import type { ChatErrorShape } from '../../model'
import type { Clock } from '../ports'

/** What a lazy loader needs from its surroundings. */
export interface LazyLoaderOptions {
  /** Asks for many ids at once and puts the answer where it belongs. */
  readonly fetch: (ids: readonly string[]) => Promise<void>
  /** How many ids one question may carry. */
  readonly batchSize: number
  /** Gathers and waits by it. */
  readonly clock: Clock
  /** Hears of questions that failed. */
  readonly onError?: (error: ChatErrorShape) => void
}

const GATHER_MS = 10
const RETRY_AFTER_FAILURE_MS = 10_000

/**
 * Asks for each id once, many at a time (G2): ids wanted within a few milliseconds travel together, an id on its way is
 * not asked for again, and after a failure it may be asked for again only some seconds later.
 */
export class LazyLoader {
  private wanted = new Set<string>()
  private readonly underWay = new Set<string>()
  private readonly failedAt = new Map<string, number>()
  private isScheduled = false

  constructor(private readonly options: LazyLoaderOptions) {}

  /** Wants these ids; returns at once. The caller leaves out what it already has. */
  want(ids: readonly string[]): void {
    const now = this.options.clock.now()
    for (const id of ids) {
      if (this.underWay.has(id)) continue
      if (now - (this.failedAt.get(id) ?? -Infinity) < RETRY_AFTER_FAILURE_MS) continue
      this.wanted.add(id)
    }
    if (this.wanted.size === 0 || this.isScheduled) return
    this.isScheduled = true
    this.options.clock.after(GATHER_MS, () => void this.flush())
  }

  private async flush(): Promise<void> {
    this.isScheduled = false
    const ids = [...this.wanted]
    this.wanted = new Set()
    const chunks: string[][] = []
    for (let start = 0; start < ids.length; start += this.options.batchSize) {
      chunks.push(ids.slice(start, start + this.options.batchSize))
    }
    await Promise.all(chunks.map((chunk) => this.load(chunk)))
  }

  private async load(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.underWay.add(id)
    try {
      await this.options.fetch(ids)
      for (const id of ids) this.failedAt.delete(id)
    } catch (thrown) {
      const now = this.options.clock.now()
      for (const id of ids) this.failedAt.set(id, now)
      this.options.onError?.(toChatError(thrown))
    } finally {
      for (const id of ids) this.underWay.delete(id)
    }
  }
}
