import type { MessageKey, MessageOrder } from '../../model'
import { compareOrder } from './order'
import type { TimelineEntry } from './timelineEntry'

/** On which side of those of equal order an entry goes in. */
export type Ties = 'before' | 'after'

/** Entries in order, found by any key of their message: those with a place first, then those at the tail as they came. */
export class EntryList {
  private placed: TimelineEntry[] = []
  private tail: TimelineEntry[] = []
  private readonly entryByRowKey = new Map<string, TimelineEntry>()
  private readonly rowKeyByKey = new Map<MessageKey, string>()
  private snapshot: readonly TimelineEntry[] | undefined

  /** All entries, oldest first; the same array until something changes. */
  all(): readonly TimelineEntry[] {
    this.snapshot ??= [...this.placed, ...this.tail]
    return this.snapshot
  }

  get(rowKey: string): TimelineEntry | undefined {
    return this.entryByRowKey.get(rowKey)
  }

  /** The entries that carry any of these keys, each once. */
  find(keys: readonly MessageKey[]): readonly TimelineEntry[] {
    const found = new Set<TimelineEntry>()
    for (const key of keys) {
      const entry = this.entryByRowKey.get(this.rowKeyByKey.get(key) ?? '')
      if (entry) found.add(entry)
    }
    return [...found]
  }

  /** The place of the newest placed entry. */
  newestPlace(): MessageOrder | undefined {
    return this.placed.at(-1)?.place
  }

  insert(entry: TimelineEntry, ties: Ties): void {
    this.entryByRowKey.set(entry.rowKey, entry)
    this.indexKeys(entry)
    this.putIn(entry, ties)
  }

  /** `next` takes the row of `known`, in another place where its own differs. */
  replace(known: TimelineEntry, next: TimelineEntry): void {
    this.entryByRowKey.set(next.rowKey, next)
    if (next.message.keys !== known.message.keys) this.indexKeys(next)
    this.snapshot = undefined
    const [before, after] = [known.place, next.place]
    if (before === after || (before && after && compareOrder(before, after) === 0)) {
      const list = before ? this.placed : this.tail
      list[this.indexOf(known)] = next
    } else {
      this.takeOut(known)
      this.putIn(next, 'after')
    }
  }

  remove(entry: TimelineEntry): void {
    this.takeOut(entry)
    this.forget(entry)
  }

  /** Takes away every entry placed before this place. */
  removeBefore(place: MessageOrder): void {
    for (const entry of this.placed.splice(0, this.boundary(place, 'before'))) this.forget(entry)
    this.snapshot = undefined
  }

  clear(keepsTail: boolean): void {
    const kept = keepsTail ? this.tail : []
    this.placed = []
    this.tail = []
    this.entryByRowKey.clear()
    this.rowKeyByKey.clear()
    this.snapshot = undefined
    for (const entry of kept) this.insert(entry, 'after')
  }

  private putIn(entry: TimelineEntry, ties: Ties): void {
    if (entry.place) this.placed.splice(this.boundary(entry.place, ties), 0, entry)
    else this.tail.push(entry)
    this.snapshot = undefined
  }

  private takeOut(entry: TimelineEntry): void {
    const list = entry.place ? this.placed : this.tail
    const index = this.indexOf(entry)
    if (index >= 0) list.splice(index, 1)
    this.snapshot = undefined
  }

  private forget(entry: TimelineEntry): void {
    this.entryByRowKey.delete(entry.rowKey)
    for (const key of entry.message.keys) {
      if (this.rowKeyByKey.get(key) === entry.rowKey) this.rowKeyByKey.delete(key)
    }
  }

  private indexKeys({ message, rowKey }: TimelineEntry): void {
    for (const key of message.keys) this.rowKeyByKey.set(key, rowKey)
  }

  private indexOf(entry: TimelineEntry): number {
    if (!entry.place) return this.tail.findIndex((other) => other.rowKey === entry.rowKey)
    let index = this.boundary(entry.place, 'before')
    while (index < this.placed.length && this.placed[index]?.rowKey !== entry.rowKey) index++
    return index < this.placed.length ? index : -1
  }

  /** Where an entry of this place goes: before or after those of equal place. */
  private boundary(place: MessageOrder, ties: Ties): number {
    let low = 0
    let high = this.placed.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.placed[middle]?.place
      const compared = other ? compareOrder(other, place) : 1
      if (compared < 0 || (compared === 0 && ties === 'after')) low = middle + 1
      else high = middle
    }
    return low
  }
}
