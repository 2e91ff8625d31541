import type { Clock, IdSource } from '../../core/ports'
import type { ChatErrorShape, ConversationId, Message, Stop } from '../../model'
import { createAttendance } from './attendance'
import type { Attendance } from './attendance'
import { createChannel } from './channel'
import type { Channel } from './channel'
import { createFailurePlan } from './failures'
import type { FailurePlan } from './failures'
import { createLiveRooms } from './liveRooms'
import type { LiveRooms } from './liveRooms'
import { readHead, requireHead, withChange } from './log'
import type { Change } from './log'
import { createResilientStorage } from '../../storage'
import { createRateKeeper } from './rates'
import type { RateKeeper } from './rates'
import { refusals } from './refusals'
import { TABLE_NAMES } from './rows'
import type { Rules } from './rules'
import { SCHEMA } from './storage/storage'
import type { Reading, ResilientStorage, Writing } from './storage/storage'

/** Files apart: a big upload must not hold up the messages. */
const CHAT_TABLES = TABLE_NAMES.filter((table) => table !== 'files')

/** What a live room lets through in a second, as the vendor's does (J1). */
const LIVE_PER_SECOND = 40

/** The inside of a service: what its transports work with. */
export interface Engine {
  readonly name: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly storage: ResilientStorage
  readonly channel: Channel
  /** Who is signed in. */
  readonly attendance: Attendance
  /** What is said in live rooms. */
  readonly live: LiveRooms
  readonly rules: Rules
  readonly rates: RateKeeper
  /** Calls that are to fail. */
  readonly failures: FailurePlan
  read<R>(work: (reading: Reading) => Promise<R>): Promise<R>
  /** Writes, tells the log, and wakes everybody. */
  write<R>(work: (change: Change) => Promise<R>): Promise<R>
  /** Why everything ends with the page, once that is so. */
  degradation(): ChatErrorShape | undefined
  /** Hears when the storage has moved to memory and when the service closes. */
  watch(watcher: EngineWatcher): Stop
  isClosed(): boolean
  close(): void
}
/** What a transport is told by its engine. */
export interface EngineWatcher {
  onDegraded(): void
  onClosed(): void
}
/** What an engine is made of. */
export interface EngineSetup {
  readonly name: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly storage: 'auto' | 'memory'
  /** Strict about nothing when absent. */
  readonly rules?: Rules
  /** Gathers what an empty database is filled with; runs outside of the transaction. */
  prepare(): Promise<(change: Change) => Promise<void>>
}

/** Starts opening the storage at once. */
export function createEngine(setup: EngineSetup): Engine {
  const { name, clock, ids, rules = { signIn: 'many', rates: {} } } = setup
  const watchers = new Set<EngineWatcher>()
  let isClosed = false
  /** Names the database that everything so far was read from. */
  let era: string | undefined

  async function putHead(writing: Writing, formerEra?: string): Promise<void> {
    const old = await readHead(writing)
    const fresh = { id: 'log', era: ids.next(), head: 0, trimmed: 0 } as const
    await writing.put('heads', { ...fresh, ...old, era: fresh.era, ...(formerEra && { formerEra }) })
  }

  const storage = createResilientStorage({
    schema: SCHEMA,
    name,
    kind: setup.storage,
    clock,
    fill: async (opened) => {
      era = (await opened.read(['heads'], readHead))?.era
      if (era !== undefined) return
      const fill = await setup.prepare()
      await opened.write(CHAT_TABLES, async (writing) => {
        // Another tab may have been faster.
        if (await readHead(writing)) return
        await putHead(writing)
        await withChange(writing, clock.now(), fill)
      })
      era = (await opened.read(['heads'], readHead))?.era
    },
    recognises: async (opened) => {
      const head = await opened.read(['heads'], readHead)
      return head !== undefined && head.era === era
    },
    rename: (copy) =>
      copy.write(['heads'], async (writing) => {
        const head = await readHead(writing)
        if (!head) throw new Error('the copy has no log')
        await putHead(writing, head.era)
      }),
    closed: refusals.serviceClosed,
    onDegraded: () => watchers.forEach((watcher) => watcher.onDegraded()),
  })
  const channel = createChannel(name, () => storage.kind() === 'indexeddb')

  const attendance = createAttendance({ clock, channel, engineId: ids.next() })
  const live = createLiveRooms({
    clock,
    channel,
    perSecond: rules.rates.livePerSecond ?? LIVE_PER_SECOND,
    onLikes: (id, count) => void countLikes(id, count),
  })

  /** A count that cannot be written is missed by nobody. */
  async function countLikes(conversationId: ConversationId, count: number): Promise<void> {
    await engine.write((change) => addLikes(change, conversationId, count)).catch(() => {})
  }

  const engine: Engine = {
    name,
    clock,
    ids,
    storage,
    channel,
    attendance,
    live,
    rules,
    rates: createRateKeeper(clock, rules.rates),
    failures: createFailurePlan(),
    read: (work) =>
      storage.read(CHAT_TABLES, async (reading) => {
        await requireHead(reading)
        return work(reading)
      }),
    write: async (work) => {
      let said: Message[] = []
      const result = await storage.write(CHAT_TABLES, (writing) => {
        // It may be tried again.
        said = []
        return withChange(writing, clock.now(), work, (message) => void said.push(message))
      })
      if (isClosed) return result
      // Before whoever is put out by it hears that he is out.
      if (said.length > 0) live.post(said)
      channel.post({ kind: 'log' })
      return result
    },
    degradation: storage.degradation,
    watch(watcher) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    isClosed: () => isClosed,
    close() {
      if (isClosed) return
      isClosed = true
      watchers.forEach((watcher) => watcher.onClosed())
      watchers.clear()
      attendance.close()
      live.close()
      channel.close()
      storage.close()
    },
  }
  return engine
}

async function addLikes(change: Change, conversationId: ConversationId, count: number): Promise<void> {
  const groupId = (await change.get('conversations', conversationId))?.groupId
  const group = groupId === undefined ? undefined : await change.get('groups', groupId)
  if (!group || group.isDissolved) return
  await change.put('groups', { ...group, likes: (group.likes ?? 0) + count })
  change.tell({ conversationId }, { kind: 'group', groupId: group.id })
}
