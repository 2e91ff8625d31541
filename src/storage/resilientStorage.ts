import { ChatError } from '../model'
import type { ChatErrorShape } from '../model'
import type { Clock } from '../core/ports'
import { openDexieStorage } from './dexieStorage'
import type { DatabaseStorage } from './dexieStorage'
import { createMemoryStorage } from './memoryStorage'
import { tablesOf } from './schema'
import type { Schema } from './schema'
import { StorageFailure } from './storage'
import type { Step, Storage, TableName, Writing } from './storage'

/** How long IndexedDB may take to answer before everything goes on in memory. */
const PATIENCE_MS = 5000
/** How often one call may find its storage broken. */
const MOST_RECOVERIES = 3

/** A storage that outlives its own database: when that breaks, the same work goes on in memory (D11). */
export interface ResilientStorage<R> extends Storage<R> {
  kind(): 'indexeddb' | 'memory' | 'opening'
  /** Why everything ends with the page, once that is so. */
  degradation(): ChatErrorShape | undefined
  /** A write that can be missed: where the storage does not take it nothing is written, and all else goes on as before. */
  tryWrite(tables: readonly TableName<R>[], work: (writing: Writing<R>) => Promise<void>): Promise<void>
}
/** What the owner of the storage adds. */
export interface ResilientStorageSetup<R> {
  readonly schema: Schema<R>
  readonly name: string
  readonly kind: 'auto' | 'memory'
  readonly clock: Clock
  /** Writes the first rows if there are none yet. */
  fill(storage: Storage<R>): Promise<void>
  /** Marks a copy in memory as a database of its own; rejects when the copy is not whole. */
  rename(storage: Storage<R>): Promise<void>
  /** True for the database that was filled or found full before. */
  recognises(storage: Storage<R>): Promise<boolean>
  /** What calls are refused with once the storage is closed. */
  closed(): ChatErrorShape
  /** Writes something small and takes it away again: rejects where nothing can be written any more. */
  probe?(storage: Storage<R>): Promise<void>
  /** Deletes what can be missed when something else finds no room; false where there is nothing of that kind. */
  makeRoom?(storage: Storage<R>): Promise<boolean>
  /** What rows are refused with that cannot be written though others can: too big, or a file that cannot be read. */
  unfit?(cause: unknown): ChatErrorShape
  /** Called once, when the storage has moved to memory. */
  onDegraded(): void
}

