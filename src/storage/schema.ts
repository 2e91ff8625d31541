import type { Key } from './compareKeys'
import type { AnyRows, Writing } from './storage'

/**
 * The fields that make each table's one key, in order; a single field is the key itself, several are an array. A single
 * field written `++field` is counted up by the storage where a row comes without it, over all tabs.
 */
export type KeyFields<R> = {
  readonly [T in keyof R]: readonly (keyof R[T] & string)[] | readonly [`++${keyof R[T] & string}`]
}
/** One version of the tables of a database. The key of a table never changes: a new key wants a new table. */
export interface SchemaVersion<R = AnyRows> {
  readonly version: number
  /** All tables of this version; those of the version before that are absent here are deleted after the upgrade. */
  readonly tables: KeyFields<R>
  /** Brings the rows of the version before into shape; nothing but `writing` may be awaited. */
  readonly upgrade?: (writing: Writing<AnyRows>) => Promise<void>
}
/** What a database holds, version by version; the last is the one the code knows. */
export type Schema<R> = readonly [...earlier: readonly SchemaVersion[], newest: SchemaVersion<R>]

/** The tables of the newest version. */
export function tablesOf<R extends object>(schema: Schema<R>): readonly (keyof R & string)[] {
  return Object.keys(newestTables(schema)) as (keyof R & string)[]
}

/** The name of the one field that the storage counts up, where the table has such a key. */
export function countedField(fields: readonly string[]): string | undefined {
  return fields[0]?.startsWith('++') ? fields[0].slice(2) : undefined
}

/** What reads the key of a row of each table. */
export function keyReader<R extends object>(
  schema: Schema<R>,
): (table: keyof R & string, row: object) => Key | undefined {
  const tables = newestTables(schema)
  return (table, row) => {
    const fields = tables[table] ?? []
    const values = fields.map((field) => (row as Record<string, Key>)[field.replace(/^\+\+/, '')])
    return values.length === 1 ? values[0] : (values as readonly Key[])
  }
}

/** The key fields by table, without their types. */
export function newestTables<R>(schema: Schema<R>): Readonly<Record<string, readonly string[]>> {
  return schema[schema.length - 1]?.tables as Readonly<Record<string, readonly string[]>>
}
