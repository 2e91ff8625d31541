import type { KnownEdge, MessageKey, MessageOrder } from '../../model'
import { compareOrder } from './order'
import type { EdgeWork, Stretch, Timeline, TimelineParts } from './timeline'
import type { TimelineEntry } from './timelineEntry'

/** On which side of those of equal order an entry goes in. */
export type Ties = 'before' | 'after'

/** A stretch while it is worked on. */
export interface WorkStretch {
  entries: TimelineEntry[]
  older: KnownEdge
  newer: KnownEdge
  olderWork: EdgeWork
  newerWork: EdgeWork
}
/** A timeline while it is worked on: copied once, changed in place, and given back as a new one. */
export type TimelineWork = {
  -readonly [F in keyof TimelineParts]: F extends 'stretches'
    ? WorkStretch[]
    : F extends 'tail'
      ? TimelineEntry[]
      : TimelineParts[F]
}

/** More entries than this are too many to keep in memory and to draw from. */
const MAX_ENTRIES = 400
/** Trimming goes in strides, so that it is rare. */
const TRIM_STRIDE = 100

/** A copy of a timeline to work on. */
export function workOn({ parts }: Timeline): TimelineWork {
  return {
    ...parts,
    stretches: parts.stretches.map((stretch) => ({ ...stretch, entries: [...stretch.entries] })),
    tail: [...parts.tail],
  }
}

/** A stretch that nothing goes on at. */
export function aStretch(entries: TimelineEntry[], older: KnownEdge, newer: KnownEdge): WorkStretch {
  return { entries, older, newer, olderWork: 'idle', newerWork: 'idle' }
}

/**
 * A page came or failed: once no other is on its way on this side, nothing is loading there, wherever the edge that was asked
 * at stands by now.
 */
export function endLoading(work: TimelineWork, side: 'older' | 'newer'): void {
  const isAwaited = work.asked.some(
    ({ request: { from, direction } }) => from !== 'newest' && direction === side,
  )
  if (isAwaited) return
  const name = side === 'older' ? 'olderWork' : 'newerWork'
  for (const stretch of work.stretches) if (stretch[name] === 'loading') stretch[name] = 'idle'
}

/** The entries that carry any of these keys, each once, the oldest first. */
export function findEntries(work: TimelineWork, keys: readonly MessageKey[]): readonly TimelineEntry[] {
  const found: TimelineEntry[] = []
  // Every message that comes is looked for among all of them.
  for (const list of listsOf(work)) {
    for (const entry of list) if (sharesKey(entry.message.keys, keys)) found.push(entry)
  }
  return found
}

function sharesKey(some: readonly MessageKey[], others: readonly MessageKey[]): boolean {
  for (const key of some) if (others.includes(key)) return true
  return false
}

/** The entry of a row. */
export function findRow(work: TimelineWork, rowKey: string): TimelineEntry | undefined {
  for (const list of listsOf(work)) {
    const found = list.find((entry) => entry.rowKey === rowKey)
    if (found) return found
  }
  return undefined
}

/** The stretch that holds any of these keys, by its place. */
export function stretchWith(work: TimelineWork, keys: readonly MessageKey[]): number {
  return work.stretches.findIndex(({ entries }) =>
    entries.some(({ message }) => message.keys.some((key) => keys.includes(key))),
  )
}

/** `next` stands where `known` stood. */
export function replaceEntry(work: TimelineWork, known: TimelineEntry, next: TimelineEntry): void {
  for (const list of listsOf(work)) {
    const index = list.indexOf(known)
    if (index >= 0) list[index] = next
  }
}

/** Takes an entry away. */
export function removeEntry(work: TimelineWork, entry: TimelineEntry): void {
  for (const list of listsOf(work)) {
    const index = list.indexOf(entry)
    if (index >= 0) list.splice(index, 1)
  }
}

/** Puts an entry with a place into a stretch. */
export function insertInto(stretch: WorkStretch, entry: TimelineEntry, ties: Ties): void {
  const { place } = entry
  stretch.entries.splice(place ? boundary(stretch.entries, place, ties) : stretch.entries.length, 0, entry)
}

/** The place of the newest entry of a stretch. */
export function newestPlace(stretch: Stretch | WorkStretch | undefined): MessageOrder | undefined {
  return stretch?.entries.at(-1)?.place
}

/** The stretch in which a message of this order belongs without doubt: between its first and its last. */
export function stretchAround(work: TimelineWork, order: MessageOrder): WorkStretch | undefined {
  return work.stretches.find((stretch, index) => {
    const first = stretch.entries[0]?.place
    const last = newestPlace(stretch)
    if (!first || !last || compareOrder(order, last) > 0) return false
    const isBeginning = index === 0 && 'end' in stretch.older && stretch.older.end === 'start'
    return isBeginning || compareOrder(order, first) >= 0
  })
}

/**
 * Keeps the window bounded: what is furthest from the reader goes, and is there again when somebody goes there. Gives what
 * has gone.
 */
export function trim(work: TimelineWork, side: 'oldest' | 'newest'): readonly TimelineEntry[] {
  const gone: TimelineEntry[] = []
  let excess = work.stretches.reduce((sum, { entries }) => sum + entries.length, 0) - MAX_ENTRIES
  if (excess <= TRIM_STRIDE) return gone
  while (excess > 0) {
    const stretch = side === 'oldest' ? work.stretches[0] : work.stretches.at(-1)
    if (!stretch) break
    const count = Math.min(excess, stretch.entries.length)
    excess -= count
    if (side === 'oldest') gone.push(...cutOldest(work, stretch, count))
    else gone.push(...cutNewest(work, stretch, count))
  }
  return gone
}

function cutOldest(work: TimelineWork, stretch: WorkStretch, count: number): readonly TimelineEntry[] {
  const gone = stretch.entries.splice(0, count)
  stretch.older = { more: true }
  stretch.olderWork = 'idle'
  if (stretch.entries.length === 0) work.stretches.shift()
  return gone
}

function cutNewest(work: TimelineWork, stretch: WorkStretch, count: number): readonly TimelineEntry[] {
  const gone = stretch.entries.splice(-count, count)
  stretch.newer = { more: true }
  stretch.newerWork = 'idle'
  work.isDetached = true
  work.isInterrupted = false
  if (stretch.entries.length === 0) work.stretches.pop()
  return gone
}

/** A stretch without messages says something only where it is all there is. */
export function dropEmptyStretches(work: TimelineWork): void {
  const filled = work.stretches.filter(({ entries }) => entries.length > 0)
  work.stretches = filled.length > 0 ? filled : work.stretches.slice(-1)
}

function listsOf(work: TimelineWork): TimelineEntry[][] {
  return [...work.stretches.map(({ entries }) => entries), work.tail]
}

/** Where an entry of this place goes: before or after those of equal place. */
function boundary(entries: readonly TimelineEntry[], place: MessageOrder, ties: Ties): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = entries[middle]?.place
    const compared = other ? compareOrder(other, place) : 1
    if (compared < 0 || (compared === 0 && ties === 'after')) low = middle + 1
    else high = middle
  }
  return low
}
