import { isChatError } from '../../../model'
import type { EpochMs, Stop } from '../../../model'
import type { BareJid } from '../wire/jid'
import type { Wire } from '../wire/wire'
import type { Archive, ArchiveEntry, ArchivePage, ArchiveQuery } from './archive'
import { LARGEST_PAGE } from './archive'

/** What a reading of the tail has brought. */
export interface TailBatch {
  readonly entries: readonly ArchiveEntry[]
  /** False: it happened while nobody was listening. */
  readonly isLive: boolean
}
/** An entry that the server has told of. */
export interface Expected {
  readonly id: string
  /** Called where the archive does not show it after all. */
  onMissing(): void
}
/** How far an archive has been read. */
export interface TailPlace {
  /** The newest entry read, '' where the archive was empty. */
  readonly id: string
  readonly at?: EpochMs
}
/**
 * Follows the end of one archive. A stanza that comes in only says that there is more: what is told is read from the
 * archive, so its order, ids and times are the same for everybody, nothing is told twice and nothing is left out.
 */
export interface Tail {
  /** Begins after an entry the kit has, or at the end as it is now. Resolves with whether all since then was read. */
  start(after: TailPlace | undefined): Promise<'read' | 'begun' | 'lost'>
  /** There is more to be read. Resolves when what was there at the time of the call is read. */
  readOn(expected?: Expected): Promise<void>
  /** What should be there was not: looks behind the newest too. */
  readAgain(): Promise<void>
  place(): TailPlace | undefined
  stop(): void
}
/** What a tail works with. */
export interface TailSetup {
  readonly archive: Archive
  readonly wire: Wire
  readonly room?: BareJid
  tell(batch: TailBatch): void
  /** There was more than can be read, or the place is gone: what lies between is left out. */
  onLost(): void
}

/** More than this and the rest is left to be read as history. */
const MOST_PAGES = 20
/** Where several write at once an entry may appear a moment after one that carries a later time. */
const OVERLAP_MS = 10_000
/** More than may share the time of the newest. */
const BEFORE_COUNT = 20
const MOST_SEEN = 3_000
const LOOK_AGAIN_MS = [200, 1_000, 4_000]
const TRY_AGAIN_MS = 1_000
/**
 * What a session had on its way when it broke is written by the server when it comes to it, under the time at which it took
 * it: behind the back of whoever reads on meanwhile. Nothing tells of it, so it is looked for.
 */
const LOOK_BEHIND_MS = [3_000, 20_000]
/** What is older than that was written long ago. */
const BEHIND_MS = 60_000

