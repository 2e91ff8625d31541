import type { Message, MessageOrder, OutboxState } from '../../model'

/** A message in its place, with what only this device knows of it. Immutable: a change makes a new one. */
export interface TimelineEntry {
  /** The name of the row for life: the key under which the message was first seen. */
  readonly rowKey: string
  readonly message: Message
  /**
   * Where it stands: its own order, or that of the message after which it came where the backend gives none. Absent: at
   * the tail, until the backend gives it a place.
   */
  readonly place?: MessageOrder
  /**
   * How many losses the timeline had heard of when the backend last told all of the message; -1: this machine kept it and
   * cannot say. Where there are more by now, it may have changed unheard.
   */
  readonly asOf: number
  readonly outbox?: OutboxState
  readonly uploadFraction?: number
  /** It failed after the backend had taken it, so hearing of it again does not make it sent. */
  readonly hasBounced?: boolean
  /** Placed by the answer to its sending, before any event told it: others may still be missing above it. */
  readonly isAhead?: boolean
  readonly receiptCounts?: { readonly readCount: number; readonly unreadCount: number }
}
