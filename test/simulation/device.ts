import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { CacheOptions, CacheStorage } from '../../src/cache'
import type { Cache, Clock } from '../../src/core/ports'
import { createMemoryStorage, openDexieStorage } from '../../src/storage'
import type { Reading, Writing } from '../../src/storage'
import { createTabs } from '../support/fakeTabs'
import type { FakeTabs } from '../support/fakeTabs'

/** The machine of a person: a clock that is wrong, and what all tabs share. */
export interface Device {
  readonly clockSkew: number
  readonly tabs: FakeTabs
  /** Its database is at work. */
  isBusy(): boolean
  /** The shared cache as one tab has it, and how that tab dies. */
  open(options: Omit<CacheOptions, 'name' | 'storage'>): { readonly cache: Cache; kill(): void }
}

/** Makes a machine that keeps its tables in memory, or in a database with `isDatabase`. */
export function createDevice(name: string, clock: Clock, clockSkew: number, isDatabase: boolean): Device {
  const inMemory = createMemoryStorage(CACHE_SCHEMA)
  let underWay = 0

  async function busy<A>(work: Promise<A>): Promise<A> {
    underWay++
    try {
      return await work
    } finally {
      underWay--
    }
  }

  return {
    clockSkew,
    tabs: createTabs(clock),
    isBusy: () => underWay > 0,
    open(options) {
      const storage = isDatabase ? databaseOf(name, clock, busy) : inMemory
      const mortal = mortalStorage(storage)
      return { cache: openCache({ ...options, name, storage: mortal.storage }), kill: mortal.kill }
    },
  }
}

/** A tab's own connection to the database of its machine. */
function databaseOf(name: string, clock: Clock, busy: <A>(work: Promise<A>) => Promise<A>): CacheStorage {
  const opening = busy(openDexieStorage(CACHE_SCHEMA, name, clock, 5_000, () => {}))
  let opened: CacheStorage | undefined
  void opening.then((storage) => (opened = storage))
  return {
    read: (names, work) => busy(opening.then((storage) => storage.read(names, work))),
    write: (names, work) => busy(opening.then((storage) => storage.write(names, work))),
    // Begins at once where it can, as the contract says.
    writeNow: (steps) => busy(opened?.writeNow(steps) ?? opening.then((storage) => storage.writeNow(steps))),
    close: () => void opening.then((storage) => storage.close()),
  }
}

/** A new, empty browser database for all machines of a story. */
export function installDatabase(): void {
  globalThis.indexedDB = new IDBFactory()
  globalThis.IDBKeyRange = IDBKeyRange
}

/**
 * The storage as a tab has it that may die: then no call of it settles any more and what it was writing is undone, as a
 * browser does; only what it had begun to write with `writeNow` is kept.
 */
function mortalStorage(storage: CacheStorage): { storage: CacheStorage; kill(): void } {
  let isDead = false

  function alive<A>(work: () => Promise<A>): Promise<A> {
    if (isDead) return new Promise(() => {})
    return new Promise((resolve, reject) => {
      work().then(
        (value) => isDead || resolve(value),
        (error: unknown) => isDead || reject(error),
      )
    })
  }

  /** What a dead tab still asks for in an open transaction ends it. */
  function mortal<T extends object>(tables: T): T {
    return new Proxy(tables, {
      get: (target, property) => {
        if (isDead) throw new Error('the tab is dead')
        return Reflect.get(target, property) as unknown
      },
    })
  }

  return {
    storage: {
      read: (names, work) =>
        alive(() =>
          storage.read(names, (reading) => work(mortal<Reading<never>>(reading as never) as never)),
        ),
      write: (names, work) =>
        alive(() =>
          storage.write(names, async (writing) => {
            const result = await work(mortal<Writing<never>>(writing as never) as never)
            if (isDead) throw new Error('the tab is dead')
            return result
          }),
        ),
      writeNow: (steps) => alive(() => storage.writeNow(steps)),
      close: () => storage.close(),
    },
    kill: () => void (isDead = true),
  }
}