/** A tail of one's own archive, or of a room's. */
export function createTail({ archive, wire, room, tell, onLost }: TailSetup): Tail {
  let place: TailPlace | undefined
  let beginAt = 0
  let isStopped = false
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  let stopWaiting: Stop | undefined
  const stopsBehind: Stop[] = []
  const seen = new Set<string>()
  const expectedById = new Map<string, Expected & { tries: number }>()
  const where = room === undefined ? {} : { room }

  function take({ entries, lastId }: ArchivePage, isLive: boolean, isTail: boolean): void {
    if (isStopped) return
    const last = entries.at(-1)
    if (isTail && last) place = { id: lastId ?? last.id, at: last.stamp.at }
    const fresh = entries.filter(({ id }) => !seen.has(id))
    for (const { id } of entries) {
      seen.add(id)
      expectedById.delete(id)
    }
    for (const id of seen) {
      if (seen.size <= MOST_SEEN) break
      seen.delete(id)
    }
    if (fresh.length > 0) tell({ entries: fresh, isLive })
  }

  async function readPages(first: Partial<ArchiveQuery>, isLive: boolean, isTail: boolean): Promise<boolean> {
    let more = first
    for (let pages = 0; pages < MOST_PAGES && !isStopped; pages++) {
      const page = await archive.query({ ...where, ...more, count: LARGEST_PAGE })
      take(page, isLive, isTail)
      if (page.isComplete || page.lastId === undefined || page.lastId === more.after) return true
      more = { ...first, after: page.lastId }
    }
    return isStopped
  }

  function readTail(isLive: boolean): Promise<boolean> {
    return readPages(place && place.id !== '' ? { after: place.id } : {}, isLive, true)
  }

  async function readOverlap(isLive: boolean): Promise<void> {
    if (place?.at === undefined) return
    await readPages({ startAt: Math.max(beginAt, place.at - OVERLAP_MS) }, isLive, false)
  }

  /** From a while before the place on: there may be what was not there yet when the place was reached. */
  async function readFrom(id: string, at: EpochMs): Promise<boolean> {
    // Says whether the archive still reaches back that far.
    if (id !== '') await archive.query({ ...where, after: id, count: 1 })
    return readPages({ startAt: at - OVERLAP_MS }, false, true)
  }

  function lookBehind(at: EpochMs): void {
    const startAt = Math.max(at - OVERLAP_MS, wire.clock.now() - BEHIND_MS)
    const look = () => void readPages({ startAt }, false, false).catch(() => undefined)
    stopsBehind.push(...LOOK_BEHIND_MS.map((ms) => wire.clock.after(ms, look)))
  }

  async function goToEnd(): Promise<void> {
    const page = await archive.query({ ...where, before: '', count: BEFORE_COUNT })
    const last = page.entries.at(-1)
    // What came before this beginning is no news, however often its time is looked at.
    for (const { id } of page.entries) seen.add(id)
    beginAt = last?.stamp.at ?? 0
    place = { id: page.lastId ?? '', ...(last && { at: last.stamp.at }) }
  }

  async function leaveOut(): Promise<void> {
    onLost()
    await goToEnd()
  }

  /** The archive may be a moment behind the stream. */
  function lookAgain(): void {
    let waitMs: number | undefined
    for (const [id, one] of expectedById) {
      waitMs ??= LOOK_AGAIN_MS[one.tries++]
      if (one.tries <= LOOK_AGAIN_MS.length) continue
      expectedById.delete(id)
      seen.add(id)
      if (!isStopped) one.onMissing()
    }
    if (waitMs !== undefined && expectedById.size > 0) wait(waitMs)
  }

  function wait(ms: number): void {
    stopWaiting?.()
    if (!isStopped) stopWaiting = wire.clock.after(ms, () => void readOn())
  }

  async function read(): Promise<void> {
    if (!place || isStopped) return
    try {
      if (!(await readTail(true))) return await leaveOut()
      if (expectedById.size > 0) await readOverlap(true)
      lookAgain()
    } catch (error) {
      // A stream that is gone is followed by another, which reads on.
      if (isStopped || !isChatError(error) || error.kind === 'offline') return
      if (error.kind === 'cursor-expired') await leaveOut().catch(() => undefined)
      else if (error.retry === 'later') wait(TRY_AGAIN_MS)
    }
  }

  function readOn(expected?: Expected): Promise<void> {
    if (expected && !seen.has(expected.id)) expectedById.set(expected.id, { ...expected, tries: 0 })
    // What is being read may have been asked for before the newest came: one more reading, for all who ask meanwhile.
    next ??= (current ?? Promise.resolve()).then(() => {
      next = undefined
      current = read().finally(() => (current = undefined))
      return current
    })
    return next
  }

  return {
    async start(after) {
      if (!after) {
        await goToEnd()
        return 'begun'
      }
      place = after
      try {
        const isRead = after.at === undefined ? await readTail(false) : await readFrom(after.id, after.at)
        if (isRead) {
          if (after.at !== undefined && room === undefined && !isStopped) lookBehind(after.at)
          return 'read'
        }
      } catch (error) {
        if (!isChatError(error) || error.kind !== 'cursor-expired') throw error
      }
      await goToEnd()
      return 'lost'
    },
    readOn,
    async readAgain() {
      await readOn()
      await readOverlap(true).catch(() => undefined)
    },
    place: () => place,
    stop() {
      isStopped = true
      stopWaiting?.()
      stopsBehind.forEach((stop) => stop())
    },
  }
}
