import { ChatError, plainError, toChatError } from '../../model'
import type { ConversationId, OutboxItem } from '../../model'
import type { TabsLine } from '../ports'
import type { CommandOutboxOptions } from './commandOutboxOptions'
import { cancelledError } from './cancelled'
import { Guard } from './guard'
import { Ledger } from './ledger'
import { MissingItems } from './missingItems'
import { Neighbours } from './neighbours'
import { readNews } from './outboxLine'
import type { OutboxNews } from './outboxLine'
import { Sender } from './sender'
import { Timers } from './timers'

/** How long a person may wait to see what a slow store has not kept yet. */
const TELL_AFTER_MS = 2_000

/**
 * Commands on their way to the backend, kept before they leave and shared by all tabs (D6): done exactly once however
 * often the network, a tab or the machine dies, in each lane in the order given (D7), tried again by itself (K4).
 */
export class CommandOutbox {
  private readonly ledger: Ledger
  private readonly sender: Sender
  private readonly timers: Timers
  private readonly line: TabsLine | undefined
  private readonly neighbours: Neighbours | undefined
  private readonly missing: MissingItems
  private readonly guard: Guard
  private readonly adding = new Set<string>()
  private isStopped = false

  constructor(private readonly options: CommandOutboxOptions) {
    this.guard = new Guard((error) => options.onFault?.(error))
    this.timers = new Timers(options.clock)
    this.missing = new MissingItems(this.timers, (id) => this.ledger.lose(id, lostError()))
    this.line = options.tabs?.open(options.name, (data) => this.guard.run(() => this.hear(data)))
    this.ledger = new Ledger({
      onChanged: (item, isFromOtherTab) => {
        if (!isFromOtherTab) this.post({ type: this.adding.has(item.id) ? 'added' : 'changed', item })
        this.guard.run(() => options.onChanged(item, isFromOtherTab))
      },
      onEnded: (item, ending, isFromOtherTab) => {
        this.find(item.id)
        this.sender.forget(item.id)
        this.guard.run(() => options.onEnded(item, ending, isFromOtherTab))
      },
      post: (news) => this.post(news),
    })
    this.sender = new Sender(
      {
        ...options,
        attemptMs: options.attemptMs ?? 60_000,
        clockOffsetMs: () => this.clockOffsetMs(),
        doubt: (command) => this.guard.run(() => options.doubt(command)) ?? 'find',
        onMissing: (id) => this.miss(id),
        onCalledBack: (id) => this.guard.behind(this.takeBack(id)),
        behind: (work) => this.guard.behind(work),
      },
      this.ledger,
    )
    this.neighbours = this.openNeighbours()
  }

  /** What the cache held when this kit began; nothing is sent before `setOnline`. */
  start(items: readonly OutboxItem[]): void {
    this.ledger.load(items)
    this.sender.doubtAll()
    for (const { id, state, command } of items) {
      const isUpToSomebody = state === 'failed' || state === 'unsure'
      if (isUpToSomebody && this.options.isDroppedOnFailure?.(command)) this.guard.behind(this.cancel(id))
    }
    this.sender.pump()
    void this.catchUp()
  }

  /** All commands that have not ended, in the order they leave. */
  items(): readonly OutboxItem[] {
    return this.ledger.items()
  }

  /** One that has not ended. */
  item(id: string): OutboxItem | undefined {
    return this.ledger.get(id)
  }

  /** Takes a command; its writing begins before this returns. Resolves once it is kept. */
  async add(item: OutboxItem, clearsDraftOf?: ConversationId): Promise<void> {
    if (this.isStopped) throw stoppedError()
    if (this.ledger.size >= (this.options.maxItems ?? 1_000)) {
      throw new ChatError({ code: 'outbox-full', kind: 'full' })
    }
    const adding = this.options.store.add(item, clearsDraftOf)
    this.sender.holdBack(item.id)
    this.adding.add(item.id)
    this.introduce(item)
    const stopWaiting = this.timers.after(TELL_AFTER_MS, () => this.reveal(item.id))
    try {
      await adding
    } catch (thrown) {
      this.ledger.end(item.id, { end: 'cancelled', error: plainError(toChatError(thrown)) })
      throw toChatError(thrown)
    } finally {
      stopWaiting()
      this.adding.delete(item.id)
    }
    if (this.isStopped || !this.ledger.get(item.id)) return
    this.reveal(item.id)
    await this.replaceOlder(item)
    this.post({ type: 'changed', item: this.ledger.get(item.id) ?? item })
    this.sender.allow(item.id)
  }

