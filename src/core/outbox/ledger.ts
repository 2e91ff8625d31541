import { catalogueError } from '../errors'
import { ChatError } from '../../model'
import type { OutboxItem } from '../../model'
import { inLeavingOrder } from './itemOrder'
import type { CommandEnding, OutboxNews } from './outboxLine'

/** What a ledger tells others. */
export interface LedgerOptions {
  /** An item is new, or not as it was. */
  onChanged(item: OutboxItem, isFromOtherTab: boolean): void
  /** An item is gone for good. */
  onEnded(item: OutboxItem, ending: CommandEnding, isFromOtherTab: boolean): void
  /** Tells the other tabs. */
  post(news: OutboxNews): void
}

type Waiter = { resolve(result: unknown): void; reject(error: ChatError): void }

const REMEMBERED_ENDINGS = 1_000

/**
 * What this tab knows of the outbox, and who waits for what. The store holds the truth; whoever acts on an item asks
 * the store first. What has ended never comes back.
 */
export class Ledger {
  private itemById = new Map<string, OutboxItem>()
  private readonly endingById = new Map<string, CommandEnding>()
  private readonly waitersById = new Map<string, Waiter[]>()
  /** What nobody is told of yet: a tab that dies now could take it with it. */
  private readonly unkept = new Set<string>()

  constructor(private readonly options: LedgerOptions) {}

  /** How many have not ended. */
  get size(): number {
    return this.itemById.size
  }

  get(id: string): OutboxItem | undefined {
    return this.itemById.get(id)
  }

  hasEnded(id: string): boolean {
    return this.endingById.has(id)
  }

  /** All that have not ended, in the order they leave. */
  items(): readonly OutboxItem[] {
    return inLeavingOrder(this.itemById.values())
  }

  /** Takes over what the store holds, in its order; gives the ids of what this tab knows and the store does not. */
  load(stored: readonly OutboxItem[]): readonly string[] {
    const before = this.itemById
    const fresh = stored.filter(({ id }) => !this.endingById.has(id))
    this.itemById = new Map(fresh.map((item) => [item.id, item]))
    const missing = [...before.keys()].filter((id) => !this.itemById.has(id))
    for (const id of missing) this.itemById.set(id, before.get(id) as OutboxItem)
    return missing
  }

  /** As `load`, telling what is news. */
  catchUp(stored: readonly OutboxItem[]): readonly string[] {
    const before = this.itemById
    const missing = this.load(stored)
    for (const item of stored) {
      const known = before.get(item.id)
      const isNews = known?.state !== item.state || known.attempts !== item.attempts
      const isKeptByNow = this.unkept.delete(item.id)
      if ((isNews || isKeptByNow) && this.itemById.has(item.id)) this.options.onChanged(item, true)
    }
    return missing
  }

  /** An item is on its way into the store: it has its place by now, and is told of once it is kept. */
  announce(item: OutboxItem): void {
    if (this.endingById.has(item.id) || this.itemById.has(item.id)) return
    this.itemById.set(item.id, item)
    this.unkept.add(item.id)
  }

  /** What was announced is to be told of; undefined where that is done or over. */
  reveal(id: string): OutboxItem | undefined {
    return this.unkept.delete(id) ? this.itemById.get(id) : undefined
  }

  /** An item is new, or not as it was. */
  change(item: OutboxItem, isFromOtherTab = false): void {
    if (this.endingById.has(item.id)) return
    const before = this.itemById.get(item.id)
    // Tabs do not hear each other at once: what was told late is not news.
    if (isFromOtherTab && before && before.attempts > item.attempts) return
    this.unkept.delete(item.id)
    this.itemById.set(item.id, item)
    this.options.onChanged(item, isFromOtherTab)
    if (item.state === 'failed' || item.state === 'unsure') this.rejectWaiters(item)
  }

  /** An item is gone for good; false where it is not here (any more). */
  end(id: string, ending: CommandEnding, isFromOtherTab = false): boolean {
    const item = this.itemById.get(id)
    if (!item) {
      // The cache may have been read just before, and tell of it only now.
      if (isFromOtherTab) this.remember(id, ending)
      return false
    }
    this.itemById.delete(id)
    this.unkept.delete(id)
    this.remember(id, ending)
    if (!isFromOtherTab) this.options.post({ type: 'ended', id, ending })
    this.options.onEnded(item, ending, isFromOtherTab)
    for (const waiter of this.takeWaiters(id)) this.answer(waiter, ending)
    return true
  }

  /** Nothing more is known of an item, but it may still be told that it lives. */
  lose(id: string, error: ChatError): void {
    if (this.end(id, { end: 'cancelled', error }, true)) this.endingById.delete(id)
  }

  /** What becomes of an item in the end. */
  result(id: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const item = this.itemById.get(id)
      const ending = this.endingById.get(id)
      if (ending) this.answer({ resolve, reject }, ending)
      else if (!item) reject(catalogueError('parley', 'not-in-outbox'))
      else {
        this.waitersById.set(id, [...(this.waitersById.get(id) ?? []), { resolve, reject }])
        if (item.state === 'failed' || item.state === 'unsure') this.rejectWaiters(item)
      }
    })
  }

  /** Nobody will ever know. */
  abandon(error: ChatError): void {
    for (const id of [...this.waitersById.keys()]) {
      for (const { reject } of this.takeWaiters(id)) reject(error)
    }
  }

  private answer(waiter: Waiter, ending: CommandEnding): void {
    if (ending.end === 'done') waiter.resolve(ending.result)
    else if (ending.end === 'cancelled') waiter.reject(new ChatError(ending.error))
    else this.result(ending.by).then(waiter.resolve, waiter.reject)
  }

  private rejectWaiters({ id, error }: OutboxItem): void {
    const reason = error ? new ChatError(error) : catalogueError('parley', 'unexpected')
    for (const { reject } of this.takeWaiters(id)) reject(reason)
  }

  private takeWaiters(id: string): readonly Waiter[] {
    const waiters = this.waitersById.get(id) ?? []
    this.waitersById.delete(id)
    return waiters
  }

  private remember(id: string, ending: CommandEnding): void {
    this.endingById.set(id, ending)
    if (this.endingById.size <= REMEMBERED_ENDINGS) return
    for (const oldest of this.endingById.keys()) {
      this.endingById.delete(oldest)
      break
    }
  }
}
