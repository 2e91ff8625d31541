import { isChatError, isClientKey } from '../../../model'
import type {
  HistoryEdge,
  HistoryPage,
  HistoryRequest,
  Message,
  MessageKey,
  MessageRef,
} from '../../../model'
import type { Archive, ArchivePage, ArchiveQuery } from '../archive/archive'
import { LARGEST_PAGE } from '../archive/archive'
import { refusals } from '../refusals'
import type { Me } from '../wire/wire'
import type { Intake } from './intake'
import { archiveIdIn } from './keys'
import { makeCursor, placeOf, readCursor } from './place'
import type { Place } from './place'

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

function pageOf(source: Source, stretches: readonly Stretch[]): HistoryPage {
  const { intake, me } = source
  const readings = intake
    .read(
      stretches.flatMap(({ entries }) => entries),
      me,
    )
    .filter(({ conversationId }) => conversationId === source.place.id)
  return {
    messages: withoutCopies(readings.flatMap(({ message }) => message ?? [])),
    changes: readings.flatMap(({ changes }) => changes),
    older: olderEdge(source, stretches[0]),
    newer: newerEdge(source, stretches.at(-1)),
  }
}

/** What was sent again because the server died may be kept twice: the first is the message. */
function withoutCopies(messages: readonly Message[]): readonly Message[] {
  const firstByKey = new Map<MessageKey, Message>()
  return messages.filter((message) => {
    const key = message.keys.find(isClientKey)
    const first = key === undefined ? undefined : firstByKey.get(key)
    if (key !== undefined && !first) firstByKey.set(key, message)
    return !first || JSON.stringify(first.parts) !== JSON.stringify(message.parts)
  })
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
