import type {
  ChatErrorShape,
  HistoryEdge,
  HistoryPage,
  HistoryRequest,
  Message,
  MessageChange,
  MessageKey,
  MessageOrder,
  OutboxState,
  UserId,
} from '../../model'
import { normaliseParts } from '../text'
import { applyChange, isRightful } from './applyChange'
import { mergeMessage } from './mergeMessage'
import { compareOrder } from './order'

/** A message in its place, with what only this device knows of it. Immutable: a change makes a new one. */
export interface TimelineEntry {
  /** The name of the row for life: the key under which the message was first seen. */
  readonly rowKey: string
  readonly message: Message
  readonly outbox?: OutboxState
  readonly uploadFraction?: number
  /** It failed after the backend had taken it, so hearing of it again does not make it sent. */
  readonly hasBounced?: boolean
  readonly receiptCounts?: { readonly readCount: number; readonly unreadCount: number }
}

const MAX_EARLY_KEYS = 2_000

/** How much of a conversation's history is here. */
export type TimelineState = 'empty' | 'loading' | 'ready' | 'failed'

/**
 * The ordered messages of one conversation as far as known: one unbroken stretch up to the newest, then the own messages
 * that have no place yet. It knows a message by any of its keys (D2), so hearing one again changes nothing, and it keeps
 * changes that come before their message.
 */
export class Timeline {
  private placed: TimelineEntry[] = []
  private unplaced: TimelineEntry[] = []
  private readonly entryByRowKey = new Map<string, TimelineEntry>()
  private readonly rowKeyByKey = new Map<MessageKey, string>()
  private readonly early = new Map<MessageKey, MessageChange[]>()
  private readonly removedKeys = new Set<MessageKey>()
  private snapshot: readonly TimelineEntry[] | undefined

  /** State of the newest page. */
  state: TimelineState = 'empty'
  /** State of the page before the oldest message here. */
  isLoadingOlder = false
  /** Why the newest page could not be read; it is asked for again only when somebody wants it. */
  error: ChatErrorShape | undefined
  /** Why the page before the oldest message could not be read. */
  olderError: ChatErrorShape | undefined
  /** How history goes on before the oldest message here; undefined while nothing is loaded. */
  older: HistoryEdge | undefined
  /** Where messages may be missing: behind the newest one at the time, whatever came live since. */
  private interruptedAfter: MessageOrder | undefined
  /** True from an interruption until the newest page is read again. */
  isInterrupted = false

  constructor(
    private readonly ownId: UserId,
    /** Numbered without holes, so that a jump in `order.major` shows a loss. */
    private readonly isDense: () => boolean,
  ) {}

  /** All entries, oldest first; the same array until something changes. */
  entries(): readonly TimelineEntry[] {
    this.snapshot ??= [...this.placed, ...this.unplaced]
    return this.snapshot
  }

  entry(rowKey: string): TimelineEntry | undefined {
    return this.entryByRowKey.get(rowKey)
  }

  /** Takes in messages told live or caught up later. Before the first page is asked for nothing is kept. */
  addLive(messages: readonly Message[]): void {
    if (this.state === 'empty') return
    for (const message of messages) {
      if (this.state === 'ready' && this.isJump(message)) this.interrupt()
      this.put(message, 'after')
    }
  }

  /** Marks that messages may be missing after the newest one here: the newest page must be read again. */
  interrupt(): void {
    if (this.state === 'empty') return
    this.isInterrupted = true
    this.error = undefined
    this.interruptedAfter ??= this.placed.at(-1)?.message.order
  }

  /** An own message before it leaves: at the tail until the backend gives it a place. */
  addQueued(message: Message, rowKey: string): void {
    this.insert({ rowKey, message, outbox: { state: 'queued' } }, 'after')
  }

  /** An own message that the backend has; the row stays the row. */
  settle(rowKey: string, sent: Message): void {
    const known = this.entryByRowKey.get(rowKey)
    if (!known) return
    const { uploadFraction: _done, ...rest } = known
    this.replace(known, { ...rest, message: mergeMessage(known.message, sent), outbox: { state: 'sent' } })
    this.indexKeys(sent.keys, rowKey)
  }

  setOutbox(rowKey: string, outbox: OutboxState): void {
    const known = this.entryByRowKey.get(rowKey)
    if (known) this.replace(known, { ...known, outbox })
  }

  setUploadFraction(rowKey: string, uploadFraction: number): void {
    const known = this.entryByRowKey.get(rowKey)
    if (known) this.replace(known, { ...known, uploadFraction })
  }

