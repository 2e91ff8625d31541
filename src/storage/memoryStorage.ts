import type { Key } from './compareKeys'
import { countedField, keyReader, newestTables } from './schema'
import type { Schema } from './schema'
import { SortedRows } from './sortedRows'
import { StorageFailure } from './storage'
import type { KeyRange, Reading, Storage, TableName, Writing } from './storage'

type Undo = () => void

/** A storage that ends with the page: sorted rows, one transaction at a time. */
export function createMemoryStorage<R extends object>(schema: Schema<R>): Storage<R> {
  const keyOf = keyReader(schema)
  const fieldsByTable = newestTables(schema)
  const tables = new Map(Object.keys(fieldsByTable).map((name) => [name, new SortedRows()]))
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const tableOf = (name: string) => tables.get(name) as SortedRows

  // A table holds rows of its own only, so what comes out of `T` is of `T`.
  const reading: Reading<R> = {
    get: async <T extends TableName<R>>(name: T, key: Key) => tableOf(name).get(key)?.row as R[T] | undefined,
    getMany: async <T extends TableName<R>>(name: T, keys: readonly Key[]) =>
      keys.map((key) => tableOf(name).get(key)?.row as R[T] | undefined),
    count: async (name, { from, to }) => tableOf(name).count(from, to),
    range: async <T extends TableName<R>>(name: T, { from, to, limit, isReverse }: KeyRange) => {
      const table = tableOf(name)
      const entries = isReverse ? table.listReverse(from, to, limit) : table.list(from, to, limit)
      return entries.map(({ row }) => row as R[T])
    },
  }

  /** The row with the number it gets, where its table counts and it has none. */
  function counted(name: TableName<R>, row: object): object {
    const field = countedField(fieldsByTable[name] ?? [])
    if (field === undefined || (row as Record<string, unknown>)[field] !== undefined) return row
    const last = tableOf(name).last()?.key
    const next = Math.max(typeof last === 'number' ? last : 0, highest.get(name) ?? 0) + 1
    highest.set(name, next)
    return { ...row, [field]: next }
  }
  /** Numbers once given are not given again, even when their rows are gone. */
  const highest = new Map<string, number>()

  function writingWith(undos: Undo[]): Writing<R> {
    function put(name: TableName<R>, told: object): void {
      const table = tableOf(name)
      const row = counted(name, told)
      const key = keyOf(name, row) as Key
      const former = table.put({ key, row })
      undos.push(() => void (former ? table.put(former) : table.delete(key)))
    }
    function remove(name: TableName<R>, key: Key): void {
      const table = tableOf(name)
      const former = table.delete(key)
      if (former) undos.push(() => void table.put(former))
    }
    return {
      ...reading,
      put: async (name, row) => put(name, row as object),
      putMany: async (name, rows) => rows.forEach((row) => put(name, row as object)),
      delete: async (name, key) => remove(name, key),
      deleteRange: async (name, { from, to }) => {
        for (const { key } of tableOf(name).list(from, to)) remove(name, key)
      },
    }
  }

  function inTurn<A>(work: () => Promise<A>): Promise<A> {
    const result = queue.then(() => {
      if (isClosed) throw new StorageFailure(new Error('closed'))
      return work()
    })
    queue = result.catch(() => undefined)
    return result
  }

  function write<A>(work: (writing: Writing<R>) => Promise<A>): Promise<A> {
    return inTurn(async () => {
      const undos: Undo[] = []
      try {
        return await work(writingWith(undos))
      } catch (error) {
        for (const undo of undos.reverse()) undo()
        throw error
      }
    })
  }

  return {
    read: (_names, work) => inTurn(() => work(reading)),
    write: (_names, work) => write(work),
    writeNow: (steps) =>
      write(async (writing) => {
        for (const step of steps) {
          if ('put' in step) await writing.put(step.table, step.put)
          else await writing.delete(step.table, step.delete)
        }
      }),
    close() {
      isClosed = true
    },
  }
}
