import type { RowHeights } from './rowHeights'

/** The rows from the first of these numbers up to the second. */
export type RowRange = readonly [from: number, to: number]

/** A part of a list, from the start of its first row. */
export interface Stretch {
  readonly startPx: number
  readonly endPx: number
}

/** How much beside what is seen is in the document. */
export interface Buffer {
  /** Rows this near are drawn. */
  readonly px: number
  /** Where rows nearer than this are missing, the range is drawn anew. */
  readonly leastPx: number
}

/** Once it is seen: enough for somebody who scrolls. */
export const fullBuffer: Buffer = { px: 250, leastPx: 100 }
/** Until it is seen for the first time: enough for what was predicted a little too high. */
export const firstBuffer: Buffer = { px: 60, leastPx: 0 }

/** Where rows further than this are there, the range is drawn anew. */
const mostBufferPx = 350

/** So much room is needed at either side for rows to be moved within the list. */
export const roomPx = fullBuffer.px + fullBuffer.leastPx

/** Whether what is seen, and a little more, is drawn; not far too much of it. */
export function isDrawnIn(
  [from, to]: RowRange,
  { startPx, endPx }: Stretch,
  heights: RowHeights,
  { leastPx }: Buffer,
): boolean {
  if (to > heights.length) return false
  const hasAbove = from === 0 || startPx - heights.offsetOf(from) >= leastPx
  const hasBelow = to === heights.length || heights.offsetOf(to) - endPx >= leastPx
  const isTooMuch =
    startPx - heights.offsetOf(from + 1) > mostBufferPx || heights.offsetOf(to - 1) - endPx > mostBufferPx
  return hasAbove && hasBelow && !isTooMuch
}

/** The rows to draw for what is seen. */
export function rangeFor({ startPx, endPx }: Stretch, heights: RowHeights, { px }: Buffer): RowRange {
  return [
    heights.indexAt(Math.max(startPx - px, 0)),
    Math.min(heights.indexAt(endPx + px) + 1, heights.length),
  ]
}
