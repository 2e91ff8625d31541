import { fartherMark, isCovered } from '../core/receipts'
import type { ReadMark } from '../core/receipts'
import { compareOrder } from '../core/timeline'
import type { Gap, TimelineEntry } from '../core/timeline'
import type { Message, UserId } from '../model'
import type { UserMarks } from '../stores'
import type { GapState, MessageStatus, TimelineRow } from './rows'

/** What rows need to know beyond their messages. */
export interface RowSurroundings {
  readonly isDirect: boolean
  /** More history lies above the first entry, so what stands above that row is not known yet. */
  readonly hasMore: boolean
  readonly marks: ReadonlyMap<UserId, UserMarks>
  /** How many others are in the group; unknown where the group is. */
  readonly otherCount?: number
  readonly firstUnreadKey: string | undefined
  /** Where messages are missing, under the key of the row below. */
  readonly gaps?: ReadonlyMap<string, Gap>
}

const RUN_ENDS_AFTER_MS = 5 * 60_000

/**
 * Turns entries into rows. A row that did not change stays the same object, and so do all of them together, so that Vue draws
 * only what changed.
 */
export function createRowBuilder(ownId: UserId) {
  let last: Built = { entries: [], rows: [] }

  return (entries: readonly TimelineEntry[], around: RowSurroundings): readonly TimelineRow[] => {
    const isSameDay = createDayComparer()
    const readers = countReaders(around.marks, ownId)
    const keptRow = keeperOf(last, entries, around)
    let rowByKey: ReadonlyMap<string, TimelineRow> | undefined
    const rows = entries.map((entry, index) => {
      const isOwn = entry.message.senderId === ownId
      // What receipts say of own messages changes behind them.
      const unchanged = isOwn ? undefined : keptRow(index)
      if (unchanged) return unchanged
      const before = entries[index - 1]
      const after = entries[index + 1]
      const gap = around.gaps?.get(entry.rowKey)
      const isCutBelow = after !== undefined && around.gaps?.has(after.rowKey) === true
      const startsDay = before ? !isSameDay(before.message.sentAt, entry.message.sentAt) : !around.hasMore
      const endsDay = after !== undefined && !isSameDay(entry.message.sentAt, after.message.sentAt)
      const row: TimelineRow = {
        key: entry.rowKey,
        message: entry.message,
        isOwn,
        isRunStart: startsDay || gap !== undefined || (before ? !isRun(before, entry) : !around.hasMore),
        isRunEnd: endsDay || isCutBelow || !after || !isRun(entry, after),
        isFirstUnread: entry.rowKey === around.firstUnreadKey,
        ...(gap && { gapAbove: gapStateOf(gap) }),
        ...(startsDay && { dayStartsAt: entry.message.sentAt }),
        ...statusOf(entry, ownId, { ...around, readers }),
      }
      rowByKey ??= new Map(last.rows.map((one) => [one.key, one]))
      const old = rowByKey.get(entry.rowKey)
      return old && isSameRow(old, row) ? old : row
    })
    const isSame = rows.length === last.rows.length && rows.every((row, index) => row === last.rows[index])
    last = { entries, rows: isSame ? last.rows : rows, around }
    return last.rows
  }
}

/** What was built the last time. */
interface Built {
  readonly entries: readonly TimelineEntry[]
  readonly rows: readonly TimelineRow[]
  readonly around?: RowSurroundings
}

/** Gives the row that an entry had, where neither it nor its neighbours nor anything around them has changed. */
function keeperOf(
  last: Built,
  entries: readonly TimelineEntry[],
  around: RowSurroundings,
): (index: number) => TimelineRow | undefined {
  const isAlike =
    last.around?.hasMore === around.hasMore &&
    last.around.firstUnreadKey === around.firstUnreadKey &&
    !last.around.gaps?.size &&
    !around.gaps?.size
  const shift = isAlike ? shiftBetween(last.entries, entries) : undefined
  if (shift === undefined) return () => undefined
  return (index) => {
    const was = index + shift
    const isUnchanged =
      last.entries[was] === entries[index] &&
      last.entries[was - 1] === entries[index - 1] &&
      last.entries[was + 1] === entries[index + 1]
    return isUnchanged ? last.rows[was] : undefined
  }
}

/** How far rows have moved up because others above have gone, or down because others have come. */
function shiftBetween(before: readonly TimelineEntry[], after: readonly TimelineEntry[]): number | undefined {
  const [first, firstBefore] = [after[0], before[0]]
  if (!first || !firstBefore) return undefined
  const gone = before.indexOf(first)
  if (gone >= 0) return gone
  const come = after.indexOf(firstBefore)
  return come < 0 ? undefined : -come
}

/** How many others have read or received a message. */
export interface ReaderCounter {
  readCount(message: Message): number
  isDelivered(message: Message): boolean
}

