import type { Rows, TableName } from '../rows'
import type { Key } from './compareKeys'

/** Which rows of a table: keys from `from` to `to`, both included; both absent means all. */
export interface KeyRange {
  readonly from?: Key
  readonly to?: Key
  /** At most so many. */
  readonly limit?: number
  /** From the highest key down. */
  readonly isReverse?: boolean
}
/** What can be asked inside a transaction. */
export interface Reading {
  get<T extends TableName>(table: T, key: Key): Promise<Rows[T] | undefined>
  /** One answer per key, in the order of the keys. */
  getMany<T extends TableName>(table: T, keys: readonly Key[]): Promise<readonly (Rows[T] | undefined)[]>
  range<T extends TableName>(table: T, range: KeyRange): Promise<readonly Rows[T][]>
  count(table: TableName, range: Pick<KeyRange, 'from' | 'to'>): Promise<number>
}
/** What can be done inside a writing transaction. */
export interface Writing extends Reading {
  put<T extends TableName>(table: T, row: Rows[T]): Promise<void>
  putMany<T extends TableName>(table: T, rows: readonly Rows[T][]): Promise<void>
  delete(table: TableName, key: Key): Promise<void>
  deleteRange(table: TableName, range: Required<Pick<KeyRange, 'from' | 'to'>>): Promise<void>
}
/**
 * Tables of rows with one key each. Inside `work` nothing but the given object may be awaited; when `work` rejects,
 * nothing of a write stays and the same error comes out. A failure of the storage itself comes out as `StorageFailure`.
 */
export interface Storage {
  read<R>(tables: readonly TableName[], work: (reading: Reading) => Promise<R>): Promise<R>
  /** Writes over a shared table run one after the other, in all tabs. */
  write<R>(tables: readonly TableName[], work: (writing: Writing) => Promise<R>): Promise<R>
  close(): void
}

/** The storage itself broke; `cause` is what it said. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure'

  constructor(cause: unknown) {
    super('The storage failed', { cause })
  }
}

/** The range of all keys that begin with these fields: an array sorts after every string and number. */
export function startingWith(...fields: readonly (string | number)[]): { from: Key; to: Key } {
  return { from: fields, to: [...fields, []] }
}