  setReceiptCounts(keys: readonly MessageKey[], readCount: number, unreadCount: number): void {
    const known = this.find(keys)
    if (known) this.replace(known, { ...known, receiptCounts: { readCount, unreadCount } })
  }

  /** Takes a row away for good, for example an own message that was never sent. */
  drop(rowKey: string): void {
    const known = this.entryByRowKey.get(rowKey)
    if (known) this.remove(known)
  }

  startLoading(request: HistoryRequest): void {
    if (request.direction === 'older' && request.from !== 'newest') {
      this.isLoadingOlder = true
      this.olderError = undefined
    } else {
      if (this.state !== 'ready') this.state = 'loading'
      this.error = undefined
    }
  }

  failLoading(request: HistoryRequest, error: ChatErrorShape): void {
    if (request.direction === 'older' && request.from !== 'newest') {
      this.isLoadingOlder = false
      this.olderError = error
    } else {
      if (this.state !== 'ready') this.state = 'failed'
      this.error = error
    }
  }

  /**
   * Takes in a page. A newest page that does not reach back to what was here leaves a hole of unknown size, so what lies
   * behind the hole goes (own messages without a place stay); an older page goes in front.
   */
  addPage(request: HistoryRequest, page: HistoryPage): void {
    if (request.from === 'newest') {
      const newest = this.interruptedAfter ?? this.placed.at(-1)?.message.order
      if (newest && !this.reaches(page.messages, newest)) this.dropUpTo(newest)
      this.putPage(page.messages, 'after')
      this.older ??= page.older
      this.state = 'ready'
      this.error = undefined
      this.isInterrupted = false
      this.interruptedAfter = undefined
    } else {
      this.putPage(page.messages, 'before')
      this.older = page.older
      this.isLoadingOlder = false
      this.olderError = undefined
    }
    for (const change of page.changes) this.change(change)
  }

  /** Applies a change, or keeps it until its message comes. */
  change(change: MessageChange): void {
    const known = this.find(change.ref.keys)
    if (!known) {
      this.keepEarly(change)
      return
    }
    if (!isRightful(change, known.message)) return
    if (change.kind === 'removed') {
      for (const key of known.message.keys) this.removedKeys.add(key)
      this.remove(known)
    } else if (change.kind === 'failed') {
      this.replace(known, { ...known, hasBounced: true, outbox: { state: 'failed', error: change.error } })
    } else {
      const message = withCleanText(applyChange(known.message, change, this.ownId))
      if (message !== known.message) this.replace(known, { ...known, message })
    }
  }

  /** Forgets everything, as when a group is built again under its old id (D3). */
  clear(): void {
    for (const entry of this.entries()) this.forget(entry)
    this.placed = []
    this.unplaced = []
    this.older = undefined
    this.isInterrupted = false
    this.interruptedAfter = undefined
    this.snapshot = undefined
    this.state = 'empty'
  }

  /** The entry that carries any of these keys. */
  find(keys: readonly MessageKey[]): TimelineEntry | undefined {
    for (const key of keys) {
      const rowKey = this.rowKeyByKey.get(key)
      if (rowKey !== undefined) return this.entryByRowKey.get(rowKey)
    }
    return undefined
  }

  /** True where a page goes back to `newest` or further, so that nothing can be missing between. */
  private reaches(messages: readonly Message[], newest: MessageOrder): boolean {
    const first = messages[0]?.order
    if (!first) return false
    if (compareOrder(first, newest) <= 0) return true
    return this.isDense() && first.major === newest.major + 1
  }

  private putPage(messages: readonly Message[], ties: 'before' | 'after'): void {
    // Backwards for an older page and forwards for a newest one: so messages of equal order keep the page's own order.
    const ordered = ties === 'before' ? [...messages].reverse() : messages
    for (const message of ordered) this.put(message, ties)
  }

  private put(told: Message, ties: 'before' | 'after'): void {
    const message = withCleanText(told)
    if (message.keys.some((key) => this.removedKeys.has(key))) return
    const known = this.find(message.keys)
    if (known) {
      this.absorbDoubles(message.keys, known)
      const merged = mergeMessage(known.message, message)
      this.replace(known, {
        ...known,
        message: merged,
        ...(known.outbox && !known.hasBounced && { outbox: { state: 'sent' } as const }),
      })
      this.indexKeys(merged.keys, known.rowKey)
    } else {
      this.insert({ rowKey: rowKeyOf(message), message }, ties)
    }
    this.applyEarly(message.keys)
  }

