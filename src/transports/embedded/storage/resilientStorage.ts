import type { ChatErrorShape } from '../../../model'
import type { Clock } from '../../../core/ports'
import { refusals } from '../refusals'
import { TABLE_NAMES } from '../rows'
import { openDexieStorage } from './dexieStorage'
import { createMemoryStorage } from './memoryStorage'
import { StorageFailure } from './storage'
import type { Storage } from './storage'

/** How long IndexedDB may take to answer before the service goes on in memory. */
const PATIENCE_MS = 5000

/** A storage that outlives its own database: when that breaks, the same work goes on in memory (D11). */
export interface ResilientStorage extends Storage {
  kind(): 'indexeddb' | 'memory' | 'opening'
  /** Why everything ends with the page, once that is so. */
  degradation(): ChatErrorShape | undefined
}
/** What the owner of the storage adds. */
export interface ResilientStorageSetup {
  readonly name: string
  readonly kind: 'auto' | 'memory'
  readonly clock: Clock
  /** Writes the first rows if there are none yet. */
  fill(storage: Storage): Promise<void>
  /** Marks a copy in memory as a database of its own; rejects when the copy is not whole. */
  rename(storage: Storage): Promise<void>
  /** Called once, when the storage has moved to memory. */
  onDegraded(): void
}

/** Opens at once in the background; every call waits for it. */
export function createResilientStorage(options: ResilientStorageSetup): ResilientStorage {
  const { name, clock } = options
  let kind: ReturnType<ResilientStorage['kind']> = 'opening'
  let degradation: ChatErrorShape | undefined
  let isClosed = false
  /** The database that has been given up. */
  let lost: Storage | undefined
  let current: Promise<Storage> = open()
  // Whoever calls next hears of a failure; without a caller it must not count as unhandled.
  current.catch(() => undefined)

  async function open(): Promise<Storage> {
    if (options.kind === 'memory') {
      const memory = await filledMemory()
      kind = 'memory'
      return memory
    }
    let opened: Storage | undefined
    try {
      const storage = await openDexieStorage(name, clock, PATIENCE_MS, {
        onClaimed: () => void degrade(storage, new Error('the database is claimed by another tab')),
        onLost: (cause) => void degrade(storage, cause),
      })
      opened = storage
      if (isClosed) storage.close()
      await options.fill(storage)
      if (kind === 'opening') kind = 'indexeddb'
      return storage
    } catch (error) {
      if (!(error instanceof StorageFailure) || isClosed) throw error
      if (opened && opened === lost) return current
      lost = opened
      return moveToMemory(opened, error.cause)
    }
  }

  async function filledMemory(): Promise<Storage> {
    const memory = createMemoryStorage()
    await options.fill(memory)
    return memory
  }

  async function moveToMemory(broken: Storage | undefined, cause: unknown): Promise<Storage> {
    const copy = broken && (await copyToMemory(broken))
    broken?.close()
    const memory = copy ?? (await filledMemory())
    kind = 'memory'
    degradation = refusals.storageLost(cause)
    // After the storage is in place: whoever is told may call at once.
    queueMicrotask(options.onDegraded)
    return memory
  }

  /** What can still be read; undefined when that is not everything. */
  async function copyToMemory(broken: Storage): Promise<Storage | undefined> {
    const memory = createMemoryStorage()
    try {
      await within(clock, PATIENCE_MS, async () => {
        for (const table of TABLE_NAMES) {
          const rows = await broken.read([table], (reading) => reading.range(table, {}))
          await memory.write([table], (writing) => writing.putMany(table, rows))
        }
        await options.rename(memory)
      })
      return memory
    } catch {
      return undefined
    }
  }

  async function degrade(broken: Storage, cause: unknown): Promise<void> {
    if (isClosed) return
    if (lost !== broken) {
      lost = broken
      current = moveToMemory(broken, cause)
    }
    await current
  }

  async function surviving<R>(work: (storage: Storage) => Promise<R>): Promise<R> {
    if (isClosed) throw refusals.serviceClosed()
    const storage = await current
    try {
      return await work(storage)
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error
      if (isClosed) throw refusals.serviceClosed()
      await degrade(storage, error.cause)
      return work(await current)
    }
  }

  return {
    kind: () => kind,
    degradation: () => degradation,
    read: (tables, work) => surviving((storage) => storage.read(tables, work)),
    write: (tables, work) => surviving((storage) => storage.write(tables, work)),
    close() {
      isClosed = true
      current.then(
        (storage) => storage.close(),
        () => undefined,
      )
    },
  }
}

function within<R>(clock: Clock, ms: number, work: () => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => reject(new Error(`not done within ${ms} ms`)))
    work().then(resolve, reject).finally(stop)
  })
}
