import { compareKeys, keyReader, startingWith } from '../storage'
import type { Key, Reading, TableName, Writing } from '../storage'
import { SCHEMA } from './rows'
import type { Rows } from './rows'

type Name = TableName<Rows>
interface Staged {
  readonly key: Key
  /** Undefined: not there, or to be deleted. */
  row: object | undefined
  isChanged: boolean
}

const keyOf = keyReader(SCHEMA)

/**
 * One flush: rows are read once and written once, at its end, however many events change them. A row that the storage
 * could not take (a key that is none, a value that cannot be copied) is left out, so that it harms nothing else.
 */
export class Batch {
  private readonly staged = new Map<Name, Map<string, Staged>>()

  constructor(private readonly writing: Writing<Rows>) {}

  async get<T extends Name>(table: T, ...fields: readonly (string | number)[]): Promise<Rows[T] | undefined> {
    const key = fields.length === 1 ? (fields[0] as Key) : fields
    if (!isSoundKey(key)) return undefined
    const known = this.tableOf(table).get(JSON.stringify(key))
    if (known) return known.row as Rows[T] | undefined
    const row = await this.writing.get(table, key)
    this.tableOf(table).set(JSON.stringify(key), { key, row: row as object | undefined, isChanged: false })
    return row
  }

  /** True for a row that was read or written in this flush. */
  holds(table: Name, ...key: readonly (string | number)[]): boolean {
    return this.tableOf(table).get(JSON.stringify(key))?.row !== undefined
  }

  /** Reads many rows at once, so that `get` has them. */
  async prefetch(table: Name, keys: readonly Key[]): Promise<void> {
    const known = this.tableOf(table)
    const missing = keys.filter((key) => isSoundKey(key) && !known.has(JSON.stringify(key)))
    if (missing.length === 0) return
    const rows = await this.writing.getMany(table, missing)
    missing.forEach((key, i) =>
      known.set(JSON.stringify(key), { key, row: rows[i] as object | undefined, isChanged: false }),
    )
  }

  /** False where the storage could not take it. */
  put<T extends Name>(table: T, row: Rows[T]): boolean {
    const key = keyOf(table, row)
    if (key === undefined || !isSoundKey(key) || !canBeCopied(row)) return false
    this.tableOf(table).set(JSON.stringify(key), { key, row, isChanged: true })
    return true
  }

  delete(table: Name, ...fields: readonly (string | number)[]): void {
    const key = fields.length === 1 ? (fields[0] as Key) : fields
    if (isSoundKey(key))
      this.tableOf(table).set(JSON.stringify(key), { key, row: undefined, isChanged: true })
  }

  /** Reads a range of a table; what was changed is written first. */
  async range<T extends Name>(
    table: T,
    range: Parameters<Reading<Rows>['range']>[1],
  ): Promise<readonly Rows[T][]> {
    await this.settle(table)
    return this.writing.range(table, range)
  }

  /** Deletes all rows of a conversation. */
  async deleteAllOf(table: Name, conversationId: string): Promise<void> {
    await this.settle(table)
    await this.writing.deleteRange(table, startingWith(conversationId))
    this.staged.delete(table)
  }

  /** Writes what is changed. */
  async settle(...tables: readonly Name[]): Promise<void> {
    for (const table of tables.length > 0 ? tables : [...this.staged.keys()]) {
      const changed = [...this.tableOf(table).values()].filter(({ isChanged }) => isChanged)
      const rows = changed.flatMap(({ row }) => (row ? [row as Rows[Name]] : []))
      for (const { key, row } of changed) if (!row) await this.writing.delete(table, key)
      if (rows.length > 0) await this.writing.putMany(table, rows)
      for (const entry of changed) entry.isChanged = false
    }
  }

  private tableOf(table: Name): Map<string, Staged> {
    let rows = this.staged.get(table)
    if (!rows) this.staged.set(table, (rows = new Map()))
    return rows
  }
}

function isSoundKey(key: Key): boolean {
  if (Array.isArray(key)) return key.every(isSoundKey)
  return (
    typeof key === 'string' || (typeof key === 'number' && !Number.isNaN(key) && compareKeys(key, key) === 0)
  )
}

/** True for what can be stored; where nothing can tell, it is taken as it is. */
export function canBeCopied(value: unknown): boolean {
  if (typeof structuredClone !== 'function') return true
  try {
    structuredClone(value)
    return true
  } catch {
    return false
  }
}
