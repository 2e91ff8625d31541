import { KEY_FIELDS, TABLE_NAMES } from '../rows'
import type { Rows, TableName } from '../rows'
import { compareKeys } from './compareKeys'
import type { Key } from './compareKeys'
import { StorageFailure } from './storage'
import type { KeyRange, Reading, Storage, Writing } from './storage'

interface Entry {
  readonly key: Key
  readonly row: Rows[TableName]
}
/** One table: entries sorted by key. The array is replaced, never changed, by big writes. */
interface Table {
  entries: Entry[]
}
type Undo = () => void

/** A storage that ends with the page: sorted arrays, one transaction at a time. */
export function createMemoryStorage(): Storage {
  const tables = new Map<TableName, Table>(TABLE_NAMES.map((name) => [name, { entries: [] }]))
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false

  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const result = queue.then(() => {
      if (isClosed) throw new StorageFailure(new Error('closed'))
      return work()
    })
    queue = result.catch(() => undefined)
    return result
  }

  return {
    read: (_names, work) => inTurn(() => work(createReading(tables))),
    write: (_names, work) =>
      inTurn(async () => {
        const undos: Undo[] = []
        try {
          return await work(createWriting(tables, undos))
        } catch (error) {
          for (const undo of undos.reverse()) undo()
          throw error
        }
      }),
    close() {
      isClosed = true
    },
  }
}

function createReading(tables: ReadonlyMap<TableName, Table>): Reading {
  const entriesOf = (name: TableName) => tableOf(tables, name).entries
  function slice(name: TableName, range: Pick<KeyRange, 'from' | 'to'>): [number, number] {
    const entries = entriesOf(name)
    const start = range.from === undefined ? 0 : lowerBound(entries, range.from)
    const end = range.to === undefined ? entries.length : upperBound(entries, range.to)
    return [start, Math.max(start, end)]
  }
  // The map is keyed by table name, so an entry of `name` holds a row of `name`.
  function find<T extends TableName>(name: T, key: Key): Rows[T] | undefined {
    const entries = entriesOf(name)
    const entry = entries[lowerBound(entries, key)]
    return entry && compareKeys(entry.key, key) === 0 ? (entry.row as Rows[T]) : undefined
  }
  return {
    get: async (name, key) => find(name, key),
    getMany: async (name, keys) => keys.map((key) => find(name, key)),
    count: async (name, range) => {
      const [start, end] = slice(name, range)
      return end - start
    },
    range: async <T extends TableName>(name: T, range: KeyRange) => {
      const [start, end] = slice(name, range)
      const size = Math.min(end - start, range.limit ?? Infinity)
      const picked = range.isReverse
        ? entriesOf(name)
            .slice(end - size, end)
            .reverse()
        : entriesOf(name).slice(start, start + size)
      return picked.map((entry) => entry.row as Rows[T])
    },
  }
}

function createWriting(tables: ReadonlyMap<TableName, Table>, undos: Undo[]): Writing {
  function putOne(name: TableName, row: Rows[TableName]): void {
    const table = tableOf(tables, name)
    const { entries } = table
    const key = keyOf(name, row)
    const index = lowerBound(entries, key)
    const former = entries[index]
    if (former && compareKeys(former.key, key) === 0) {
      entries[index] = { key, row }
      undos.push(() => (table.entries[index] = former))
    } else {
      entries.splice(index, 0, { key, row })
      undos.push(() => table.entries.splice(index, 1))
    }
  }
  function replace(table: Table, entries: Entry[]): void {
    const former = table.entries
    table.entries = entries
    undos.push(() => (table.entries = former))
  }
  return {
    ...createReading(tables),
    put: async (name, row) => putOne(name, row),
    putMany: async (name, rows) => {
      if (rows.length < 32) return rows.forEach((row) => putOne(name, row))
      const table = tableOf(tables, name)
      const added = rows.map((row) => ({ key: keyOf(name, row), row }))
      replace(table, merge(table.entries, added))
    },
    delete: async (name, key) => {
      const table = tableOf(tables, name)
      const index = lowerBound(table.entries, key)
      const former = table.entries[index]
      if (!former || compareKeys(former.key, key) !== 0) return
      table.entries.splice(index, 1)
      undos.push(() => table.entries.splice(index, 0, former))
    },
    deleteRange: async (name, range) => {
      const table = tableOf(tables, name)
      const start = lowerBound(table.entries, range.from)
      const end = upperBound(table.entries, range.to)
      if (end > start) replace(table, [...table.entries.slice(0, start), ...table.entries.slice(end)])
    },
  }
}

/** Sorted and without doubles; of two with one key the later wins. */
function merge(old: readonly Entry[], added: readonly Entry[]): Entry[] {
  const sorted = [...old, ...added].sort((a, b) => compareKeys(a.key, b.key))
  // The sort is stable, so the last of equal keys is the newest.
  return sorted.filter((entry, i) => {
    const next = sorted[i + 1]
    return !next || compareKeys(entry.key, next.key) !== 0
  })
}

function tableOf(tables: ReadonlyMap<TableName, Table>, name: TableName): Table {
  return tables.get(name) as Table
}

function keyOf(name: TableName, row: Rows[TableName]): Key {
  const fields: readonly string[] = KEY_FIELDS[name]
  const values = fields.map((field) => row[field as keyof typeof row] as Key)
  return values.length === 1 ? (values[0] as Key) : values
}

function lowerBound(entries: readonly Entry[], key: Key): number {
  return firstIndex(entries, (entry) => compareKeys(entry.key, key) >= 0)
}

function upperBound(entries: readonly Entry[], key: Key): number {
  return firstIndex(entries, (entry) => compareKeys(entry.key, key) > 0)
}

function firstIndex(entries: readonly Entry[], isPast: (entry: Entry) => boolean): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isPast(entries[middle] as Entry)) high = middle
    else low = middle + 1
  }
  return low
}