  /** Resolves with what the backend said once the command is done, in whichever tab; rejects where it is up to a person. */
  result(id: string): Promise<unknown> {
    return this.ledger.result(id)
  }

  /** Takes a command back. One being sent is called back, which may be too late. */
  async cancel(id: string): Promise<void> {
    if (this.isStopped || this.sender.cancel(id)) return
    if (!(await this.takeBack(id)) || this.isStopped) return
    this.sender.wishGone(id)
    this.post({ type: 'cancel', id })
  }

  /** Sends a failed or unsure command once more, behind those that wait by now. */
  async resend(id: string): Promise<void> {
    if (this.isStopped) return
    const resentAt = this.options.clock.now() + this.clockOffsetMs()
    const { stored } = await this.change(id, (item) => {
      if (item.state !== 'failed' && item.state !== 'unsure') return item
      const { notBeforeAt: _notBeforeAt, ...kept } = item
      return { ...kept, state: 'queued', resentAt }
    })
    if (!stored || this.isStopped) return
    this.sender.forgive(id)
    this.ledger.change(stored)
    this.sender.pump()
  }

  /** Sends all failed and unsure commands once more. */
  async retryAll(): Promise<void> {
    for (const { id, state } of this.items()) {
      if (state === 'failed' || state === 'unsure') await this.resend(id)
    }
  }

  /** Takes back all commands that failed. */
  async dropAllFailed(): Promise<void> {
    const failed = this.items().filter(({ state }) => state === 'failed')
    await Promise.all(failed.map(({ id }) => this.cancel(id)))
  }

  /** The backend has it, as it tells by itself: whatever an attempt may still hear. */
  async confirm(id: string, result: unknown): Promise<void> {
    if (this.ledger.get(id)) await this.sender.finish(id, result)
  }

  /** Sending goes on, or waits; said again it means that the connection is back once more. */
  setOnline(isOnline: boolean): void {
    this.sender.setOnline(isOnline)
  }

  /** The store is by now this tab's alone: others may send what both still have. */
  goAlone(): void {
    this.sender.doubtAll()
    this.sender.standAnew()
  }

  /** Leaves everything as it is in the store, for the next. */
  stop(): void {
    if (this.isStopped) return
    this.isStopped = true
    this.sender.stop()
    this.neighbours?.stop()
    this.timers.clear()
    this.line?.close()
    this.ledger.abandon(stoppedError())
  }

  /** A new item has its place at once, here and in the other tabs, and is told of when it may be. */
  private introduce(item: OutboxItem): void {
    if (!this.isToldOnceKept(item)) return this.ledger.change(item)
    this.ledger.announce(item)
    this.post({ type: 'added', item })
  }

  private isToldOnceKept({ command }: OutboxItem): boolean {
    return this.guard.run(() => this.options.isToldOnceKept?.(command)) === true
  }

  private reveal(id: string): void {
    const item = this.ledger.reveal(id)
    if (item) this.guard.run(() => this.options.onChanged(item, false))
  }

  private openNeighbours(): Neighbours | undefined {
    const { tabs, name, tabId } = this.options
    if (!tabs || tabId === undefined) return undefined
    const neighbours = new Neighbours({
      tabs,
      name,
      ownId: tabId,
      announce: () => this.post({ type: 'here', id: tabId }),
      onGone: () => this.lookAround(),
    })
    neighbours.start()
    return neighbours
  }

  /** What a tab has kept and not told. */
  private lookAround(): void {
    if (!this.isStopped && !this.sender.lookAgain()) void this.catchUp()
  }

