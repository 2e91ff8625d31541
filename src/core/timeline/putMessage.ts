import { soundMessage } from '../sound'
import { isClientKey } from '../../model'
import type { Message, MessageOrder, UserId } from '../../model'
import { applyChange, isRightful, tellsItself } from './applyChange'
import { keepEarly, takeEarly } from './earlyChanges'
import type { EarlyChanges } from './earlyChanges'
import { mergeMessage } from './mergeMessage'
import { compareOrder } from './order'
import type { TimelineEntry } from './timelineEntry'
import {
  aStretch,
  findEntries,
  findRow,
  insertInto,
  newestPlace,
  removeEntry,
  replaceEntry,
  stretchAround,
} from './timelineWork'
import type { Ties, TimelineWork, WorkStretch } from './timelineWork'
import type { MessageChange } from '../../model'

/** What a timeline must know of its conversation. */
export interface TimelineContext {
  readonly ownId: UserId
  /** Stored messages are numbered without holes, so that a jump in `order.major` shows a loss. */
  readonly isDense: boolean
}

/** As many live messages are kept while a page for the end is on its way. */
const MAX_HELD = 200

/** Where a message of a page goes: into that page's stretch, beside its neighbour in the page. */
export interface PagePlace {
  readonly stretch: WorkStretch
  readonly ties: Ties
  /** The place of the neighbour that was put in before, for messages without an order of their own. */
  readonly neighbour: MessageOrder | undefined
  /** How many losses were known when the backend told what is on the page. */
  readonly asOf: number
  /** This machine alone tells it: whoever has heard everything since knows better. */
  readonly isKept: boolean
  /** The changes that were heard before the page was asked for. */
  readonly heard: EarlyChanges
}

/**
 * Puts a message in, or what is told of it into the row it has; gives that row. A telling with several keys can show that
 * several rows are one message: then an own row that was waiting for it stays, else the first one.
 */
export function putMessage(
  work: TimelineWork,
  context: TimelineContext,
  told: Message,
  page?: PagePlace,
  ownRowKey?: string,
): TimelineEntry | undefined {
  const message = soundMessage(told)
  if (!message) return undefined
  const row = ownRowKey === undefined ? undefined : findRow(work, ownRowKey)
  const own = row?.message.senderId === message.senderId ? row : undefined
  if (isGone(work, message)) {
    // What was deleted or cleared elsewhere before its answer came waits for nothing any more.
    if (own) removeEntry(work, own)
    return undefined
  }
  const carriers = findEntries(work, message.keys)
  const found = carriers.filter((entry) => entry.message.senderId === message.senderId)
  const rows = own && !found.includes(own) ? [own, ...found] : found
  const kept = own ?? rows.find((row) => row.outbox) ?? rows[0]
  const put = kept
    ? mergeInto(work, context, kept, message, rows, page, ownRowKey !== undefined)
    : insert(work, context, withoutTakenKeys(message, carriers), page)
  const { taken, rest } = takeEarly(work.early, message.keys)
  work.early = rest
  for (const change of taken) if (!isOvertaken(message, change, page)) changeMessage(work, context, change)
  return put && (findRow(work, put.rowKey) ?? put)
}

/** True where a page says how it stands with what a change told before the page was asked for. */
function isOvertaken(message: Message, change: MessageChange, page: PagePlace | undefined): boolean {
  return page !== undefined && !page.isKept && page.heard.includes(change) && tellsItself(message, change)
}

/** Applies a change, or keeps it until its message comes. */
export function changeMessage(work: TimelineWork, { ownId }: TimelineContext, change: MessageChange): void {
  const [known] = findEntries(work, change.ref.keys)
  if (!known) {
    // What was deleted on another device before it was ever loaded here must not come back either.
    if (change.kind === 'removed' && change.isVouched) rememberRemoved(work, change.ref.keys)
    else work.early = keepEarly(work.early, change)
    return
  }
  if (!isRightful(change, known.message)) return
  if (change.kind === 'removed') {
    rememberRemoved(work, known.message.keys)
    removeEntry(work, known)
  } else if (change.kind === 'failed') {
    replaceEntry(work, known, {
      ...known,
      hasBounced: true,
      outbox: { state: 'failed', error: change.error },
    })
  } else {
    const message = soundMessage(applyChange(known.message, change, ownId))
    if (message && message !== known.message) replaceEntry(work, known, { ...known, message })
  }
}

function rememberRemoved(work: TimelineWork, keys: readonly string[]): void {
  work.removedKeys = new Set([...work.removedKeys, ...keys])
}

function isGone(work: TimelineWork, message: Message): boolean {
  if (message.sentAt <= work.clearedUpToAt && message.order) return true
  return work.removedKeys.size > 0 && message.keys.some((key) => work.removedKeys.has(key))
}

/** A key that another sender's message holds already names that one. */
function withoutTakenKeys(message: Message, carriers: readonly TimelineEntry[]): Message {
  if (carriers.length === 0) return message
  const taken = new Set(carriers.flatMap((entry) => entry.message.keys))
  return { ...message, keys: message.keys.filter((key) => !taken.has(key)) }
}

function insert(
  work: TimelineWork,
  context: TimelineContext,
  message: Message,
  page: PagePlace | undefined,
): TimelineEntry | undefined {
  const [firstKey] = message.keys
  if (firstKey === undefined) return undefined
  const entry: TimelineEntry = {
    rowKey: message.keys.find(isClientKey) ?? firstKey,
    message,
    asOf: page?.asOf ?? work.interruptions,
  }
  return place(work, context, entry, page)
}

