import type { VirtualizerHandle } from 'virtua/vue'
import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { TimelineRow } from '../../composables'
import { useBottomAnchor } from './useBottomAnchor'

/** What a timeline tells about the place its reader is at. */
export interface PlaceSigns {
  /** The rows that the virtual list holds now. */
  readonly rows: () => readonly TimelineRow[]
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

/**
 * Where the reader of a timeline is: where it opens, whether it stands at the end, what was really seen, and when older
 * rows are wanted. `head` is what stands above the rows.
 */
export function useTimelinePlace(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  head: Readonly<ShallowRef<HTMLElement | null>>,
  virtualizer: Readonly<ShallowRef<VirtualizerHandle | null>>,
  { rows, hasOlder, onNearStart, hasEnd, hasNewer, onNearEnd, onNearGap, onSeen }: PlaceSigns,
) {
  const headHeight = shallowRef(0)
  /** The list is invisible until it stands where it should open. */
  const isPlaced = shallowRef(false)
  const anchor = useBottomAnchor(scroller, look, hasEnd)

  /** Opens at the end, or at the first unread message where that is further up than a screen. */
  async function place(): Promise<void> {
    const element = scroller.value
    if (!element) return
    anchor.toEnd()
    await heightSettles(element)
    const unread = rows().findIndex(({ isFirstUnread }) => isFirstUnread)
    const top = unread < 0 ? undefined : virtualizer.value?.getItemOffset(unread)
    if (top !== undefined && element.scrollHeight - headHeight.value - top > element.clientHeight) {
      anchor.letGo()
      virtualizer.value?.scrollToIndex(unread, { align: 'start' })
      await heightSettles(element)
    } else {
      anchor.toEnd()
    }
    isPlaced.value = true
    look()
  }

  let frame: number | undefined
  /** Looks, once a frame, at what the reader sees now. */
  function look(): void {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      headHeight.value = head.value?.offsetHeight ?? 0
      const element = scroller.value
      if (!isPlaced.value || !element || element.clientHeight === 0) return
      if (hasOlder() && element.scrollTop < element.clientHeight * screensAhead) onNearStart()
      const below = element.scrollHeight - element.scrollTop - element.clientHeight
      if (hasNewer() && below < element.clientHeight * screensAhead) onNearEnd()
      tellGaps(element)
      tellSeen(element)
    })
  }

  /** What is missing is asked for a little before the reader gets there. */
  function tellGaps(element: HTMLElement): void {
    const handle = virtualizer.value
    if (!handle || !rows().some(({ gapAbove }) => gapAbove === 'more')) return
    const ahead = element.clientHeight / 2
    const from = handle.findItemIndex(Math.max(element.scrollTop - ahead, 0))
    const to = handle.findItemIndex(element.scrollTop + element.clientHeight + ahead)
    const row = rows()
      .slice(from, to + 1)
      .findLast(({ gapAbove }) => gapAbove === 'more')
    if (row) onNearGap(row)
  }

  /** The row that stands this far below the top of what is seen, and where it begins (above the top where negative). */
  function placeAt(belowTopPx: number): ReadPlace | undefined {
    const [element, handle] = [scroller.value, virtualizer.value]
    if (!element || !handle) return undefined
    const index = handle.findItemIndex(Math.max(element.scrollTop, 0) + belowTopPx)
    const row = rows()[index]
    return row && { row, topPx: headHeight.value + handle.getItemOffset(index) - element.scrollTop }
  }

  const readPlace = () => placeAt(0)
  /** It stays where it is, whatever comes or goes around it. */
  const middlePlace = () => placeAt((scroller.value?.clientHeight ?? 0) / 2)

  /** Puts a row back to where it was, in the same breath. */
  function keep({ row, topPx }: ReadPlace): void {
    const [element, handle] = [scroller.value, virtualizer.value]
    const index = rows().findIndex(({ key }) => key === row.key)
    if (!element || !handle || index < 0) return
    const top = headHeight.value + handle.getItemOffset(index) - topPx
    if (Math.abs(element.scrollTop - top) > 1) element.scrollTop = top
  }

  /** Shows a row so far below the top, or in the middle. */
  async function show(key: string, topPx?: number): Promise<void> {
    const element = scroller.value
    const align =
      topPx === undefined ? { align: 'center' as const } : { align: 'start' as const, offset: -topPx }
    anchor.letGo()
    for (let turn = 0; turn < 2; turn++) {
      const index = rows().findIndex((row) => row.key === key)
      if (!element || index < 0) return
      virtualizer.value?.scrollToIndex(index, align)
      await heightSettles(element)
    }
    isPlaced.value = true
    look()
  }

  function tellSeen(element: HTMLElement): void {
    const handle = virtualizer.value
    if (!handle || rows().length === 0 || document.visibilityState !== 'visible') return
    const row = rows()[anchor.isAtEnd.value ? rows().length - 1 : lastWholeIndex(element, handle)]
    if (row) onSeen(row)
  }

  /** The last row whose end is on screen. */
  function lastWholeIndex(element: HTMLElement, handle: VirtualizerHandle): number {
    const bottom = element.scrollTop + element.clientHeight
    const index = handle.findItemIndex(bottom)
    const end = headHeight.value + handle.getItemOffset(index) + handle.getItemSize(index)
    return end <= bottom + 4 ? index : index - 1
  }

  onMounted(() => {
    headHeight.value = head.value?.offsetHeight ?? 0
    if (rows().length > 0) void place()
    document.addEventListener('visibilitychange', look)
  })
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', look)
    if (frame !== undefined) cancelAnimationFrame(frame)
  })

  return { ...anchor, headHeight, isPlaced, place, readPlace, middlePlace, keep, show }
}

/** Waits until two frames in a row find the same height, at the most a few frames. */
async function heightSettles(element: HTMLElement): Promise<void> {
  let height = -1
  for (let frames = 0; frames < 8; frames++) {
    await new Promise(requestAnimationFrame)
    if (element.scrollHeight === height && frames > 2) return
    height = element.scrollHeight
  }
}
