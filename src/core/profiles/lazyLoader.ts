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
const FIRST_RETRY_MS = 5_000
const LAST_RETRY_MS = 5 * 60_000

/**
 * Asks for each id once, many at a time (G2): ids wanted within a few milliseconds travel together, an id on its way is
 * not asked for again, and after a failure the loader asks again by itself, later each time.
 */
export class LazyLoader {
  private wanted = new Set<string>()
  private readonly underWay = new Set<string>()
  /** Ids that failed, and how long each waits until it is asked for again. */
  private readonly retryMsById = new Map<string, number>()
  private isScheduled = false

  constructor(private readonly options: LazyLoaderOptions) {}

  /** Wants these ids; returns at once. The caller leaves out what it already has. */
  want(ids: readonly string[]): void {
    for (const id of ids) {
      if (!this.underWay.has(id) && !this.retryMsById.has(id)) this.wanted.add(id)
    }
    this.schedule()
  }

  private schedule(): void {
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
      for (const id of ids) this.retryMsById.delete(id)
    } catch (thrown) {
      this.retryLater(ids)
      this.options.onError?.(toChatError(thrown))
    } finally {
      for (const id of ids) this.underWay.delete(id)
    }
  }

  private retryLater(ids: readonly string[]): void {
    const longest = Math.max(...ids.map((id) => this.retryMsById.get(id) ?? 0))
    const retryMs = longest === 0 ? FIRST_RETRY_MS : Math.min(longest * 2, LAST_RETRY_MS)
    for (const id of ids) this.retryMsById.set(id, retryMs)
    this.options.clock.after(retryMs, () => {
      for (const id of ids) this.wanted.add(id)
      this.schedule()
    })
  }
}
