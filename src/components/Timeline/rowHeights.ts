/** How high the rows of a list are, one after the other, and where each of them begins. */
export interface RowHeights {
  readonly length: number
  /** All of them together. */
  total(): number
  at(index: number): number
  set(index: number, px: number): void
  /** How far below the start of the first row a row begins. */
  offsetOf(index: number): number
  /** The row that lies so far below the start; the first or the last one where none does. */
  indexAt(px: number): number
  /** Puts other rows in the place of some. */
  splice(from: number, removedCount: number, added: readonly number[]): void
}

/** Begins with no rows. Sums are made up to where somebody asks, and again only below what has changed. */
export function createRowHeights(): RowHeights {
  const heights: number[] = []
  const offsets: number[] = [0]
  let summedTo = 0

  function offsetOf(index: number): number {
    for (; summedTo < index; summedTo++) {
      offsets[summedTo + 1] = (offsets[summedTo] ?? 0) + (heights[summedTo] ?? 0)
    }
    return offsets[index] ?? 0
  }

  return {
    get length() {
      return heights.length
    },
    total: () => offsetOf(heights.length),
    at: (index) => heights[index] ?? 0,
    set(index, px) {
      heights[index] = px
      summedTo = Math.min(summedTo, index)
    },
    offsetOf,
    indexAt(px) {
      let low = 0
      let high = Math.max(heights.length - 1, 0)
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (offsetOf(middle) <= px) low = middle
        else high = middle - 1
      }
      return low
    },
    splice(from, removedCount, added) {
      const below = heights.splice(from)
      // One by one: a call takes only so many arguments.
      for (const px of added) heights.push(px)
      for (let index = removedCount; index < below.length; index++) heights.push(below[index] ?? 0)
      offsets.length = Math.min(offsets.length, heights.length + 1)
      summedTo = Math.min(summedTo, from)
    },
  }
}
