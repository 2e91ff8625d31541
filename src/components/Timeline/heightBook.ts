import type { RowHeightMemory, TimelineRow } from '../../composables'
import { createRowHeights, type RowHeights } from './rowHeights'

/** What is thought of rows that are not drawn. */
export interface HeightGuess {
  /** About as high as it will be. */
  readonly predict: (row: TimelineRow) => number
  /** Rows of one name look alike. */
  readonly shapeOf: (row: TimelineRow) => string
}

/** The rows of a list and their heights: as they were measured, as they are remembered, or as they are predicted. */
export interface HeightBook {
  readonly heights: RowHeights
  rows(): readonly TimelineRow[]
  setRows(rows: readonly TimelineRow[]): void
  /** The list has another width, or another type. */
  setMemory(memory: RowHeightMemory): void
  /** The memory knows more than before. */
  recall(): void
  /** A row is so high; false where that was known. */
  measured(index: number, px: number): boolean
}

/** Fewer differences than this may be chance. */
const leastSamples = 3
const mostSamples = 9

/** Begins with no rows. */
export function createHeightBook(guess: HeightGuess, first: RowHeightMemory): HeightBook {
  const heights = createRowHeights()
  let memory = first.byKey
  let rows: readonly TimelineRow[] = []
  /** By how much rows of a shape turned out higher than predicted, of late: an app may style them otherwise. */
  let surprises = new Map<string, number[]>()
  let taught = new Set<string>()

  function guessed(row: TimelineRow): number {
    const known = memory.get(row.key)
    if (known !== undefined) return known
    const samples = surprises.get(guess.shapeOf(row)) ?? []
    return guess.predict(row) + (samples.length < leastSamples ? 0 : middle(samples))
  }

  function learn(row: TimelineRow, px: number): void {
    if (taught.has(row.key)) return
    taught.add(row.key)
    const shape = guess.shapeOf(row)
    const samples = [...(surprises.get(shape) ?? []), px - guess.predict(row)]
    surprises.set(shape, samples.slice(-mostSamples))
  }

  /** What was measured of a row holds on by the measure in which nothing that counts has changed. */
  function changed(before: TimelineRow, after: TimelineRow, px: number): number {
    const more = guess.predict(after) - guess.predict(before)
    if (more !== 0) memory.delete(after.key)
    return Math.max(px + more, 1)
  }

  return {
    heights,
    rows: () => rows,
    setRows(after) {
      const before = rows
      const most = Math.min(before.length, after.length)
      let above = 0
      while (above < most && before[above] === after[above]) above++
      let below = 0
      while (below < most - above && before.at(-1 - below) === after.at(-1 - below)) below++
      const goneTo = before.length - below
      const old = new Map<string, number>()
      for (let index = above; index < goneTo; index++) old.set(before[index]?.key ?? '', index)
      const added = after.slice(above, after.length - below).map((row) => {
        const index = old.get(row.key)
        const was = index === undefined ? undefined : before[index]
        return was && index !== undefined ? changed(was, row, heights.at(index)) : guessed(row)
      })
      heights.splice(above, goneTo - above, added)
      rows = after
    },
    setMemory(other) {
      memory = other.byKey
      surprises = new Map()
      taught = new Set()
      heights.splice(0, heights.length, rows.map(guessed))
    },
    recall() {
      for (const [index, { key }] of rows.entries()) {
        const px = memory.get(key)
        if (px !== undefined && !taught.has(key)) heights.set(index, px)
      }
    },
    measured(index, px) {
      const row = rows[index]
      if (!row) return false
      memory.set(row.key, px)
      learn(row, px)
      if (Math.abs(heights.at(index) - px) < 0.01) return false
      heights.set(index, px)
      return true
    },
  }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
