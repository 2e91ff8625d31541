import { isClientKey } from '../../model'
import type {
  ChatErrorShape,
  KnownEdge,
  KnownPage,
  HistoryRequest,
  Message,
  MessageChange,
  MessageKey,
  MessageOrder,
  OutboxState,
  UserId,
} from '../../model'
import { applyChange, isRightful } from './applyChange'
import { EarlyChanges } from './earlyChanges'
import { EntryList } from './entryList'
import type { Ties } from './entryList'
import { mergeMessage } from './mergeMessage'
import { compareOrder } from './order'
import { soundMessage } from './soundMessage'
import type { TimelineEntry } from './timelineEntry'

/** How much of a conversation's history is here. */
export type TimelineState = 'empty' | 'loading' | 'ready' | 'failed'

/**
 * The ordered messages of one conversation as far as known: one unbroken stretch up to the newest, then the own messages
 * that have no place yet. It knows a message by any of its keys (D2), so hearing one again changes nothing, and it keeps
 * changes that come before their message.
 */
export class Timeline {
  private readonly list = new EntryList()
  private readonly early = new EarlyChanges()
  private readonly removedKeys = new Set<MessageKey>()
  /** How the timeline stood when a page was asked for. */
  private readonly asked = new WeakMap<HistoryRequest, { generation: number; interruptions: number }>()
  private interruptions = 0
  /** Where messages may be missing: behind the newest one at the time, whatever came live since. */
  private interruptedAfter: MessageOrder | undefined

  /** State of the newest page. */
  state: TimelineState = 'empty'
  /** Grows whenever what was here is given up: a page asked for before does not fit any more. */
  generation = 0
  /** State of the page before the oldest message here. */
  isLoadingOlder = false
  /** Why the newest page could not be read; it is asked for again only when somebody wants it. */
  error: ChatErrorShape | undefined
  /** Why the page before the oldest message could not be read. */
  olderError: ChatErrorShape | undefined
  /** How history goes on before the oldest message here; undefined while nothing is loaded. */
  older: KnownEdge | undefined
  /** True from an interruption until the newest page is read again. */
  isInterrupted = false

  constructor(
    private readonly ownId: UserId,
    /** Numbered without holes, so that a jump in `order.major` shows a loss. */
    private readonly isDense: () => boolean,
  ) {}

  /** All entries, oldest first; the same array until something changes. */
  entries(): readonly TimelineEntry[] {
    return this.list.all()
  }

  entry(rowKey: string): TimelineEntry | undefined {
    return this.list.get(rowKey)
  }

  /** The entry that carries any of these keys. */
  find(keys: readonly MessageKey[]): TimelineEntry | undefined {
    return this.list.find(keys)[0]
  }

  /** Takes in messages told live or caught up later. Before the first page is asked for nothing is kept. */
  addLive(messages: readonly Message[]): void {
    if (this.state === 'empty') return
    for (const message of messages) {
      this.noticeJump(message)
      this.put(message, 'after')
    }
  }

  /** Marks that messages may be missing after the newest one here: the newest page must be read again. */
  interrupt(): void {
    if (this.state === 'empty') return
    this.interruptions++
    this.isInterrupted = true
    if (this.state === 'ready') this.error = undefined
    this.interruptedAfter ??= this.list.newestPlace()
  }

  /** An own message before it leaves: at the tail until the backend gives it a place. */
  addQueued(message: Message, rowKey: string): void {
    this.list.insert({ rowKey, message, outbox: { state: 'queued' } }, 'after')
  }

  /** An own message that the backend has; the row stays the row. */
  settle(rowKey: string, sent: Message): void {
    if (this.state === 'empty' && !this.list.get(rowKey)) return
    this.noticeJump(sent)
    this.put(sent, 'after', rowKey)
  }

