import type { MessageChange, MessageKey } from '../../model'

const MAX_KEYS = 2_000
const MAX_CHANGES_PER_KEY = 50

/**
 * Changes whose message is not known yet. Those of messages that never come must not fill the memory, so the oldest go
 * when there are too many.
 */
export class EarlyChanges {
  private readonly byKey = new Map<MessageKey, MessageChange[]>()

  keep(change: MessageChange): void {
    for (const key of change.ref.keys) {
      const known = this.byKey.get(key)
      if (!known) this.byKey.set(key, [change])
      else if (known.push(change) > MAX_CHANGES_PER_KEY) known.shift()
    }
    for (const key of this.byKey.keys()) {
      if (this.byKey.size <= MAX_KEYS) break
      this.byKey.delete(key)
    }
  }

  /** Hands out what waits for a message with these keys, each change once, in the order it came. */
  take(keys: readonly MessageKey[]): readonly MessageChange[] {
    const waiting = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []))
    for (const key of keys) this.byKey.delete(key)
    return [...waiting]
  }

  clear(): void {
    this.byKey.clear()
  }
}
