import { Dexie } from 'dexie'
import type { Collection, Table } from 'dexie'
import type { Clock } from '../../../core/ports'
import { KEY_FIELDS, TABLE_NAMES } from '../rows'
import type { Rows, TableName } from '../rows'
import type { Key } from './compareKeys'
import { StorageFailure } from './storage'
import type { KeyRange, Reading, Storage, Writing } from './storage'

/** A storage whose connection browsers may cut, as they do with pages in the background. */
export interface DatabaseStorage extends Storage {
  isOpen(): boolean
}

/**
 * Opens the database; a `StorageFailure` when there is no IndexedDB, when it refuses, or when it has not answered
 * after `withinMs`. `onClaimed`: another tab wants the database gone or changed, and waits until it is closed here.
 */
export async function openDexieStorage(
  name: string,
  clock: Clock,
  withinMs: number,
  onClaimed: () => void,
): Promise<DatabaseStorage> {
  const db = await guarded(async () => {
    const { indexedDB, IDBKeyRange } = globalThis
    if (!indexedDB) throw new Error('this browser has no IndexedDB')
    // Without `autoOpen: false` a database deleted by another tab would be made again, empty, behind our back.
    return new Dexie(name, { indexedDB, IDBKeyRange, autoOpen: false })
  })
  db.version(1).stores(Object.fromEntries(TABLE_NAMES.map((table) => [table, schemaOf(table)])))
  db.on('versionchange', () => {
    onClaimed()
    // Dexie itself would close at once; first what is in the database is saved.
    return false
  })
  await openWithin(db, clock, withinMs)
  return {
    read: (tables, work) => transact(db, 'r', tables, (reading) => work(reading)),
    write: (tables, work) => transact(db, 'rw', tables, work),
    close: () => db.close(),
    isOpen: () => db.isOpen(),
  }
}

function schemaOf(table: TableName): string {
  const fields: readonly string[] = KEY_FIELDS[table]
  return fields.length === 1 ? `${fields[0]}` : `[${fields.join('+')}]`
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
async function transact<R>(
  db: Dexie,
  mode: 'r' | 'rw',
  tables: readonly TableName[],
  work: (writing: Writing) => Promise<R>,
): Promise<R> {
  let thrownByWork: { readonly error: unknown } | undefined
  try {
    return await db.transaction(mode, [...tables], async () => {
      try {
        return await work(createWriting(db))
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

function createWriting(db: Dexie): Writing {
  // Dexie knows tables by name only; the schema above ties each name to its row.
  const tableOf = <T extends TableName>(name: T) => db.table(name) as Table<Rows[T], Key>
  const pick = (name: TableName, range: Pick<KeyRange, 'from' | 'to'>) => collect(tableOf(name), range)
  const reading: Reading = {
    get: (name, key) => guarded(() => tableOf(name).get(key)),
    getMany: (name, keys) => guarded(() => tableOf(name).bulkGet([...keys])),
    count: (name, range) => guarded(() => pick(name, range).count()),
    range: <T extends TableName>(name: T, range: KeyRange) =>
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