  /** What a late failure says of a message that the backend is known to have does not count. */
  setOutbox(rowKey: string, outbox: OutboxState): void {
    if (this.list.get(rowKey)?.outbox?.state !== 'sent') this.update(rowKey, { outbox })
  }

  setUploadFraction(rowKey: string, uploadFraction: number): void {
    this.update(rowKey, { uploadFraction })
  }

  setReceiptCounts(keys: readonly MessageKey[], readCount: number, unreadCount: number): void {
    const known = this.find(keys)
    if (known) this.update(known.rowKey, { receiptCounts: { readCount, unreadCount } })
  }

  /** Takes away an own message that was not sent; one that the backend turns out to have stays. */
  drop(rowKey: string): void {
    const known = this.list.get(rowKey)
    if (known && known.outbox?.state !== 'sent') this.list.remove(known)
  }

  startLoading(request: HistoryRequest): void {
    this.asked.set(request, { generation: this.generation, interruptions: this.interruptions })
    if (isForOlder(request)) {
      this.isLoadingOlder = true
      this.olderError = undefined
    } else {
      if (this.state !== 'ready') this.state = 'loading'
      this.error = undefined
    }
  }

  failLoading(request: HistoryRequest, error: ChatErrorShape): void {
    if (!this.isCurrent(request)) return
    if (isForOlder(request)) {
      this.isLoadingOlder = false
      this.olderError = error
    } else {
      if (this.state !== 'ready') this.state = 'failed'
      this.error = error
    }
  }

  /**
   * Takes in a page. A newest page that does not reach back to what was here leaves a hole of unknown size, so what lies
   * behind the hole goes (own messages without a place stay); an older page goes in front. A page that was asked for
   * before the timeline was given up fits nowhere.
   */
  addPage(request: HistoryRequest, page: KnownPage): void {
    if (!this.isCurrent(request)) return
    if (isForOlder(request)) this.addOlderPage(page)
    else this.addNewestPage(request, page)
    for (const change of page.changes) this.change(change)
  }

  /** Applies a change, or keeps it until its message comes. */
  change(change: MessageChange): void {
    const known = this.find(change.ref.keys)
    if (!known) {
      this.early.keep(change)
      return
    }
    if (!isRightful(change, known.message)) return
    if (change.kind === 'removed') {
      for (const key of known.message.keys) this.removedKeys.add(key)
      this.list.remove(known)
    } else if (change.kind === 'failed') {
      this.update(known.rowKey, { hasBounced: true, outbox: { state: 'failed', error: change.error } })
    } else {
      const message = soundMessage(applyChange(known.message, change, this.ownId))
      if (message && message !== known.message) this.update(known.rowKey, { message })
    }
  }

  /**
   * Forgets everything; with `keepsTail` own messages without a place stay, for a history that was cleared keeps what is
   * still on its way, and a group built again under its old id keeps nothing (D3).
   */
  clear({ keepsTail }: { readonly keepsTail: boolean }): void {
    this.list.clear(keepsTail)
    this.early.clear()
    this.removedKeys.clear()
    this.giveUp()
    this.isInterrupted = false
    this.interruptedAfter = undefined
    this.error = undefined
    this.state = 'empty'
  }

  private addNewestPage(request: HistoryRequest, page: KnownPage): void {
    const newest = this.interruptedAfter ?? this.list.newestPlace()
    const first = page.messages[0]?.order
    if (newest && first && !this.reaches(first, newest)) {
      // Also what came live since: between it and the page there may be a second hole.
      this.list.removeBefore(first)
      this.giveUp()
    }
    for (const message of page.messages) this.put(message, 'after')
    this.older ??= page.older
    this.state = 'ready'
    this.error = undefined
    const asked = this.asked.get(request)
    if (!asked || asked.interruptions === this.interruptions) {
      this.isInterrupted = false
      this.interruptedAfter = undefined
    } else {
      // The loss came while the page was on its way: what lies up to the page's end is here, not what came after.
      this.interruptedAfter = page.messages.at(-1)?.order ?? this.interruptedAfter
    }
  }

