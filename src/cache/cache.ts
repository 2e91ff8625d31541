import type { Cache, CachedNoun, Clock, IdSource } from '../core/ports'
import { catalogueError } from '../core/errors'
import type {
  ChatErrorShape,
  ChatEvent,
  ConversationId,
  HistoryRequest,
  Message,
  Stop,
  UserId,
} from '../model'
import { createResilientStorage, deleteDatabase } from '../storage'
import type { Reading, ResilientStorage, Storage, Writing } from '../storage'
import { beginEpoch, writeWaiting } from './absorbing'
import type { Waiting } from './absorbing'
import { Batch } from './batch'
import { keepHeights, readHeights } from './keptHeights'
import { dropMedia, keepMedia, readMedia } from './mediaTable'
import { createOutboxTable } from './outboxTable'
import { findRow, readAround, readMembers, readNewest, readPage, readStart } from './reading'
import { searchMessages } from './searching'
import { FLUSHED, SCHEMA, TABLES } from './rows'
import type { Rows } from './rows'

/**
 * How long an event may wait to be written. What is lost with a page is told again by the backend, from the checkpoint that
 * waits with it; a page that goes into the background writes at once.
 */
const FLUSH_AFTER_MS = 10_000
/** What no backend knows is written sooner: nobody tells it again. */
const FLUSH_TOLD_ONCE_AFTER_MS = 300
const TOLD_ONCE: ReadonlySet<ChatEvent['type']> = new Set([
  'draft.changed',
  'conversation.pinnedHere',
  'habit.changed',
])
/** So many messages do not wait any longer. */
const MOST_WAITING_MESSAGES = 500
const MEDIA_BYTES = 50_000_000
const PROBE_LENGTH = 16_000

/** The tables of a cache, for tabs that share them in one process. */
export type CacheStorage = Storage<Rows>
/** What a cache is made of. */
export interface CacheOptions {
  /** Of the database: `cacheName` makes one. */
  readonly name: string
  /** Whose cache it is: tells own messages and read positions apart. */
  readonly ownId: UserId
  /** When what waits is written, and what the device's time is. */
  readonly clock: Clock
  /** Names the cache, so that one that was erased is known from the next. */
  readonly ids: IdSource
  /** 'memory': ends with the page, and nobody is told of it. */
  readonly kind?: 'auto' | 'memory'
  /** How much the files kept may take together. */
  readonly mediaBytes?: number
  /** Tables that are open already; they stay open when the cache is closed. */
  readonly storage?: CacheStorage
}

/** The database of one user of one backend (A10): no two share a name. */
export function cacheName(of: {
  readonly transportId: string
  readonly scope: string
  readonly userId: UserId
}): string {
  return ['parley-cache', of.transportId, of.scope, of.userId].map(encodeURIComponent).join('/')
}

