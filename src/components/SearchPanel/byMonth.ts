import type { EpochMs } from '../../model'

/** What was sent in one month. */
export interface Month<Item> {
  /** When the first of them was sent. */
  readonly at: EpochMs
  readonly title: string
  readonly items: readonly Item[]
}

/** What lies in one month stands together, in the order given. */
export function byMonth<Item>(
  items: readonly Item[],
  sentAt: (item: Item) => EpochMs,
  titleOf: (at: EpochMs) => string,
): readonly Month<Item>[] {
  const months: { at: EpochMs; title: string; items: Item[] }[] = []
  for (const item of items) {
    const at = sentAt(item)
    const title = titleOf(at)
    const last = months.at(-1)
    if (last?.title === title) last.items.push(item)
    else months.push({ at, title, items: [item] })
  }
  return months
}
