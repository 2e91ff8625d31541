import type { MessageChange, MessageKey } from '../../model'

const MAX_KEYS = 2_000
const MAX_CHANGES_PER_KEY = 50

/** A change that waits; one that names several keys waits under each and is handed out once. */
interface Waiting {
  readonly change: MessageChange
  readonly arrival: number
  isTaken: boolean
}

/**
 * Changes whose message is not known yet. Those of messages that never come must not fill the memory, so the oldest go
 * when there are too many.
 */
export class EarlyChanges {
  private readonly byKey = new Map<MessageKey, Waiting[]>()
  private arrivals = 0

  keep(change: MessageChange): void {
    const waiting: Waiting = { change, arrival: this.arrivals++, isTaken: false }
    for (const key of change.ref.keys) {
      const known = this.byKey.get(key)
      if (!known) this.byKey.set(key, [waiting])
      else if (known.push(waiting) > MAX_CHANGES_PER_KEY) known.shift()
    }
    for (const key of this.byKey.keys()) {
      if (this.byKey.size <= MAX_KEYS) break
      this.byKey.delete(key)
    }
  }

  /** Hands out what waits for a message with these keys, each change once, in the order it came. */
  take(keys: readonly MessageKey[]): readonly MessageChange[] {
    const found = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []))
    for (const key of keys) this.byKey.delete(key)
    const fresh = [...found].filter(({ isTaken }) => !isTaken).sort((a, b) => a.arrival - b.arrival)
    for (const waiting of fresh) waiting.isTaken = true
    return fresh.map(({ change }) => change)
  }

  clear(): void {
    this.byKey.clear()
  }
}