function mergeInto(
  work: TimelineWork,
  context: TimelineContext,
  kept: TimelineEntry,
  message: Message,
  rows: readonly TimelineEntry[],
  page: PagePlace | undefined,
  isAnswer: boolean,
): TimelineEntry | undefined {
  const doubles = rows.filter((row) => row !== kept)
  for (const double of doubles) removeEntry(work, double)
  const known = doubles.reduce((sum, double) => mergeMessage(sum, double.message), kept.message)
  const isKnownBetter = page?.isKept && kept.asOf === work.interruptions
  const merged = isKnownBetter ? mergeMessage(message, known) : mergeMessage(known, message)
  const { uploadFraction: _fraction, isAhead, ...rest } = kept
  const next: TimelineEntry = {
    ...rest,
    message: merged,
    // An event may repeat an old telling; a page tells how the message is.
    asOf: Math.max(kept.asOf, page?.asOf ?? -1),
    ...(isAnswer && (isAhead || (!kept.place && !context.isDense)) && { isAhead: true }),
    ...(kept.outbox && !kept.hasBounced && { outbox: { state: 'sent' } as const }),
  }
  const stays = kept.place
    ? !merged.order || compareOrder(merged.order, kept.place) === 0
    : !merged.order && !page
  if (stays) {
    replaceEntry(work, kept, next)
    return next
  }
  removeEntry(work, kept)
  return place(work, context, next, page, isAnswer)
}

/** Finds the place of an entry that has none here yet. Undefined: it belongs to a part of the history that is not here. */
function place(
  work: TimelineWork,
  context: TimelineContext,
  entry: TimelineEntry,
  page: PagePlace | undefined,
  isAnswer = false,
): TimelineEntry | undefined {
  const { message } = entry
  if (page) {
    const at = message.order ?? page.neighbour
    const placed = at ? { ...entry, place: at } : entry
    insertInto(page.stretch, placed, page.ties)
    return placed
  }
  return message.order
    ? placeLive(work, context, { ...entry, place: message.order }, message.order, isAnswer)
    : placeUnordered(work, context, entry)
}

/** Own messages wait at the end for their place; those of others stand where they arrived. */
function placeUnordered(
  work: TimelineWork,
  { ownId }: TimelineContext,
  entry: TimelineEntry,
): TimelineEntry | undefined {
  const last = work.stretches.at(-1)
  if (entry.message.senderId === ownId || !last || last.entries.length === 0) {
    work.tail.push(entry)
    return entry
  }
  if (work.isDetached) return miss(work, entry, entry.message.senderId === ownId)
  if (!isLive(last)) {
    work.stretches.push(aStretch([entry], { more: true }, { end: 'live' }))
    return entry
  }
  const at = newestPlace(last)
  const placed = at ? { ...entry, place: at } : entry
  last.entries.push(placed)
  return placed
}

function placeLive(
  work: TimelineWork,
  { ownId, isDense }: TimelineContext,
  entry: TimelineEntry,
  order: MessageOrder,
  isAnswer: boolean,
): TimelineEntry | undefined {
  const around = stretchAround(work, order)
  if (around) {
    insertInto(around, entry, 'after')
    return entry
  }
  if (work.isDetached) return miss(work, entry, entry.message.senderId === ownId)
  const last = work.stretches.at(-1)
  const newest = newestPlace(last)
  // Between stretches or above them: it comes with the page that belongs there.
  if (newest && compareOrder(order, newest) < 0) return undefined
  const isFollowed = last !== undefined && isLive(last)
  const before = newest?.major ?? (last && majorBeforeTheFirst(last))
  const isNext = isDense && before !== undefined && order.major <= before + 1
  if (last && (isNext || (isFollowed && (!isDense || before === undefined)))) {
    last.entries.push(entry)
    if (!isAnswer) last.newer = { end: 'live' }
    return entry
  }
  if (isFollowed) interrupt(work)
  // That a message was sent says nothing of what was written after it.
  work.stretches.push(aStretch([entry], { more: true }, isAnswer ? { more: true } : { end: 'live' }))
  if (last?.entries.length === 0) work.stretches.splice(-2, 1)
  return entry
}

/** Marks that messages may be missing after the newest one here. */
export function interrupt(work: TimelineWork): void {
  work.interruptions++
  const last = work.stretches.at(-1)
  if (last && isLive(last)) {
    last.newer = { more: true }
    splitAhead(work, last)
  }
  if (work.isDetached) return
  work.isInterrupted = true
  if (work.state === 'ready') delete work.error
}

/** Own messages at the end that no event has told prove nothing about what is above them. */
function splitAhead(work: TimelineWork, last: WorkStretch): void {
  const proven = last.entries.findLastIndex(({ isAhead }) => !isAhead) + 1
  // Not even that one of them is the first.
  if (proven === 0) last.older = { more: true }
  for (const entry of last.entries.splice(Math.max(proven, 1))) {
    work.stretches.push(aStretch([entry], { more: true }, { more: true }))
  }
}

/** What comes after the newest message comes by event. */
export function isLive({ newer }: Pick<WorkStretch, 'newer'>): boolean {
  return 'end' in newer && newer.end === 'live'
}

function miss(work: TimelineWork, { message }: TimelineEntry, isOwn: boolean): undefined {
  if (!isOwn && message.delivery === 'stored') work.missedCount++
  if (work.held && work.asked.length > 0) {
    work.held = work.held.length < MAX_HELD ? [...work.held, message] : undefined
  }
}

/** The number before the first message of a conversation that is wholly here and has none yet. */
function majorBeforeTheFirst({ older }: WorkStretch): number | undefined {
  return 'end' in older && older.end === 'start' ? 0 : undefined
}
