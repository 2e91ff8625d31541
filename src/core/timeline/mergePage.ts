import type { HistoryRequest, KnownEdge, KnownPage, MessageOrder, MessageRef } from '../../model'
import { compareOrder } from './order'
import { changeMessage, isLive, putMessage } from './putMessage'
import type { PagePlace, TimelineContext } from './putMessage'
import type { Asked } from './timeline'
import type { TimelineEntry } from './timelineEntry'
import { aStretch, dropEmptyStretches, endLoading, newestPlace, stretchWith, trim } from './timelineWork'
import type { TimelineWork, WorkStretch } from './timelineWork'

/** Which side of what is here a request is about. */
export type Side = 'newest' | 'older' | 'newer' | 'around'

/** The side of a request. */
export function sideOf({ from, direction }: HistoryRequest): Side {
  if (direction === 'around') return 'around'
  return from === 'newest' ? 'newest' : direction
}

/**
 * Takes in a page, wherever it was known first: it joins every stretch it touches, and where it touches none there is a gap
 * beside it. A page for a part of the history that was given up meanwhile fits nowhere.
 */
export function mergePage(
  work: TimelineWork,
  context: TimelineContext,
  request: HistoryRequest,
  page: KnownPage,
  beside: MessageRef | undefined,
): void {
  const asked = work.asked.find((other) => other.request === request)
  work.asked = work.asked.filter((other) => other !== asked)
  if (asked && asked.windowId !== work.windowId) return
  const side = sideOf(request)
  if (side === 'older' || side === 'newer') endLoading(work, side)
  const at = side === 'older' ? besideOf(work, beside, 0) : besideOf(work, beside, -1)
  if ((side === 'older' || side === 'newer') && beside && !at) return
  if (side === 'around' || (side === 'newest' && work.isDetached)) beginAnew(work)
  const newer = trustedNewer(work, page, asked)
  const asksAtEdge = side === 'older' || side === 'newer' ? isAtEdge(at, side, beside) : true
  forgetAbsent(work, page, side, placeOf(work, beside) ?? asked?.newest)
  const { joined, isOutermost } = joinTouched(work, context, page, side, at)
  const [wasFirst, wasLast] = [joined.entries[0], joined.entries.at(-1)]
  const asOf = page.isDoubted ? -1 : (asked ?? work).interruptions
  const told = { asOf, isKept: page.isKept === true, heard: asked?.early ?? [] }
  const put = fill(work, context, joined, page, side, told)
  const [first, last] = [joined.entries[0], joined.entries.at(-1)]
  const asksOlder = !wasFirst || (side === 'older' && isOutermost && asksAtEdge)
  const asksNewer = !wasLast || (side === 'newer' && isOutermost && asksAtEdge)
  if (asksOlder || (put[0] === first?.rowKey && !isKeptEnd(joined.older, first, wasFirst))) {
    joined.older = page.older
  }
  if (asksNewer || (put.at(-1) === last?.rowKey && !isKeptEnd(joined.newer, last, wasLast))) {
    joined.newer = newer
  }
  if (side === 'older' && asksAtEdge) joined.olderWork = 'idle'
  if (side === 'newer' && asksAtEdge) joined.newerWork = 'idle'
  settle(work, context, side, newer, asked)
  for (const change of page.changes) changeMessage(work, context, change)
  dropEmptyStretches(work)
  trim(work, farSide(work, joined, side))
}

/**
 * Pages never skip, so what stood between their messages, between them and the one they go on from, or before where history
 * begins now, was deleted or cleared while nobody told. `from`: what the page goes on from, or the newest when it was asked for.
 */