/** Opens the cache at once, in the background. */
export function openCache(options: CacheOptions): Cache {
  const { clock, ids, ownId } = options
  const tab = { id: ids.next(), openedAt: clock.now(), now: clock.now }
  const watchers = new Set<(error: ChatErrorShape) => void>()
  const asked = new WeakMap<HistoryRequest, { readonly interruptions: number; readonly at: number }>()
  let interruptions = 0
  let waiting: Waiting[] = []
  /** What is being written right now. */
  let leaving: readonly Waiting[] = []
  let messagesWaiting = 0
  let timer: { readonly dueAt: number; readonly stop: Stop } | undefined
  let writingBehind: Promise<void> = Promise.resolve()
  let era: string | undefined
  let isClosed = false
  /** Its user has gone: a file that was on its way is not kept any more. */
  let isErased = false

  const resilient: ResilientStorage<Rows> | undefined = options.storage ? undefined : openStorage()
  const storage: CacheStorage = options.storage ?? (resilient as ResilientStorage<Rows>)
  const media = resilient ?? { read: storage.read, tryWrite: storage.write }
  const ready = options.storage ? fill(options.storage) : Promise.resolve()
  ready.catch(() => undefined)

  function openStorage(): ResilientStorage<Rows> {
    return createResilientStorage<Rows>({
      schema: SCHEMA,
      name: options.name,
      kind: options.kind ?? 'auto',
      clock,
      fill,
      rename: () => Promise.resolve(),
      recognises: async (opened) => (await opened.read(['meta'], eraIn)) === era,
      closed: () => catalogueError('parley', 'cache-closed'),
      probe,
      makeRoom: dropMedia,
      unfit: (cause) => catalogueError('parley', 'cannot-be-kept', { cause }),
      onDegraded: () => {
        const error = resilient?.degradation()
        if (error) for (const watcher of watchers) watcher(error)
        watchers.clear()
      },
    })
  }

  /** Without a checkpoint nobody can say what happened since the last time. */
  async function fill(opened: Storage<Rows>): Promise<void> {
    era = await opened.write(['meta'], async (writing) => {
      const [known, checkpoint] = await Promise.all([eraIn(writing), writing.get('meta', 'checkpoint')])
      const now = known ?? ids.next()
      if (known === undefined) await writing.put('meta', { id: 'era', value: now })
      if (checkpoint) return now
      const batch = new Batch(writing)
      await beginEpoch(batch)
      await batch.settle()
      return now
    })
  }

  function absorb(events: readonly ChatEvent[]): void {
    if (isClosed) return
    for (const event of events) {
      try {
        take(event)
      } catch {
        // What cannot be read says nothing that could be kept.
      }
    }
  }

  function take(event: ChatEvent): void {
    if (event.type === 'history.requested') asked.set(event.request, { interruptions, at: clock.now() })
    if (event.type === 'timeline.interrupted') interruptions++
    if (event.type === 'session.changed') {
      if (event.session.state !== 'online' || event.session.hasContinuity) return
      interruptions++
    }
    if (PASSED_OVER.has(event.type)) return
    // A busy live room must not wake the database.
    if (event.type === 'message.received' && event.messages.every(isPassing)) return
    const question = event.type === 'history.loaded' ? asked.get(event.request) : undefined
    const isFollowed = (question?.interruptions ?? interruptions) === interruptions
    waiting.push({ event, heardAt: clock.now(), isFollowed, ...(question && { askedAt: question.at }) })
    if (event.type === 'message.received') messagesWaiting += event.messages.length
    if (messagesWaiting >= MOST_WAITING_MESSAGES) void flush()
    else schedule(TOLD_ONCE.has(event.type) ? FLUSH_TOLD_ONCE_AFTER_MS : FLUSH_AFTER_MS)
  }

  function schedule(ms: number): void {
    const dueAt = clock.now() + ms
    if (timer && timer.dueAt <= dueAt) return
    timer?.stop()
    const stop = clock.after(ms, () => {
      // Whatever it finds: one that has run must not keep the next one from being set.
      timer = undefined
      void flush()
    })
    timer = { dueAt, stop }
  }

  /** One flush after the other: what comes while one writes is written by the next. */
  function flush(): Promise<void> {
    if (waiting.length > 0) writingBehind = writingBehind.then(writeOut)
    return writingBehind
  }

  async function writeOut(): Promise<void> {
    if (waiting.length === 0) return
    timer?.stop()
    timer = undefined
    const taken = waiting
    leaving = taken
    waiting = []
    messagesWaiting = 0
    try {
      await ready
      await storage.write(FLUSHED, (writing) => writeUnlessErased(writing, taken))
    } catch {
      // Nothing of it is written: it waits on, before what came meanwhile.
      waiting = [...taken, ...waiting]
      if (!isClosed) schedule(FLUSH_AFTER_MS)
    } finally {
      leaving = []
    }
  }

  /** What another tab has erased is not written again by what waited here. */
  async function writeUnlessErased(writing: Writing<Rows>, taken: readonly Waiting[]): Promise<void> {
    const now = (await writing.get('meta', 'era'))?.value
    if (typeof now === 'string' && era !== undefined && now !== era) {
      era = now
      return
    }
    await writeWaiting(writing, taken, ownId, tab)
  }

  async function reading<A>(work: (reading: Reading<Rows>) => Promise<A>): Promise<A> {
    await flush()
    await ready
    return storage.read(FLUSHED_AND_OUTBOX, work)
  }

  async function nouns<T>(
    table: 'profiles' | 'groups',
    wanted: readonly string[],
  ): Promise<readonly CachedNoun<T>[]> {
    const unique = [...new Set(wanted)].filter((id) => typeof id === 'string')
    const rows = await reading((tables) => tables.getMany(table, unique))
    return rows.flatMap((row) => (row ? [row as CachedNoun<T>] : []))
  }

  function dropDraft(id: ConversationId): void {
    for (const one of [...leaving, ...waiting]) {
      if (one.event.type === 'draft.changed' && one.event.conversationId === id) one.isOver = true
    }
  }

  async function erase(): Promise<void> {
    isErased = true
    waiting = []
    messagesWaiting = 0
    await writingBehind
    await storage.write(TABLES, async (writing) => {
      for (const table of TABLES) await writing.deleteRange(table, {})
      era = ids.next()
      await writing.put('meta', { id: 'era', value: era })
      await writing.put('meta', { id: 'epoch', value: 1 })
    })
    // A database that was left behind when it broke still holds what it held.
    if (resilient?.degradation()) await deleteDatabase(options.name)
  }

  return {
    start: () => reading(readStart),
    absorb,
    flush,
    openNewest: (id, count) => reading((tables) => readNewest(tables, id, count, tab)),
    openAround: (ref, count) => reading((tables) => readAround(tables, ref, count, tab)),
    page: (request) => reading((tables) => readPage(tables, request, tab)),
    search: (wanted) => reading((tables) => searchMessages(tables, wanted)),
    find: (ref) => reading(async (tables) => (await findRow(tables, ref))?.message),
    profiles: (wanted) => nouns('profiles', wanted),
    groups: (wanted) => nouns('groups', wanted),
    members: (groupId) => reading((tables) => readMembers(tables, groupId)),
    media: (key) => readMedia(media, key, clock.now()),
    async keepMedia(key, file) {
      if (!isErased) await keepMedia(media, key, file, clock.now(), options.mediaBytes ?? MEDIA_BYTES)
    },
    async rowHeights(id, look) {
      await ready
      return readHeights(media, id, look)
    },
    keepRowHeights: (id, look, heights) => keepHeights(media, id, look, heights),
    outbox: {
      ...createOutboxTable(storage, clock, dropDraft),
      isAlone: () => resilient !== undefined && (options.kind === 'memory' || resilient.kind() === 'memory'),
    },
    kind: () => resilient?.kind() ?? 'memory',
    async size() {
      await flush()
      return storage.read(TABLES, async (tables) => {
        const counts: Record<string, number> = {}
        for (const table of TABLES) counts[table] = await tables.count(table, {})
        return counts
      })
    },
    watch(onDegraded) {
      const error = resilient?.degradation()
      if (error) {
        onDegraded(error)
        return () => undefined
      }
      watchers.add(onDegraded)
      return () => void watchers.delete(onDegraded)
    },
    erase,
    async close() {
      if (isClosed) return
      isClosed = true
      timer?.stop()
      await flush()
      resilient?.close()
    },
  }
}