  private addOlderPage(page: KnownPage): void {
    // Backwards, so that messages of equal order keep the page's own order.
    for (const message of [...page.messages].reverse()) this.put(message, 'before')
    this.older = page.older
    this.isLoadingOlder = false
    this.olderError = undefined
  }

  /** What was here is not continued: pages on their way for it are of no use. */
  private giveUp(): void {
    this.generation++
    this.older = undefined
    this.isLoadingOlder = false
    this.olderError = undefined
  }

  private isCurrent(request: HistoryRequest): boolean {
    const asked = this.asked.get(request)
    return asked === undefined || asked.generation === this.generation
  }

  /** True where a page that begins at `first` goes back to `newest` or further, so that nothing can be missing between. */
  private reaches(first: MessageOrder, newest: MessageOrder): boolean {
    if (compareOrder(first, newest) <= 0) return true
    return this.isDense() && first.major === newest.major + 1
  }

  private noticeJump({ order }: Message): void {
    if (this.state !== 'ready' || !this.isDense() || !order) return
    const newest = this.list.newestPlace()?.major ?? this.majorBeforeTheFirst()
    if (newest !== undefined && order.major > newest + 1) this.interrupt()
  }

  /** The number before the first message of a conversation that is wholly here and has none yet. */
  private majorBeforeTheFirst(): number | undefined {
    return this.older && 'end' in this.older && this.older.end === 'start' ? 0 : undefined
  }

  /**
   * Puts a message in, or what is told of it into the row it has. A telling with several keys can show that several rows
   * are one message: then an own row that was waiting for it stays, else the first one.
   */
  private put(told: Message, ties: Ties, ownRowKey?: string): void {
    const message = soundMessage(told)
    if (!message || message.keys.some((key) => this.removedKeys.has(key))) return
    const own = ownRowKey === undefined ? undefined : this.list.get(ownRowKey)
    const found = this.list.find(message.keys).filter((entry) => entry.message.senderId === message.senderId)
    const rows = own && !found.includes(own) ? [own, ...found] : found
    const kept = own ?? rows.find((row) => row.outbox) ?? rows[0]
    if (!kept) this.insert(message, ties)
    else this.mergeInto(kept, message, rows)
    for (const change of this.early.take(message.keys)) this.change(change)
  }

  private insert(message: Message, ties: Ties): void {
    // A key that another sender's message holds already names that one.
    const keys = message.keys.filter((key) => this.list.find([key]).length === 0)
    const [firstKey] = keys
    if (firstKey === undefined) return
    const rowKey = keys.find(isClientKey) ?? firstKey
    const isForeign = message.senderId !== this.ownId
    const place = message.order ?? (isForeign ? this.list.newestPlace() : undefined)
    this.list.insert({ rowKey, message: { ...message, keys }, ...(place && { place }) }, ties)
  }

  private mergeInto(kept: TimelineEntry, message: Message, rows: readonly TimelineEntry[]): void {
    const doubles = rows.filter((row) => row !== kept)
    for (const double of doubles) this.list.remove(double)
    const known = doubles.reduce((sum, double) => mergeMessage(sum, double.message), kept.message)
    const merged = mergeMessage(known, message)
    const place = merged.order ?? kept.place
    const { uploadFraction: _fraction, ...rest } = kept
    this.list.replace(kept, {
      ...rest,
      message: merged,
      ...(place && { place }),
      ...(kept.outbox && !kept.hasBounced && { outbox: { state: 'sent' } as const }),
    })
  }

  private update(rowKey: string, change: Partial<TimelineEntry>): void {
    const known = this.list.get(rowKey)
    if (known) this.list.replace(known, { ...known, ...change })
  }
}

function isForOlder(request: HistoryRequest): boolean {
  return request.direction === 'older' && request.from !== 'newest'
}
