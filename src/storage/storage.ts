import type { Key } from './compareKeys'

/** Rows whose shape nobody vouches for, by table: what an upgrade works with. */
export type AnyRows = Readonly<Record<string, Readonly<Record<string, unknown>>>>
/** The name of a table. */
export type TableName<R> = keyof R & string

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
export interface Reading<R> {
  get<T extends TableName<R>>(table: T, key: Key): Promise<R[T] | undefined>
  /** One answer per key, in the order of the keys. */
  getMany<T extends TableName<R>>(table: T, keys: readonly Key[]): Promise<readonly (R[T] | undefined)[]>
  range<T extends TableName<R>>(table: T, range: KeyRange): Promise<readonly R[T][]>
  count(table: TableName<R>, range: Pick<KeyRange, 'from' | 'to'>): Promise<number>
}
/** What can be done inside a writing transaction. */
export interface Writing<R> extends Reading<R> {
  put<T extends TableName<R>>(table: T, row: R[T]): Promise<void>
  putMany<T extends TableName<R>>(table: T, rows: readonly R[T][]): Promise<void>
  delete(table: TableName<R>, key: Key): Promise<void>
  deleteRange(table: TableName<R>, range: Pick<KeyRange, 'from' | 'to'>): Promise<void>
}
/** One row to put or to delete. */
export type Step<R> = {
  [T in TableName<R>]: { readonly table: T; readonly put: R[T] } | { readonly table: T; readonly delete: Key }
}[TableName<R>]
/**
 * Tables of rows with one key each. Inside `work` nothing but the given object may be awaited; when `work` rejects,
 * nothing of a write stays and the same error comes out. A failure of the storage itself comes out as `StorageFailure`.
 */
export interface Storage<R> {
  read<A>(tables: readonly TableName<R>[], work: (reading: Reading<R>) => Promise<A>): Promise<A>
  /** Writes over a shared table run one after the other, in all tabs. */
  write<A>(tables: readonly TableName<R>[], work: (writing: Writing<R>) => Promise<A>): Promise<A>
  /**
   * Writes these rows in one transaction that is on its way to the database when the call returns, so that a page that
   * dies right afterwards has written them all the same. Resolves once they are kept.
   */
  writeNow(steps: readonly Step<R>[]): Promise<void>
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
