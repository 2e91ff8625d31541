import { Dexie } from 'dexie'
import type { Collection, Table } from 'dexie'
import type { Clock } from '../core/ports'
import type { Key } from './compareKeys'
import type { Schema } from './schema'
import { StorageFailure } from './storage'
import type { AnyRows, KeyRange, Reading, Step, Storage, TableName, Writing } from './storage'

/** A storage whose connection browsers may cut, as they do with pages in the background. */
export interface DatabaseStorage<R> extends Storage<R> {
  isOpen(): boolean
}

/** Where tables are found by name: the database, or the transaction of an upgrade. */
interface Tables {
  table(name: string): Table
}

/**
 * Opens the database and brings it to the newest version; a `StorageFailure` when there is no IndexedDB, when it refuses, or when it has not answered
 * after `withinMs`. `onClaimed`: another tab wants the database gone or changed, and waits until it is closed here.
 */
export async function openDexieStorage<R extends object>(
  schema: Schema<R>,
  name: string,
  clock: Clock,
  withinMs: number,
  onClaimed: () => void,
): Promise<DatabaseStorage<R>> {
  const db = await guarded(async () => {
    const { indexedDB, IDBKeyRange } = globalThis
    if (!indexedDB) throw new Error('this browser has no IndexedDB')
    // Without `autoOpen: false` a database deleted by another tab would be made again, empty, behind our back.
    return new Dexie(name, { indexedDB, IDBKeyRange, autoOpen: false })
  })
  declareVersions(db, schema)
  db.on('versionchange', () => {
    onClaimed()
    // Dexie itself would close at once; first what is in the database is saved.
    return false
  })
  await openWithin(db, clock, withinMs)
  return {
    read: (tables, work) => transact(db, 'r', tables, (reading) => work(reading)),
    write: (tables, work) => transact(db, 'rw', tables, work),
    writeNow: (steps) => writeNow(db, steps),
    close: () => db.close(),
    isOpen: () => db.isOpen(),
  }
}

function declareVersions<R>(db: Dexie, schema: Schema<R>): void {
  let former: readonly string[] = []
  for (const { version, tables: fieldsByTable, upgrade } of schema) {
    const tables = fieldsByTable as Readonly<Record<string, readonly string[]>>
    const dropped = former.filter((table) => !Object.hasOwn(tables, table))
    const declared = db.version(version).stores({
      ...Object.fromEntries(Object.entries(tables).map(([table, fields]) => [table, keyOf(fields)])),
      ...Object.fromEntries(dropped.map((table) => [table, null])),
    })
    if (upgrade) declared.upgrade((transaction) => upgrade(createWriting<AnyRows>(transaction)))
    former = Object.keys(tables)
  }
}

function keyOf(fields: readonly string[]): string {
  return fields.length === 1 ? `${fields[0]}` : `[${fields.join('+')}]`
}

/** Past Dexie, which begins a transaction only some turns later; `strict`, because what is kept outlives a machine that dies. */
function writeNow<R>(db: Dexie, steps: readonly Step<R>[]): Promise<void> {
  return new Promise((resolve, reject) => {
    try {
      const tables = [...new Set(steps.map(({ table }) => table))]
      const transaction = db.backendDB().transaction(tables, 'readwrite', { durability: 'strict' })
      const fail = () => reject(new StorageFailure(transaction.error))
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', fail)
      for (const step of steps) {
        const table = transaction.objectStore(step.table)
        if ('put' in step) table.put(step.put)
        else table.delete(step.delete as IDBValidKey)
      }
      transaction.commit()
    } catch (cause) {
      reject(new StorageFailure(cause))
    }
  })
}

/** Deletes a database without opening it; resolves also where that cannot be done. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    try {
      const request = globalThis.indexedDB.deleteDatabase(name)
      request.onsuccess = request.onerror = request.onblocked = () => resolve()
    } catch {
      resolve()
    }
  })
}

function openWithin(db: Dexie, clock: Clock, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopWaiting = clock.after(withinMs, () => {
      // An answer that comes later finds nobody: the connection must not block other tabs.
      reject(new StorageFailure(new Error(`IndexedDB did not answer within ${withinMs} ms`)))
      db.close()
    })
    db.open().then(
      () => {
        stopWaiting()
        resolve()
      },
      (cause: unknown) => {
        stopWaiting()
        db.close()
        reject(new StorageFailure(cause))
      },
    )
  })
}

/** The error of `work` comes out as it is; anything the database says is a `StorageFailure`. */
async function transact<R, A>(
  db: Dexie,
  mode: 'r' | 'rw',
  tables: readonly TableName<R>[],
  work: (writing: Writing<R>) => Promise<A>,
): Promise<A> {
  let thrownByWork: { readonly error: unknown } | undefined
  try {
    return await db.transaction(mode, [...tables], async (transaction) => {
      try {
        // With the transaction in hand: the one around it Dexie loses in a long chain of awaits, and watching all of them is dear.
        return await Dexie.ignoreTransaction(() => work(createWriting<R>(transaction)))
      } catch (error) {
        thrownByWork = { error }
        throw error
      }
    })
  } catch (error) {
    if (thrownByWork) throw thrownByWork.error
    throw new StorageFailure(error)
  }
}

function createWriting<R>(tables: Tables): Writing<R> {
  // Dexie knows tables by name only; the schema ties each name to its row.
  const tableOf = <T extends TableName<R>>(name: T) => tables.table(name) as Table<R[T], Key>
  const pick = (name: TableName<R>, range: Pick<KeyRange, 'from' | 'to'>) => collect(tableOf(name), range)
  const reading: Reading<R> = {
    get: (name, key) => guarded(() => tableOf(name).get(key)),
    getMany: (name, keys) => guarded(() => tableOf(name).bulkGet([...keys])),
    count: (name, range) => guarded(() => pick(name, range).count()),
    range: <T extends TableName<R>>(name: T, range: KeyRange) =>
      guarded(() => {
        const all = collect(tableOf(name), range)
        const directed = range.isReverse ? all.reverse() : all
        return (range.limit === undefined ? directed : directed.limit(range.limit)).toArray()
      }),
  }
  return {
    ...reading,
    put: (name, row) => guarded(() => tableOf(name).put(row)).then(() => undefined),
    putMany: (name, rows) => guarded(() => tableOf(name).bulkPut([...rows])).then(() => undefined),
    delete: (name, key) => guarded(() => tableOf(name).delete(key)),
    deleteRange: (name, range) => guarded(() => pick(name, range).delete()).then(() => undefined),
  }
}

function collect<Row>(
  table: Table<Row, Key>,
  { from, to }: Pick<KeyRange, 'from' | 'to'>,
): Collection<Row, Key> {
  if (from !== undefined && to !== undefined) return table.where(':id').between(from, to, true, true)
  if (from !== undefined) return table.where(':id').aboveOrEqual(from)
  if (to !== undefined) return table.where(':id').belowOrEqual(to)
  return table.toCollection()
}

async function guarded<R>(call: () => PromiseLike<R> | R): Promise<R> {
  try {
    return await call()
  } catch (cause) {
    throw new StorageFailure(cause)
  }
}
