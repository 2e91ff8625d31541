import { isChatError } from '../../../model'
import type { HistoryEdge, HistoryPage, HistoryRequest, Message, MessageRef } from '../../../model'
import type { Archive, ArchiveEntry, ArchivePage, ArchiveQuery } from '../archive/archive'
import { LARGEST_PAGE } from '../archive/archive'
import { refusals } from '../refusals'
import type { Me } from '../wire/wire'
import { isCopy, withoutCopies } from './copies'
import type { Intake } from './intake'
import { archiveIdIn } from './keys'
import { makeCursor, placeOf, readCursor } from './place'
import type { Place } from './place'
import type { Reading } from './reading'

/** Stamps of one server are cut to whole seconds: so far a time may miss the message it stands for. */
const GRAIN_MS = 1_000
type Stretch = ArchivePage & { readonly isAtStart: boolean; readonly isAtEnd: boolean }
interface Source {
  readonly archive: Archive
  readonly intake: Intake
  readonly me: Me
  readonly place: Place
}

/** A page of what was said, from the archive of the conversation. */
export async function readHistory(
  archive: Archive,
  intake: Intake,
  me: Me,
  request: HistoryRequest,
): Promise<HistoryPage> {
  const place = placeOf(request?.conversationId)
  const count = Math.min(Math.max(1, Math.floor(Number(request.count)) || 1), LARGEST_PAGE)
  const source: Source = { archive, intake, me, place }
  const { from, direction } = request
  if (direction === 'around') return pageOf(source, await around(source, request, count))
  if (from === 'newest') {
    // Nothing is newer than the newest: the same page whichever way it is asked for.
    return pageOf(source, [await ask(source, { before: '', count }, 'older')])
  }
  if (from === 'oldest') return pageOf(source, [await ask(source, { count }, 'newer')])
  if ('cursor' in from) {
    const id = readCursor(me, place.id, from.cursor)
    return pageOf(source, [await beside(source, id, direction, count)])
  }
  if ('at' in from) return pageOf(source, [await besideTime(source, from.at, direction, count)])
  return pageOf(source, [await besideMessage(source, from.message, direction, count)])
}

async function ask(
  { archive, place }: Source,
  query: ArchiveQuery,
  toward: 'older' | 'newer',
): Promise<Stretch> {
  const where = place.room === undefined ? { with: place.jid } : { room: place.room }
  const page = await archive.query({ ...where, ...query })
  const isAll = page.isComplete || page.lastId === undefined
  const isAtStart = toward === 'older' ? isAll : query.after === undefined && query.startAt === undefined
  const isAtEnd = toward === 'newer' ? isAll : query.before === '' && query.endAt === undefined
  return { ...page, isAtStart, isAtEnd }
}

function beside(source: Source, id: string, direction: 'older' | 'newer', count: number): Promise<Stretch> {
  return direction === 'older'
    ? ask(source, { before: id, count }, 'older')
    : ask(source, { ...(id !== '' && { after: id }), count }, 'newer')
}

function besideTime(
  source: Source,
  at: number,
  direction: 'older' | 'newer',
  count: number,
): Promise<Stretch> {
  if (!Number.isFinite(at)) throw refusals.invalid('a time that is no number')
  return direction === 'older'
    ? ask(source, { endAt: at + GRAIN_MS, before: '', count }, 'older')
    : ask(source, { startAt: at - GRAIN_MS, count }, 'newer')
}

async function besideMessage(
  source: Source,
  ref: MessageRef,
  direction: 'older' | 'newer',
  count: number,
): Promise<Stretch> {
  const id = archiveIdIn(ref.keys)
  if (id !== undefined) {
    try {
      return await beside(source, id, direction, count)
    } catch (error) {
      if (!isChatError(error) || error.kind !== 'cursor-expired') throw error
    }
  }
  const at = timeOf(ref)
  if (at === undefined) throw refusals.noSuchMessage()
  return besideTime(source, at, direction, count)
}

/** Half a page before the place asked for and half a page from it on. */
async function around(source: Source, { from }: HistoryRequest, count: number): Promise<readonly Stretch[]> {
  if (from === 'newest') return [await ask(source, { before: '', count }, 'older')]
  if (from === 'oldest') return [await ask(source, { count }, 'newer')]
  const half = Math.max(1, Math.floor(count / 2))
  const older =
    'cursor' in from
      ? await beside(source, readCursor(source.me, source.place.id, from.cursor), 'older', half)
      : 'at' in from
        ? await besideTime(source, from.at - 2 * GRAIN_MS, 'older', half)
        : await besideMessage(source, from.message, 'older', half)
  // What follows the older half begins with the place itself.
  const newer = await beside(source, older.lastId ?? '', 'newer', Math.max(1, count - half))
  return [older, newer]
}

function timeOf({ order, sentAt }: MessageRef): number | undefined {
  return order?.major ?? sentAt
}

async function pageOf(source: Source, stretches: readonly Stretch[]): Promise<HistoryPage> {
  const entries = stretches.flatMap((stretch) => stretch.entries)
  const readings = readingsOf(source, entries)
  return {
    messages: withoutCopies(messagesOf(readings), messagesOf(await readBefore(source, entries))),
    changes: readings.flatMap(({ changes }) => changes),
    older: olderEdge(source, stretches[0]),
    newer: newerEdge(source, stretches.at(-1)),
  }
}

function readingsOf({ intake, me, place }: Source, entries: readonly ArchiveEntry[]): readonly Reading[] {
  return intake.read(entries, me).filter(({ conversationId }) => conversationId === place.id)
}

function messagesOf(readings: readonly Reading[]): readonly Message[] {
  return readings.flatMap(({ message }) => message ?? [])
}

/**
 * What stands before a page with copies: their firsts may be there. One that is farther away has another time, by which
 * the timeline knows which is first.
 */
async function readBefore(source: Source, entries: readonly ArchiveEntry[]): Promise<readonly Reading[]> {
  const [first] = entries
  if (!first || !entries.some(({ stanza }) => isCopy(stanza))) return []
  return readingsOf(source, (await beside(source, first.id, 'older', LARGEST_PAGE)).entries)
}

function olderEdge({ me, place }: Source, first: Stretch | undefined): HistoryEdge {
  if (first?.isAtStart) return { end: 'start' }
  const id = first?.firstId
  return id === undefined ? { end: 'unknown' } : { cursor: makeCursor(me, place.id, id) }
}

function newerEdge({ me, place, intake }: Source, last: Stretch | undefined): HistoryEdge {
  if (last?.isAtEnd) return { end: intake.isFollowed(place.room) ? 'live' : 'unknown' }
  const id = last?.lastId
  return id === undefined ? { end: 'unknown' } : { cursor: makeCursor(me, place.id, id) }
}
