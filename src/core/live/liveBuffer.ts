import type { ConversationId, EpochMs, Group, Message, MessageKey, Priority, UserId } from '../../model'
import { Allowance } from './allowance'
import { addGift } from './giftCombos'
import type { GiftCombo } from './giftCombos'
import { canOrder } from './hosts'
import { Precedence } from './precedence'
import { addDropped, chooseByPriority, NONE_DROPPED } from './priorities'
import type { DroppedCounts, Ranked } from './priorities'
import { signalOf } from './signals'
import type { LiveOrder, LiveSignal } from './signals'
import { welcomed } from './welcomes'
import type { Welcome } from './welcomes'

/** One line of a live room. */
export interface LiveRow {
  /** Names the row as long as it is there. */
  readonly key: MessageKey
  readonly message: Message
  /** What it counts as: less than the message claims, where whoever says it may not claim that. */
  readonly priority: Priority
  readonly signal?: Extract<LiveSignal, { kind: 'gift' }>
}
/** What a live room shows at one moment; a new one whenever anything changes. */
export interface LiveSnapshot {
  /** The newest lines, oldest first. */
  readonly rows: readonly LiveRow[]
  /** How many lines have come in all: the difference of two says how many are new. */
  readonly rowCount: number
  /** Lines that were taken away of late: they go from what somebody holds as well. */
  readonly removedKeys: readonly MessageKey[]
  /** What was not shown because there was too much of it. */
  readonly dropped: DroppedCounts
  /** All that is known to be liked. */
  readonly likes: number
  /** Gifts, those of one giver in a row as one; the newest last. */
  readonly gifts: readonly GiftCombo[]
  /** Whoever came in last, told together. */
  readonly welcome?: Welcome
  /** Orders of people who may not give them: nobody follows them (J6). */
  readonly ignoredOrders: number
  /** Whose voice the host has taken, as far as it was heard here. */
  readonly mutes: ReadonlyMap<UserId, EpochMs | 'forever'>
  /** Who has put the user out. */
  readonly kickedById?: UserId
}
/** How much a buffer takes and keeps. */
export interface LiveBufferOptions {
  /** The room: what is of another is not taken in. */
  readonly conversationId: ConversationId
  /** Whoever watches: his own lines are never dropped. */
  readonly ownId: UserId
  /** How many lines stay. @default 150 */
  readonly windowSize?: number
  /** So many lines a second are shown, for nobody reads more; above it the least important are dropped. @default 50 */
  readonly rowsPerSecond?: number
}

interface RankedRow extends Ranked {
  readonly row: LiveRow
}

/** What no buffer has to remember longer: a message told twice is told twice soon. */
const KEYS_KEPT = 2_000
const MUTES_KEPT = 500
const REMOVED_KEPT = 500

/** What is shown of a live room: bounded, whatever comes in (J1). Only messages of its own room get in (J2). */
export class LiveBuffer {
  private readonly options: Required<LiveBufferOptions>
  private readonly allowance: Allowance
  private readonly precedence = new Precedence()
  private readonly seen = new Set<MessageKey>()
  private now: LiveSnapshot

  constructor(options: LiveBufferOptions) {
    this.options = { windowSize: 150, rowsPerSecond: 50, ...options }
    this.allowance = new Allowance(this.options.rowsPerSecond)
    this.now = {
      rows: [],
      rowCount: 0,
      removedKeys: [],
      dropped: NONE_DROPPED,
      likes: 0,
      gifts: [],
      ignoredOrders: 0,
      mutes: new Map(),
    }
  }

  /** What is shown now. */
  snapshot(): LiveSnapshot {
    return this.now
  }

  /** Takes in a burst in the order it came; `group` says who runs the room: who may give orders, and who goes first. */
  add(messages: readonly Message[], at: EpochMs, group?: Pick<Group, 'ownerId' | 'custom'>): void {
    const lines: RankedRow[] = []
    for (const message of messages) {
      if (message.conversationId !== this.options.conversationId || !this.isNew(message)) continue
      const line = this.heed(message, at, group)
      if (!line) continue
      const priority = this.precedence.of(message, at, group)
      const isOwn = message.senderId === this.options.ownId
      lines.push({ row: { ...line, priority }, priority: isOwn ? 'high' : priority })
    }
    if (lines.length === 0) return
    const { taken, dropped } = chooseByPriority(lines, this.allowance.room(at))
    this.allowance.use(taken.length)
    const rows = taken.map(({ row }) => row)
    this.now = {
      ...this.now,
      rows: [...this.now.rows, ...rows].slice(-this.options.windowSize),
      rowCount: this.now.rowCount + rows.length,
      dropped: addDropped(this.now.dropped, dropped),
    }
  }

  /** One's own likes count at once, and not again when they are told. */
  addOwnLikes(count: number): void {
    this.now = { ...this.now, likes: this.now.likes + count }
  }

  /** What the backend has counted: never less than what was heard here. */
  knowLikes(count: number): void {
    if (count > this.now.likes) this.now = { ...this.now, likes: count }
  }

  /** Takes lines away again, as when they are recalled. */
  remove(keys: readonly MessageKey[]): void {
    const rows = this.now.rows.filter(({ message }) => !message.keys.some((key) => keys.includes(key)))
    this.now = { ...this.now, rows, removedKeys: [...this.now.removedKeys, ...keys].slice(-REMOVED_KEPT) }
  }

  private isNew({ keys }: Message): boolean {
    if (keys.some((key) => this.seen.has(key))) return false
    for (const key of keys) this.seen.add(key)
    for (const oldest of this.seen) {
      if (this.seen.size <= KEYS_KEPT) break
      this.seen.delete(oldest)
    }
    return keys.length > 0
  }

  /** Follows what a message means; the line it becomes, where it is to be read. */
  private heed(
    message: Message,
    at: EpochMs,
    group: Pick<Group, 'ownerId' | 'custom'> | undefined,
  ): Omit<LiveRow, 'priority'> | undefined {
    const key = message.keys[0] ?? ''
    const notice = message.parts.find((part) => part.kind === 'notice')
    if (notice) {
      if (notice.about === 'joined')
        this.now = { ...this.now, welcome: welcomed(this.now.welcome, message, at) }
      return undefined
    }
    const signal = signalOf(message)
    switch (signal?.kind) {
      case undefined:
        return message.parts.length > 0 ? { key, message } : undefined
      case 'like':
        if (message.senderId !== this.options.ownId) this.addOwnLikes(signal.count)
        return undefined
      case 'gift':
        this.now = { ...this.now, gifts: addGift(this.now.gifts, message, signal, at) }
        return { key, message, signal }
      case 'mute':
      case 'kick':
        this.obey(message.senderId, signal, group)
        return undefined
    }
  }

  private obey(byId: UserId, order: LiveOrder, group: Pick<Group, 'ownerId' | 'custom'> | undefined): void {
    if (!canOrder(group, byId, order.userId)) {
      this.now = { ...this.now, ignoredOrders: this.now.ignoredOrders + 1 }
      return
    }
    if (order.kind === 'kick') {
      if (order.userId === this.options.ownId) this.now = { ...this.now, kickedById: byId }
      return
    }
    const mutes = new Map(this.now.mutes)
    mutes.delete(order.userId)
    if (order.until !== null) mutes.set(order.userId, order.until)
    const [oldest] = mutes.keys()
    if (mutes.size > MUTES_KEPT && oldest !== undefined) mutes.delete(oldest)
    this.now = { ...this.now, mutes }
  }
}
