import type { RowHeights } from './rowHeights'

/** The rows from the first of these numbers up to the second. */
export type RowRange = readonly [from: number, to: number]

/** A part of a list, from the start of its first row. */
export interface Stretch {
  readonly startPx: number
  readonly endPx: number
}

/** Rows this near to what is seen are in the document. */
const bufferPx = 250
/** Where rows nearer than the first are missing, or ones further than the second are there, the range is drawn anew. */
const leastBufferPx = 100
const mostBufferPx = 350

/** So much room is needed at either side for rows to be moved within the list. */
export const roomPx = bufferPx + leastBufferPx

/** Whether what is seen, and a little more, is drawn; not far too much of it. */
export function isDrawnIn([from, to]: RowRange, { startPx, endPx }: Stretch, heights: RowHeights): boolean {
  if (to > heights.length) return false
  const hasAbove = from === 0 || startPx - heights.offsetOf(from) >= leastBufferPx
  const hasBelow = to === heights.length || heights.offsetOf(to) - endPx >= leastBufferPx
  const isTooMuch =
    startPx - heights.offsetOf(from + 1) > mostBufferPx || heights.offsetOf(to - 1) - endPx > mostBufferPx
  return hasAbove && hasBelow && !isTooMuch
}

/** The rows to draw for what is seen. */
export function rangeFor({ startPx, endPx }: Stretch, heights: RowHeights): RowRange {
  return [
    heights.indexAt(Math.max(startPx - bufferPx, 0)),
    Math.min(heights.indexAt(endPx + bufferPx) + 1, heights.length),
  ]
}