/** The reads of an opening and of the start see the outbox as well. */
const FLUSHED_AND_OUTBOX = [...FLUSHED, 'outbox', 'outboxOrder'] as const

/** What is told often and says nothing that lasts. */
const PASSED_OVER: ReadonlySet<ChatEvent['type']> = new Set([
  'history.requested',
  'clock.measured',
  'abilities.changed',
  'limits.changed',
  'typing.changed',
  'presence.changed',
  'upload.progressed',
  'message.queued',
  'outbox.changed',
  'wire.rejected',
  'cache.started',
  'timeline.opened',
  'command.changed',
  'command.ended',
  'liveRoom.changed',
  'liveRoom.counted',
  'liveRoom.liked',
  'liveRoom.left',
])

/** Longer than what most messages say. */
async function probe(opened: Storage<Rows>): Promise<void> {
  await opened.write(['meta'], (writing) =>
    writing.put('meta', { id: 'probe', value: ' '.repeat(PROBE_LENGTH) }),
  )
  await opened.write(['meta'], (writing) => writing.delete('meta', 'probe'))
}

async function eraIn(tables: Reading<Rows>): Promise<string | undefined> {
  const row = await tables.get('meta', 'era')
  return row?.id === 'era' ? row.value : undefined
}

function isPassing({ delivery }: Message): boolean {
  return delivery === 'online-only'
}