function forgetAbsent(
  work: TimelineWork,
  { messages, older, isKept }: KnownPage,
  side: Side,
  from: MessageOrder | undefined,
): void {
  const keys = new Set(messages.flatMap((message) => message.keys))
  const orders = messages.flatMap(({ order }) => order ?? [])
  if (orders.length < messages.length) return
  const low = side === 'newer' ? from : orders[0]
  const goesOn = side === 'older' || (side === 'newest' && orders.length === 0)
  // What this machine kept may lack a message, but where history begins it has from the backend.
  const high = isKept ? (orders[0] ?? from) : goesOn ? from : orders.at(-1)
  const isBeginning = 'end' in older && (older.end === 'start' || older.end === 'joined')
  if (!high || (!isBeginning && (isKept || !low))) return
  const isAbsent = ({ message, place }: TimelineEntry): boolean =>
    place !== undefined &&
    message.delivery !== 'online-only' &&
    (side === 'newest' && !isKept ? compareOrder(place, high) <= 0 : compareOrder(place, high) < 0) &&
    (isBeginning || (low !== undefined && compareOrder(place, low) > 0)) &&
    !message.keys.some((key) => keys.has(key))
  for (const stretch of work.stretches) stretch.entries = stretch.entries.filter((entry) => !isAbsent(entry))
}

function placeOf(work: TimelineWork, ref: MessageRef | undefined): MessageOrder | undefined {
  if (!ref) return undefined
  const entries = work.stretches[stretchWith(work, ref.keys)]?.entries ?? []
  return entries.find(({ message }) => message.keys.some((key) => ref.keys.includes(key)))?.place
}

/** True where a page that goes on from this message goes on from the end of the stretch, not from its middle. */
export function isAtEdge(
  stretch: WorkStretch | undefined,
  side: 'older' | 'newer',
  beside: MessageRef | undefined,
): boolean {
  if (!beside || !stretch) return true
  const entry = stretch.entries.at(side === 'older' ? 0 : -1)
  return entry?.message.keys.some((key) => beside.keys.includes(key)) ?? true
}

/** Stands for an edge about which nothing is known yet. */
const UNKNOWN: KnownEdge = { more: true }

/** An end that is known stays known while the same message stands at it. */
function isKeptEnd(edge: KnownEdge, now: TimelineEntry | undefined, was: TimelineEntry | undefined): boolean {
  return 'end' in edge && now?.rowKey === was?.rowKey
}

/** What is here is given up for another part of the history. */
function beginAnew(work: TimelineWork): void {
  work.windowId++
  work.stretches = []
  work.isDetached = false
}

function besideOf(
  work: TimelineWork,
  beside: MessageRef | undefined,
  otherwise: 0 | -1,
): WorkStretch | undefined {
  if (!beside) return work.stretches.at(otherwise)
  return work.stretches[stretchWith(work, beside.keys)]
}

/** 'live' counts only where nothing was lost since the page was asked for. */
function trustedNewer(work: TimelineWork, page: KnownPage, asked: Asked | undefined): KnownEdge {
  const isTrusted = (!asked || asked.interruptions === work.interruptions) && work.held !== undefined
  return isLive(page) && !isTrusted ? { more: true } : page.newer
}

/** The stretch that the page belongs to, joined out of all that it touches. */
function joinTouched(
  work: TimelineWork,
  context: TimelineContext,
  page: KnownPage,
  side: Side,
  at: WorkStretch | undefined,
): { readonly joined: WorkStretch; readonly isOutermost: boolean } {
  const touched = work.stretches.filter(
    (stretch) =>
      (stretch === at && (side === 'older' || side === 'newer')) ||
      stretch.entries.length === 0 ||
      touches(context, stretch, page),
  )
  const [lowest] = touched
  const highest = touched.at(-1)
  if (!lowest || !highest) {
    return { joined: insertStretch(work, aStretch([], UNKNOWN, UNKNOWN), page), isOutermost: true }
  }
  const [from, to] = [work.stretches.indexOf(lowest), work.stretches.indexOf(highest)]
  const parts = work.stretches.slice(from, to + 1)
  const joined: WorkStretch = {
    entries: parts.flatMap(({ entries }) => entries),
    older: lowest.older,
    olderWork: lowest.olderWork,
    newer: highest.newer,
    newerWork: highest.newerWork,
  }
  work.stretches.splice(from, parts.length, joined)
  return { joined, isOutermost: at === (side === 'older' ? lowest : highest) }
}