/** Sorts the marks of everybody once, so that asking for many messages costs little however many members there are. */
export function countReaders(marks: ReadonlyMap<UserId, UserMarks>, ownId: UserId): ReaderCounter {
  const others = [...marks].filter(([userId]) => userId !== ownId).map(([, mark]) => mark)
  const reads = others.flatMap(({ read }) => read ?? [])
  const orders = reads.flatMap(({ order }) => order ?? []).sort(compareOrder)
  const timeOnly = reads.filter(({ order }) => !order)
  const delivered = others.flatMap((mark) => mark.delivered ?? [])
  const farthest = delivered.reduce<ReadMark | undefined>(fartherMark, undefined)
  return {
    readCount(message) {
      const { order } = message
      if (!order) return reads.filter((mark) => isCovered(mark, message)).length
      let low = 0
      let high = orders.length
      while (low < high) {
        const middle = (low + high) >> 1
        const other = orders[middle]
        if (other && compareOrder(other, order) < 0) low = middle + 1
        else high = middle
      }
      return orders.length - low + timeOnly.filter((mark) => isCovered(mark, message)).length
    },
    isDelivered: (message) => isCovered(farthest, message),
  }
}

/** How an own message stands: what the outbox says while it is on its way, then what the receipts say (E8). */
export function statusOf(
  entry: TimelineEntry,
  ownId: UserId,
  {
    isDirect,
    readers,
    otherCount,
  }: Pick<RowSurroundings, 'isDirect' | 'otherCount'> & { readers: ReaderCounter },
): Pick<TimelineRow, 'status' | 'error' | 'readCount' | 'uploadFraction'> {
  const { message, outbox } = entry
  if (message.senderId !== ownId || message.recalled) return {}
  if (outbox && outbox.state !== 'sent' && outbox.state !== 'cancelled') {
    return {
      status: outbox.state,
      ...('error' in outbox && { error: outbox.error }),
      ...(entry.uploadFraction !== undefined && { uploadFraction: entry.uploadFraction }),
    }
  }
  const readCount = entry.receiptCounts?.readCount ?? readers.readCount(message)
  const isDelivered = readers.isDelivered(message)
  const isReadByAll = entry.receiptCounts
    ? entry.receiptCounts.unreadCount === 0
    : readCount > 0 && otherCount !== undefined && readCount >= otherCount
  const isRead = isDirect ? readCount > 0 : isReadByAll
  const status: MessageStatus = isRead ? 'read' : isDelivered || readCount > 0 ? 'delivered' : 'sent'
  return { status, ...(!isDirect && readCount > 0 && { readCount }) }
}

/**
 * The row above which the unread divider stands: counted back over other people's messages from the newest one at
 * opening; undefined while that many are not loaded.
 */
export function findFirstUnread(
  entries: readonly TimelineEntry[],
  ownId: UserId,
  opened: { readonly unreadCount: number; readonly lastKey?: string },
  gaps?: ReadonlyMap<string, unknown>,
): string | undefined {
  if (opened.unreadCount === 0 || opened.lastKey === undefined) return undefined
  let left = opened.unreadCount
  let isBelow = true
  for (let index = entries.length - 1; index >= 0; index--) {
    const entry = entries[index]
    if (entry?.rowKey === opened.lastKey) isBelow = false
    if (!entry || isBelow || entry.message.senderId === ownId || entry.message.delivery !== 'stored') continue
    if (--left === 0) return entry.rowKey
    // What is missing cannot be counted.
    if (gaps?.has(entry.rowKey)) return undefined
  }
  return undefined
}

function gapStateOf({ work, isLost }: Gap): GapState {
  if (isLost) return 'lost'
  return work === 'idle' ? 'more' : work === 'loading' ? 'loading' : 'failed'
}

function isRun(before: TimelineEntry, after: TimelineEntry): boolean {
  if (before.message.senderId !== after.message.senderId) return false
  if (isNotice(before) || isNotice(after)) return false
  return after.message.sentAt - before.message.sentAt < RUN_ENDS_AFTER_MS
}

function isNotice({ message }: TimelineEntry): boolean {
  return message.recalled !== undefined || message.parts[0]?.kind === 'notice'
}

/** Compares local days, remembering the day last seen: neighbours mostly share it. */
function createDayComparer(): (a: number, b: number) => boolean {
  let start = 0
  let end = 0
  return (a, b) => {
    if (a < start || a >= end) {
      const date = new Date(a)
      start = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
      end = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
    }
    return b >= start && b < end
  }
}

function isSameRow(a: TimelineRow, b: TimelineRow): boolean {
  return (
    a.message === b.message &&
    a.isRunStart === b.isRunStart &&
    a.isRunEnd === b.isRunEnd &&
    a.isFirstUnread === b.isFirstUnread &&
    a.dayStartsAt === b.dayStartsAt &&
    a.gapAbove === b.gapAbove &&
    a.status === b.status &&
    a.error === b.error &&
    a.readCount === b.readCount &&
    a.uploadFraction === b.uploadFraction
  )
}