/** Opens at once in the background; every call waits for it. */
export function createResilientStorage<R extends object>(
  setup: ResilientStorageSetup<R>,
): ResilientStorage<R> {
  const { clock, schema } = setup
  let kind: ReturnType<ResilientStorage<R>['kind']> = 'opening'
  let degradation: ChatErrorShape | undefined
  let isClosed = false
  /** The storage that has been given up for another. */
  let left: Storage<R> | undefined
  /** The storage in use, once it is open. */
  let opened: Storage<R> | undefined
  let current: Promise<Storage<R>>
  use(setup.kind === 'memory' ? openMemory() : openDatabase())

  function use(next: Promise<Storage<R>>): void {
    opened = undefined
    current = next
    next.then(
      (storage) => {
        if (current === next) opened = storage
      },
      // Whoever calls next hears of a failure; without a caller it must not count as unhandled.
      () => undefined,
    )
  }

  async function openMemory(): Promise<Storage<R>> {
    const memory = createMemoryStorage(schema)
    await setup.fill(memory)
    kind = 'memory'
    return memory
  }

  async function openDatabase(): Promise<Storage<R>> {
    let database: DatabaseStorage<R> | undefined
    try {
      database = await connect()
      await setup.fill(database)
      if (left !== database) kind = 'indexeddb'
      return database
    } catch (error) {
      if (!(error instanceof StorageFailure) || isClosed) throw error
      const toMemory = () => moveToMemory(database, error.cause)
      return database ? leave(database, toMemory) : toMemory()
    }
  }

  async function connect(): Promise<DatabaseStorage<R>> {
    const database = await openDexieStorage(schema, setup.name, clock, PATIENCE_MS, () => {
      void leave(database, () => moveToMemory(database, new Error('the database is claimed by another tab')))
    })
    if (isClosed) database.close()
    return database
  }

  /** The same database over a new connection; undefined when that fails or it is not the same any more. */
  async function reconnect(): Promise<DatabaseStorage<R> | undefined> {
    try {
      const database = await connect()
      if (await setup.recognises(database)) return database
      database.close()
    } catch {
      // Then there is nothing to go back to.
    }
    return undefined
  }

  async function moveToMemory(broken: Storage<R> | undefined, cause: unknown): Promise<Storage<R>> {
    const copy = broken && (await copyToMemory(broken))
    broken?.close()
    const memory = copy ?? (await openMemory())
    kind = 'memory'
    degradation = new ChatError({ code: 'storage-memory', kind: 'other', cause })
    // After the storage is in place: whoever is told may call at once.
    queueMicrotask(setup.onDegraded)
    return memory
  }

  /** What can still be read; undefined when that is not everything. */
  async function copyToMemory(broken: Storage<R>): Promise<Storage<R> | undefined> {
    const memory = createMemoryStorage(schema)
    try {
      await within(clock, PATIENCE_MS, async () => {
        for (const table of tablesOf(schema)) {
          const rows = await broken.read([table], (reading) => reading.range(table, {}))
          await memory.write([table], (writing) => writing.putMany(table, rows))
        }
        await setup.rename(memory)
      })
      return memory
    } catch {
      return undefined
    }
  }

  /** Goes over to what `next` finds, once for all who meet the same broken storage. */
  async function leave(broken: Storage<R>, next: () => Promise<Storage<R>>): Promise<Storage<R>> {
    if (left !== broken) {
      left = broken
      use(next())
    }
    return current
  }

  /** A connection that was cut is made again; what fails over an open one fails for good. */
  function recover(broken: Storage<R>, cause: unknown): Promise<Storage<R>> {
    return leave(broken, async () => {
      return (isCut(broken) && (await reconnect())) || moveToMemory(broken, cause)
    })
  }

  async function surviving<A>(work: (storage: Storage<R>) => Promise<A>): Promise<A> {
    for (let tries = 0; ; tries += 1) {
      if (isClosed) throw setup.closed()
      const storage = await current
      try {
        return await withRoom(storage, work)
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error
        if (isClosed) throw setup.closed()
        if (tries === MOST_RECOVERIES) throw error
        // A database that is cut again and again is as good as broken.
        const isHopeless = tries === MOST_RECOVERIES - 1
        await (isHopeless
          ? leave(storage, () => moveToMemory(storage, error.cause))
          : recover(storage, error.cause))
      }
    }
  }

  /** Done once more where that failed and there was something that could make room. */
  async function withRoom<A>(storage: Storage<R>, work: (storage: Storage<R>) => Promise<A>): Promise<A> {
    try {
      return await work(storage)
    } catch (error) {
      if (!(error instanceof StorageFailure) || isCut(storage) || isClosed) throw error
      if (!(await setup.makeRoom?.(storage).catch(() => false))) throw error
      return work(storage)
    }
  }

  async function tryWrite(
    tables: readonly TableName<R>[],
    work: (writing: Writing<R>) => Promise<void>,
  ): Promise<void> {
    try {
      const storage = await current
      if (!isClosed) await storage.write(tables, work)
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error
    }
  }

  /** Begins at once over a storage that is open; what fails there, and what comes too early, is an ordinary write. */
  async function writeNow(steps: readonly Step<R>[]): Promise<void> {
    if (opened && opened !== left && !isClosed) {
      const begun = opened.writeNow(steps)
      try {
        return await begun
      } catch (error) {
        if (!(error instanceof StorageFailure)) throw error
      }
    }
    await surviving((storage) => writeIfFit(storage, steps))
  }

  /** One value that cannot be written says nothing about the database, as long as others can. */
  async function writeIfFit(storage: Storage<R>, steps: readonly Step<R>[]): Promise<void> {
    try {
      await withRoom(storage, (opened) => opened.writeNow(steps))
    } catch (error) {
      if (!(error instanceof StorageFailure) || !setup.unfit || !(await isSound(storage))) throw error
      throw setup.unfit(error.cause)
    }
  }

  async function isSound(storage: Storage<R>): Promise<boolean> {
    if (isCut(storage) || !setup.probe) return false
    return setup.probe(storage).then(
      () => true,
      () => false,
    )
  }

  return {
    kind: () => kind,
    degradation: () => degradation,
    read: (tables, work) => surviving((storage) => storage.read(tables, work)),
    write: (tables, work) => surviving((storage) => storage.write(tables, work)),
    writeNow,
    tryWrite,
    close() {
      isClosed = true
      current.then(
        (storage) => storage.close(),
        () => undefined,
      )
    },
  }
}

function isCut<R>(storage: Storage<R>): boolean {
  return 'isOpen' in storage && !(storage as DatabaseStorage<R>).isOpen()
}

function within<R>(clock: Clock, ms: number, work: () => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => reject(new Error(`not done within ${ms} ms`)))
    work().then(resolve, reject).finally(stop)
  })
}
