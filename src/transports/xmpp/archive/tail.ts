import { isChatError } from '../../../model'
import type { Stop } from '../../../model'
import type { BareJid } from '../wire/jid'
import type { Wire } from '../wire/wire'
import type { Archive, ArchiveEntry, ArchivePage } from './archive'
import { LARGEST_PAGE } from './archive'

/** What a reading of the tail has brought. */
export interface TailBatch {
  readonly entries: readonly ArchiveEntry[]
  /** False: it happened while nobody was listening. */
  readonly isLive: boolean
}
/**
 * Follows the end of one archive. A stanza that comes in only says that there is more: what is told is read from the
 * archive, so its order, ids and times are the same for everybody, nothing is told twice and nothing is left out.
 */
export interface Tail {
  /** Begins after an entry the kit has, or at the end as it is now. Resolves with whether all since then was read. */
  start(afterId: string | undefined): Promise<'read' | 'begun' | 'lost'>
  /** There is more to be read. Resolves when what was there at the time of the call is read. */
  readOn(): Promise<void>
  /** The newest entry read, or '' where the archive was empty. */
  place(): string | undefined
  stop(): void
}

/** More than this and the rest is left to be read as history. */
const MOST_PAGES = 20
const TRY_AGAIN_MS = 1_000

/** A tail of one's own archive, or of a room's. */
export function createTail({
  archive,
  wire,
  room,
  tell,
}: {
  readonly archive: Archive
  readonly wire: Wire
  readonly room?: BareJid
  tell(batch: TailBatch): void
}): Tail {
  let placeId: string | undefined
  let isStopped = false
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  let stopWaiting: Stop | undefined
  const where = room === undefined ? {} : { room }

  function take(page: ArchivePage, isLive: boolean): void {
    if (isStopped) return
    placeId = page.lastId ?? page.entries.at(-1)?.id ?? placeId
    if (page.entries.length > 0) tell({ entries: page.entries, isLive })
  }

  async function readAll(isLive: boolean): Promise<boolean> {
    for (let pages = 0; pages < MOST_PAGES && !isStopped; pages++) {
      const place = placeId
      const page = await archive.query({ ...where, ...(place && { after: place }), count: LARGEST_PAGE })
      take(page, isLive)
      if (page.isComplete || page.entries.length === 0) return true
      if (placeId === place) return true
    }
    return isStopped
  }

  async function goToEnd(): Promise<void> {
    const page = await archive.query({ ...where, before: '', count: 1 })
    placeId = page.lastId ?? page.entries.at(-1)?.id ?? ''
  }

  async function read(): Promise<void> {
    if (placeId === undefined || isStopped) return
    try {
      if (await readAll(true)) return
      await goToEnd()
    } catch (error) {
      const isGone = isStopped || (isChatError(error) && error.kind === 'offline')
      // A stream that is gone is followed by another, which reads on.
      if (isGone) return
      if (isChatError(error) && error.kind === 'cursor-expired') await goToEnd().catch(() => undefined)
      else if (isChatError(error) && error.retry === 'later') {
        stopWaiting?.()
        stopWaiting = wire.clock.after(TRY_AGAIN_MS, () => void readOn())
      }
    }
  }

  function readOn(): Promise<void> {
    // What is being read may have been asked for before the newest came: one more reading, for all who ask meanwhile.
    next ??= (current ?? Promise.resolve()).then(() => {
      next = undefined
      current = read().finally(() => (current = undefined))
      return current
    })
    return next
  }

  return {
    async start(afterId) {
      if (afterId === undefined) {
        await goToEnd()
        return 'begun'
      }
      placeId = afterId
      try {
        if (await readAll(false)) return 'read'
      } catch (error) {
        if (!isChatError(error) || error.kind !== 'cursor-expired') throw error
      }
      await goToEnd()
      return 'lost'
    },
    readOn,
    place: () => placeId,
    stop() {
      isStopped = true
      stopWaiting?.()
    },
  }
}
