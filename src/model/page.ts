import type { ChatErrorShape } from './chatError'
import type { Cursor } from './id'

/** One page of a list. `next` absent: the end. An empty page with `next` is legal. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: Cursor
}
/** A call on several things answers for each; `pending` ones wait for somebody's consent. */
export interface BatchResult {
  readonly done: readonly string[]
  readonly pending: readonly string[]
  readonly failed: readonly { readonly id: string; readonly error: ChatErrorShape }[]
}
/** Work that can be given up: after `cancel()` the result rejects with kind 'cancelled', or resolves if it was too late. */
export interface Task<T> {
  readonly result: Promise<T>
  cancel(): void
}
