import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { RowHeightMemory, TimelineRow } from '../../composables'
import type { HeightGuess } from './heightBook'
import { theEnd, useVirtualRows } from './useVirtualRows'

/** What a timeline tells about the place its reader is at. */
export interface PlaceSigns extends HeightGuess {
  /** Reads the width and the type anew, and gives what is remembered of rows in them. */
  readonly memory: (scroller: HTMLElement) => RowHeightMemory
  readonly rows: () => readonly TimelineRow[]
  /** Where the reader stood when he left, to begin there again. */
  readonly opensAt: () => { readonly key: string; readonly topPx: number } | undefined
  /** Somebody scrolls. */
  readonly onScrolled: () => void
  /** More history may be asked for. */
  readonly hasOlder: () => boolean
  /** The reader comes near the oldest row. */
  readonly onNearStart: () => void
  /** The last row is the newest message. */
  readonly hasEnd: () => boolean
  /** More may be asked for below. */
  readonly hasNewer: () => boolean
  /** The reader comes near the last row, which is not the newest message. */
  readonly onNearEnd: () => void
  /** What is missing above this row comes near the reader. */
  readonly onNearGap: (row: TimelineRow) => void
  /** This row and those above it were really seen. */
  readonly onSeen: (row: TimelineRow) => void
}

/** Where somebody reads. */
export interface ReadPlace {
  readonly row: TimelineRow
  /** How far below the top of what is seen the row begins; negative where it begins above. */
  readonly topPx: number
}

/** Older pages are asked for when the reader is this near to the start, in screens. */
const screensAhead = 1
/** A row whose last pixels are missing was seen all the same. */
const nearlyPx = 4

/** Where the reader of a timeline is: where it opens, what was really seen, and when other rows are wanted. */
export function useTimelinePlace(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  box: Readonly<ShallowRef<HTMLElement | null>>,
  signs: PlaceSigns,
) {
  /** The list is invisible until it stands where it should open. */
  const isPlaced = shallowRef(false)
  const virtual = useVirtualRows(scroller, box, { ...signs, onMoved: look, onOpened: () => void open() })

  /** Opens where the reader has left, at the end, or at the first unread message where that is further up than a screen. */
  async function open(): Promise<void> {
    if (isPlaced.value) return
    const left = signs.opensAt()
    if (left && virtual.indexOf(left.key) >= 0) return show(left.key, left.topPx)
    const unread = signs.rows().find(({ isFirstUnread }) => isFirstUnread)
    const { heights } = virtual
    const top = unread && heights.offsetOf(virtual.indexOf(unread.key))
    const isFurther = top !== undefined && heights.total() - top > virtual.seen().viewPx
    await virtual.show(isFurther && unread ? { key: unread.key, topPx: 0 } : theEnd)
    isPlaced.value = true
    tellSeen()
    look()
  }

  let frame: number | undefined
  /** Looks, once a frame, at what the reader sees now. */
  function look(): void {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      const { viewPx } = virtual.seen()
      if (!isPlaced.value || viewPx === 0) return
      const { above, below } = virtual.aroundPx()
      if (signs.hasOlder() && above < viewPx * screensAhead) signs.onNearStart()
      if (signs.hasNewer() && below < viewPx * screensAhead) signs.onNearEnd()
      tellGaps()
      tellSeen()
    })
  }

  /** What is missing is asked for a little before the reader gets there. */
  function tellGaps(): void {
    const rows = signs.rows()
    const { startPx, endPx, viewPx } = virtual.seen()
    const from = virtual.heights.indexAt(Math.max(startPx - viewPx / 2, 0))
    const to = virtual.heights.indexAt(endPx + viewPx / 2)
    const row = rows.slice(from, to + 1).findLast(({ gapAbove }) => gapAbove === 'more')
    if (row) signs.onNearGap(row)
  }

  function tellSeen(): void {
    const rows = signs.rows()
    if (document.visibilityState !== 'visible') return
    const row = rows[virtual.isAtEnd.value ? rows.length - 1 : lastWholeIndex()]
    if (row) signs.onSeen(row)
  }

  /** The last row whose end is on screen. */
  function lastWholeIndex(): number {
    const { heights } = virtual
    const { endPx } = virtual.seen()
    const index = heights.indexAt(endPx)
    return heights.offsetOf(index + 1) <= endPx + nearlyPx ? index : index - 1
  }

  /** Shows a row so far below the top, or in the middle. */
  async function show(key: string, topPx?: number): Promise<void> {
    await virtual.show({ key, topPx: topPx ?? 'middle' })
    isPlaced.value = true
    look()
  }

  onMounted(() => document.addEventListener('visibilitychange', look))
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', look)
    if (frame !== undefined) cancelAnimationFrame(frame)
  })

  return {
    virtual,
    isPlaced,
    isAtEnd: virtual.isAtEnd,
    toEnd: () => void virtual.show(theEnd),
    readPlace: () => virtual.placeAt(0),
    show,
  }
}
