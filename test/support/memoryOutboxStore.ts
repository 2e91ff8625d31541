import type { OutboxStore } from '../../src/core/ports'
import type { OutboxItem } from '../../src/model'

/** What the tabs of one user share, in memory: one step at a time, in the order asked for. */
export interface MemoryOutboxStore extends OutboxStore {
  /** As it is right now. */
  readonly held: ReadonlyMap<string, OutboxItem>
}

/** Makes the store; `delay` says how long a step may take. */
export function createMemoryOutboxStore(
  items: readonly OutboxItem[] = [],
  delay: () => Promise<void> = async () => {},
): MemoryOutboxStore {
  const held = new Map(items.map((item) => [item.id, item]))
  let last: Promise<unknown> = Promise.resolve()
  function step<T>(work: () => T): Promise<T> {
    const done = last.then(delay).then(work)
    last = done
    return done
  }
  return {
    held,
    add: (item) => step(() => void held.set(item.id, item)),
    all: () => step(() => [...held.values()]),
    change: (id, change) =>
      step(() => {
        const before = held.get(id)
        const after = before && change(before)
        if (after) held.set(id, after)
        else held.delete(id)
        return after
      }),
  }
}