  /** What the other tabs did after the cache was read and before this one heard them. */
  private async catchUp(): Promise<void> {
    const stored = await this.options.store.all().catch(() => this.items())
    if (this.isStopped) return
    for (const id of this.ledger.catchUp(stored)) if (!this.adding.has(id)) this.miss(id)
    this.sender.pump()
  }

  private async replaceOlder(newer: OutboxItem): Promise<void> {
    const { replaces } = this.options
    if (!replaces) return
    const items = this.items()
    const older = items
      .slice(
        0,
        items.findIndex(({ id }) => id === newer.id),
      )
      .filter((item) => item.lane === newer.lane && item.state === 'queued')
      .filter((item) => this.guard.run(() => replaces(item.command, newer.command)))
    await Promise.all(
      older.map(async ({ id }) => {
        const { isChanged } = await this.change(id, (item) => (item.state === 'queued' ? undefined : item))
        if (isChanged) this.ledger.end(id, { end: 'replaced', by: newer.id })
      }),
    )
  }

  /** Takes it out of the store unless it is being sent; true where it is. */
  private async takeBack(id: string): Promise<boolean> {
    const { isChanged, stored } = await this.change(id, (item) =>
      item.state === 'sending' ? item : undefined,
    )
    if (isChanged) this.ledger.end(id, { end: 'cancelled', error: plainError(cancelledError()) })
    return stored !== undefined
  }

  private async change(id: string, next: (item: OutboxItem) => OutboxItem | undefined) {
    let isChanged = false
    const stored = await this.options.store.change(id, (item) => {
      const after = next(item)
      isChanged = after !== item
      return after
    })
    return { isChanged: isChanged && !this.isStopped, stored }
  }

  private hear(data: unknown): void {
    const news = this.isStopped ? undefined : readNews(data)
    if (!news) return
    if (news.type === 'here') this.neighbours?.hear(news.id)
    else if (news.type === 'cancel') {
      if (!this.ledger.get(news.id)) return
      this.sender.wishGone(news.id)
      this.guard.behind(this.takeBack(news.id))
    } else if (news.type === 'ended') {
      this.ledger.end(news.id, news.ending, true)
      if (news.isElsewhere) this.guard.behind(this.options.store.change(news.id, () => undefined))
    } else if (!this.isAlone() && (news.type === 'changed' || !this.ledger.get(news.item.id))) {
      this.find(news.item.id)
      // Whoever added it may die before it is kept.
      if (news.type === 'added' && this.isToldOnceKept(news.item)) this.ledger.announce(news.item)
      else this.ledger.change(news.item, true)
      this.sender.pump()
    }
  }

  /** An item is not in the store: its end, or that it is kept after all, is perhaps still on the line. */
  private miss(id: string): void {
    if (this.missing.has(id) || !this.ledger.get(id)) return
    this.sender.holdBack(id)
    this.missing.add(id)
  }

  private find(id: string): void {
    if (this.missing.find(id)) this.sender.allow(id)
  }

  private clockOffsetMs(): number {
    return this.options.clockOffsetMs?.() ?? 0
  }

  private post(news: OutboxNews): void {
    const isAlone = this.isAlone()
    // The others need not know of what only this tab can see, but they may still have what it has ended.
    if (this.isStopped || (isAlone && news.type !== 'ended')) return
    const told = news.type === 'ended' && isAlone ? { ...news, isElsewhere: true } : news
    try {
      this.line?.post(told)
    } catch {
      // A result that cannot be copied is kept back; that it is there is told all the same.
      if (told.type !== 'ended') return
      this.guard.run(() => this.line?.post({ ...told, ending: { end: 'done', result: undefined } }))
    }
  }

  private isAlone(): boolean {
    return this.options.store.isAlone?.() === true
  }
}

function stoppedError(): ChatError {
  return new ChatError({ code: 'stopped', kind: 'cancelled', effect: 'unknown' })
}

function lostError(): ChatError {
  return new ChatError({ code: 'outbox-lost', kind: 'cancelled', effect: 'unknown', audience: 'developer' })
}
