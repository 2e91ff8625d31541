import type { Priority } from '../../model'

/** Something that has a place in the order of what is dropped. */
export interface Ranked {
  /** Normal when absent. */
  readonly priority?: Priority
}
/** What is dropped; of high priority nothing ever is. */
export type DroppedCounts = Readonly<Record<Exclude<Priority, 'high'>, number>>

/** Nothing has been dropped. */
export const NONE_DROPPED: DroppedCounts = { normal: 0, low: 0, lowest: 0 }

/** From what stays longest to what is dropped first. */
const ORDER: readonly Exclude<Priority, 'high'>[] = ['normal', 'low', 'lowest']

/**
 * Of a burst as much as there is room for: all of high priority, whatever room there is, then the others by their priority,
 * the newest of each first. What is taken keeps its order.
 */
export function chooseByPriority<T extends Ranked>(
  items: readonly T[],
  room: number,
): { readonly taken: readonly T[]; readonly dropped: DroppedCounts } {
  if (items.length <= room) return { taken: items, dropped: NONE_DROPPED }
  const isTaken = items.map(({ priority }) => priority === 'high')
  let left = Math.max(0, room - isTaken.filter(Boolean).length)
  const dropped = { ...NONE_DROPPED }
  for (const priority of ORDER) {
    for (let i = items.length - 1; i >= 0; i--) {
      if ((items[i]?.priority ?? 'normal') !== priority) continue
      if (left > 0) {
        isTaken[i] = true
        left--
      } else dropped[priority]++
    }
  }
  return { taken: items.filter((_, i) => isTaken[i]), dropped }
}

/** Both counts together. */
export function addDropped(a: DroppedCounts, b: DroppedCounts): DroppedCounts {
  return { normal: a.normal + b.normal, low: a.low + b.low, lowest: a.lowest + b.lowest }
}