  /** A telling with two keys can show that two rows are one message: the first row stays. */
  private absorbDoubles(keys: readonly MessageKey[], known: TimelineEntry): void {
    for (const key of keys) {
      const rowKey = this.rowKeyByKey.get(key)
      if (rowKey === undefined || rowKey === known.rowKey) continue
      const double = this.entryByRowKey.get(rowKey)
      if (double) this.remove(double)
    }
  }

  private keepEarly(change: MessageChange): void {
    for (const key of change.ref.keys) this.early.set(key, [...(this.early.get(key) ?? []), change])
    // Changes to messages that never come must not fill the memory.
    const overdue = this.early.size - MAX_EARLY_KEYS
    for (const key of [...this.early.keys()].slice(0, Math.max(0, overdue))) this.early.delete(key)
  }

  private applyEarly(keys: readonly MessageKey[]): void {
    const waiting = new Set(keys.flatMap((key) => this.early.get(key) ?? []))
    for (const key of keys) this.early.delete(key)
    for (const change of waiting) this.change(change)
  }

  private isJump(message: Message): boolean {
    const newest = this.placed.at(-1)?.message.order
    if (!this.isDense() || !newest || !message.order) return false
    return message.order.major > newest.major + 1
  }

  private insert(entry: TimelineEntry, ties: 'before' | 'after'): void {
    this.entryByRowKey.set(entry.rowKey, entry)
    this.indexKeys(entry.message.keys, entry.rowKey)
    const { order } = entry.message
    if (order) this.placed.splice(this.boundary(order, ties), 0, entry)
    else this.unplaced.push(entry)
    this.snapshot = undefined
  }

  private replace(known: TimelineEntry, next: TimelineEntry): void {
    const before = known.message.order
    const after = next.message.order
    const staysPut = before === after || (before && after && compareOrder(before, after) === 0)
    this.entryByRowKey.set(next.rowKey, next)
    this.snapshot = undefined
    if (staysPut) {
      const list = before ? this.placed : this.unplaced
      list[this.indexOf(known)] = next
      return
    }
    this.takeOut(known)
    if (after) this.placed.splice(this.boundary(after, 'after'), 0, next)
    else this.unplaced.push(next)
  }

  private remove(entry: TimelineEntry): void {
    this.takeOut(entry)
    this.forget(entry)
    this.snapshot = undefined
  }

  private takeOut(entry: TimelineEntry): void {
    const list = entry.message.order ? this.placed : this.unplaced
    const index = this.indexOf(entry)
    if (index >= 0) list.splice(index, 1)
  }

  private forget(entry: TimelineEntry): void {
    this.entryByRowKey.delete(entry.rowKey)
    for (const key of entry.message.keys) {
      if (this.rowKeyByKey.get(key) === entry.rowKey) this.rowKeyByKey.delete(key)
    }
  }

  private dropUpTo(order: MessageOrder): void {
    for (const entry of this.placed.splice(0, this.boundary(order, 'after'))) this.forget(entry)
    this.older = undefined
    this.snapshot = undefined
  }

  private indexKeys(keys: readonly MessageKey[], rowKey: string): void {
    for (const key of keys) this.rowKeyByKey.set(key, rowKey)
  }

  private indexOf(entry: TimelineEntry): number {
    const { order } = entry.message
    if (!order) return this.unplaced.findIndex((other) => other.rowKey === entry.rowKey)
    let index = this.boundary(order, 'before')
    while (index < this.placed.length && this.placed[index]?.rowKey !== entry.rowKey) index++
    return index < this.placed.length ? index : -1
  }

  /** Where an entry of this order goes: before or after those of equal order. */
  private boundary(order: MessageOrder, ties: 'before' | 'after'): number {
    let low = 0
    let high = this.placed.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.placed[middle]?.message.order
      const compared = other ? compareOrder(other, order) : 1
      if (compared < 0 || (compared === 0 && ties === 'after')) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Whatever wire it came over, text is shown as every platform shows it (B2). */
function withCleanText(message: Message): Message {
  const parts = normaliseParts(message.parts)
  return parts === message.parts ? message : { ...message, parts }
}

function rowKeyOf(message: Message): string {
  const own = message.keys.find((key) => key.startsWith('client:'))
  return own ?? message.keys[0] ?? `${message.conversationId}@${message.sentAt}`
}