/** True where nothing can be missing between the stretch and the page. */
function touches({ isDense }: TimelineContext, stretch: WorkStretch, { messages }: KnownPage): boolean {
  const toldByKey = new Map(messages.flatMap((message) => message.keys.map((key) => [key, message.order])))
  const isShared = ({ message, place }: TimelineEntry) =>
    message.keys.some((key) => toldByKey.has(key) && isSamePlace(place, toldByKey.get(key)))
  if (stretch.entries.some(isShared)) return true
  const [first, last] = [messages[0]?.order, messages.at(-1)?.order]
  const [oldest, newest] = [stretch.entries[0]?.place, newestPlace(stretch)]
  if (!first || !last || !oldest || !newest) return false
  if (compareOrder(first, newest) <= 0 && compareOrder(last, oldest) >= 0) return true
  return isDense && (first.major === newest.major + 1 || oldest.major === last.major + 1)
}

/** False for a message that the backend holds in two places: there is something between them. */
function isSamePlace(place: MessageOrder | undefined, told: MessageOrder | undefined): boolean {
  return !place || !told || compareOrder(place, told) === 0
}

function insertStretch(work: TimelineWork, stretch: WorkStretch, { messages }: KnownPage): WorkStretch {
  const order = messages.find((message) => message.order)?.order
  const index = work.stretches.findIndex(({ entries }) => {
    const oldest = entries[0]?.place
    return order !== undefined && oldest !== undefined && compareOrder(order, oldest) < 0
  })
  work.stretches.splice(index < 0 ? work.stretches.length : index, 0, stretch)
  return stretch
}

/**
 * The page's own order is the truth: where orders are equal each message goes beside its neighbour in the page. Gives the
 * rows of the page's messages, in the page's order; those that were deleted have none.
 */
function fill(
  work: TimelineWork,
  context: TimelineContext,
  stretch: WorkStretch,
  page: KnownPage,
  side: Side,
  told: Pick<PagePlace, 'asOf' | 'isKept' | 'heard'>,
): readonly string[] {
  const put: string[] = []
  const isBackwards = side === 'older'
  const ties = isBackwards ? 'before' : 'after'
  const messages = isBackwards ? [...page.messages].reverse() : page.messages
  let neighbour: MessageOrder | undefined = isBackwards ? stretch.entries[0]?.place : newestPlace(stretch)
  for (const message of messages) {
    const entry = putMessage(work, context, message, { stretch, ties, neighbour, ...told })
    neighbour = entry?.place ?? neighbour
    if (entry) put.push(entry.rowKey)
  }
  return isBackwards ? put.reverse() : put
}

/** After a page for the end: what came live meanwhile follows it without a hole. */
function settle(
  work: TimelineWork,
  context: TimelineContext,
  side: Side,
  newer: KnownEdge,
  asked: Asked | undefined,
): void {
  work.state = 'ready'
  if (side === 'older') return
  if (side === 'newest') {
    delete work.error
    if (isLive({ newer })) joinFollowing(work, asked)
  }
  const last = work.stretches.at(-1)
  const wasDetached = work.isDetached || side === 'around'
  work.isDetached = side === 'newest' ? false : wasDetached && !(last && isLive(last))
  if (side === 'newest') {
    const isOvertaken = asked !== undefined && asked.interruptions !== work.interruptions
    work.isInterrupted = isOvertaken || !(last && isLive(last))
  }
  if (work.isDetached) return
  if (!wasDetached && side !== 'newest') return
  work.missedCount = 0
  const held = work.held ?? []
  work.held = []
  for (const message of held) putMessage(work, context, message)
}

/** The stretch of live messages that began after the page was asked for goes on where the page ends. */
function joinFollowing(work: TimelineWork, asked: Asked | undefined): void {
  const [following, before] = [work.stretches.at(-1), work.stretches.at(-2)]
  const first = following?.entries[0]?.place
  if (!following || !before || !first || !isLive(following) || !isLive(before)) return
  if (asked?.newest && compareOrder(first, asked.newest) <= 0) return
  before.entries.push(...following.entries)
  before.newer = following.newer
  work.stretches.pop()
}

/** The side that is farther from where the page came in. */
function farSide(work: TimelineWork, joined: WorkStretch, side: Side): 'oldest' | 'newest' {
  if (side !== 'older') return 'oldest'
  const above = work.stretches
    .slice(0, work.stretches.indexOf(joined))
    .reduce((sum, { entries }) => sum + entries.length, 0)
  const total = work.stretches.reduce((sum, { entries }) => sum + entries.length, 0)
  return above > total / 2 ? 'oldest' : 'newest'
}
