import { nextTick, onMounted, onScopeDispose, shallowRef, watchPostEffect, type ShallowRef } from 'vue'
import type { RowHeightMemory, TimelineRow } from '../../composables'
import {
  firstBuffer,
  fullBuffer,
  isDrawnIn,
  rangeFor,
  roomPx,
  type RowRange,
  type Stretch,
} from './drawnRange'
import { createHeightBook, type HeightGuess } from './heightBook'
import { useScrolling } from './useScrolling'

/** What is to be on screen, and stays there whatever changes around it. */
export type Held =
  | 'start'
  /** The end, or so far above it. */
  | { readonly endPx: number }
  /**
   * A row that begins so far below the top, and where it becomes lower still reaches down to `reachPx`. Where `bottomPx` is
   * given it ends there instead.
   */
  | {
      readonly key: string
      readonly topPx: number | 'middle'
      readonly reachPx?: number
      readonly bottomPx?: number
    }

/** The end itself. */
export const theEnd: Held = { endPx: 0 }

/** What the list asks of whoever shows it. */
export interface VirtualRowsOptions extends HeightGuess {
  /** Reads the width and the type anew, and gives what is remembered of rows in them. */
  readonly memory: (scroller: HTMLElement) => RowHeightMemory
  /** The last row is the newest message: elsewhere there is no end to stay at. */
  readonly hasEnd: () => boolean
  /** The reader has moved, or rows have. */
  readonly onMoved: () => void
  /** Somebody scrolls. */
  readonly onScrolled: () => void
  /** The list has a height for the first time. */
  readonly onOpened: () => void
}

/** This near to the end counts as being there. */
const nearPx = 24
/** Heights that are read off change what is in the document, and the other way round: that ends soon. */
const mostTurns = 8

/**
 * Draws of many rows those that are seen. Whatever changes (rows, heights, the width), what the reader looks at stays where
 * it is, to the pixel and before anything is painted: every change first notes what is on screen, and at its end the list is
 * put so that it is there again.
 */
export function useVirtualRows(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  box: Readonly<ShallowRef<HTMLElement | null>>,
  options: VirtualRowsOptions,
) {
  const book = createHeightBook(options, { byKey: new Map() })
  const { heights } = book
  /** What is drawn. */
  const range = shallowRef<RowRange>([0, 0])
  const padPx = shallowRef(0)
  const boxPx = shallowRef(0)
  const isAtEnd = shallowRef(true)
  /** Where the list begins in the scroller, what stands below it, and how much is seen. */
  let frame = { originPx: 0, tailPx: 0, viewPx: 0, widthPx: 0 }
  /** While somebody scrolls the rows move instead of the scroller, which would stop it. */
  let driftPx = 0
  /** What is beside what is seen can wait until that is painted. */
  let buffer = firstBuffer
  /** Where the scroller was put or last seen, with the fractions that it does not keep. */
  let topPx = 0
  let held: Held | undefined
  let isHeldOnWish = false
  let changes = 0
  let isWorking = false
  let work = Promise.resolve()
  const scrolling = useScrolling(scroller, onScroll, () => {
    if (driftPx !== 0) update()
  })

  function liveTop(): number {
    const element = scroller.value
    if (!element) return 0
    const live = element.scrollTop
    if (Math.abs(live - topPx) < 1) return topPx
    // What has become lower pushes the scroller up, which is nobody's move.
    const isPushed = live < topPx && live >= element.scrollHeight - element.clientHeight - 1
    return isPushed ? topPx : live
  }

  const endTop = () => Math.max(frame.originPx + heights.total() + frame.tailPx - frame.viewPx, 0)
  /** How much there is below what is seen. */
  const belowPx = () => endTop() - liveTop() + driftPx
  const indexOf = (key: string) => book.rows().findIndex((row) => row.key === key)
  /** How far below the top of the list's own rows the reader looks, so many pixels below the top of what is seen. */
  const inList = (belowTopPx: number) => liveTop() + belowTopPx - frame.originPx - driftPx

  function topOf(it: Held): number {
    if (it === 'start') return 0
    if ('endPx' in it) return Math.max(endTop() - it.endPx, 0)
    const index = indexOf(it.key)
    if (index < 0) return liveTop() - driftPx
    const px = heights.at(index)
    const topPx = it.topPx === 'middle' ? (frame.viewPx - px) / 2 : it.topPx
    const wantedPx = it.bottomPx === undefined ? topPx : it.bottomPx - px
    const below = Math.max(wantedPx, (it.reachPx ?? -Infinity) - px)
    const top = Math.min(frame.originPx + heights.offsetOf(index) - below, endTop())
    // Above the very start there is nothing to scroll to: there the rows move instead.
    return isHeldOnWish || endTop() === 0 ? Math.max(top, 0) : top
  }

  /** The row that is so far below the top of what is seen, and where it begins. */
  function placeAt(belowTopPx: number): { readonly row: TimelineRow; readonly topPx: number } | undefined {
    return placeOf(heights.indexAt(inList(belowTopPx)))
  }

  function placeOf(index: number): { readonly row: TimelineRow; readonly topPx: number } | undefined {
    const row = book.rows()[index]
    return row && { row, topPx: heights.offsetOf(index) - inList(0) }
  }

  /**
   * The row to hold on to so far below the top of what is seen: where nothing is drawn there yet, its height is a guess, and
   * the nearest row whose height is known is the better hold. Far away from all that is drawn there is none such.
   */
  function holdAt(belowTopPx: number) {
    const index = heights.indexAt(inList(belowTopPx))
    const [from, to] = range.value
    const known = Math.max(from, Math.min(index, to - 1))
    const farPx = Math.abs(heights.offsetOf(known) - heights.offsetOf(index))
    return placeOf(known < to && farPx <= frame.viewPx ? known : index)
  }

  /** A reader may have moved up already while the event that tells it is still on its way. */
  function noteReader(): void {
    const top = liveTop()
    if (top < topPx - 1 && belowPx() > nearPx) isAtEnd.value = false
    if (!options.hasEnd()) isAtEnd.value = false
  }

  function onScreen(): Held {
    noteReader()
    const reachPx = frame.viewPx / 2
    const read = isAtEnd.value ? undefined : holdAt(reachPx)
    if (read) return { key: read.row.key, topPx: read.topPx, ...(read.topPx < 0 && { reachPx }) }
    const endPx = belowPx()
    return { endPx: endPx > 0 && endPx <= nearPx ? endPx : 0 }
  }

  function hold(): void {
    held ??= onScreen()
  }

  /** Rows that go take the held one with them: then it is the next one below that stays, or the last one above. */
  function holdAnother(after: readonly TimelineRow[]): void {
    if (!held || held === 'start' || 'endPx' in held) return
    const { key: heldKey } = held
    if (after.some(({ key }) => key === heldKey)) return
    const staying = new Set(after.map(({ key }) => key))
    const before = book.rows()
    const gone = indexOf(heldKey)
    let index = before.findIndex(({ key }, at) => at > gone && staying.has(key))
    if (index < 0) index = before.findLastIndex(({ key }) => staying.has(key))
    const row = before[index]
    if (!row) held = isAtEnd.value ? theEnd : undefined
    else held = { key: row.key, topPx: heights.offsetOf(index) - inList(0) }
  }

  /** What stands above a message within its row (a day, a name) goes with the rows before it: the message itself stays. */
  function holdBelowHead(after: readonly TimelineRow[]): void {
    if (!held || held === 'start' || 'endPx' in held) return
    if (held.topPx === 'middle' || held.bottomPx !== undefined) return
    const { key: heldKey, topPx: heldPx } = held
    const index = indexOf(heldKey)
    const [before, next] = [book.rows()[index], after.find(({ key }) => key === heldKey)]
    if (before && next && !hasSameHead(before, next)) held = { ...held, bottomPx: heldPx + heights.at(index) }
  }

  /** What of the list is seen from there. */
  function stretchAt(top: number): Stretch {
    const startPx = top - frame.originPx
    return { startPx, endPx: startPx + frame.viewPx }
  }

  const isDrawn = (top: number) => isDrawnIn(range.value, stretchAt(top), heights, buffer)

  function draw(top: number): void {
    if (frame.viewPx === 0) return
    if (!isDrawn(top)) range.value = rangeFor(stretchAt(top), heights, buffer)
    padPx.value = heights.offsetOf(range.value[0]) + driftPx
    boxPx.value = heights.total() + driftPx
  }

  /** Where the scroller must not be moved, the rows are, as long as no end is near. */
  function mayDrift(): boolean {
    if (!scrolling.isMoving() || isHeldOnWish || !held || held === 'start' || 'endPx' in held) return false
    const top = liveTop()
    const room = frame.viewPx / 2 + roomPx
    return top > frame.originPx + room && top < endTop() - room
  }

  function update(): void {
    hold()
    changes++
    if (!isWorking) work = run()
  }

  /** Draws what is to be seen until its heights, once read off, change nothing more; then puts it where it belongs. */
  async function run(): Promise<void> {
    isWorking = true
    try {
      let done = -1
      for (let turn = 0; turn < mostTurns && done !== changes; turn++) {
        done = changes
        drawHeld()
        await nextTick()
        readFrame()
        if (measure() || !isDrawn(heldTop())) changes++
      }
      // From here to the end nothing else has a turn, so no change is missed.
      if (done !== changes) requestAnimationFrame(update)
      put(heldTop())
    } finally {
      held = undefined
      isHeldOnWish = false
      isWorking = false
      options.onMoved()
    }
  }

  const heldTop = () => (held ? topOf(held) : liveTop() - driftPx)

  function drawHeld(): void {
    readFrame()
    const top = heldTop()
    driftPx = mayDrift() || top < 0 ? liveTop() - top : 0
    draw(top)
  }

  function put(top: number): void {
    const element = scroller.value
    if (!element || frame.viewPx === 0) return
    if (driftPx === 0) {
      if (Math.abs(element.scrollTop - top) >= 0.5) element.scrollTop = top
      topPx = Math.abs(element.scrollTop - top) < 1 ? top : element.scrollTop
    }
    if (isHeldOnWish) isAtEnd.value = options.hasEnd() && belowPx() <= nearPx
  }

  function readFrame(): void {
    const [element, list] = [scroller.value, box.value]
    if (!element || !list || element.clientHeight === 0) return
    const wasOpen = frame.viewPx > 0
    const scale = scaleOf(element)
    const [outer, inner] = [element.getBoundingClientRect(), list.getBoundingClientRect()]
    const originPx = (inner.top - outer.top) / scale - element.clientTop + element.scrollTop
    const spareTop = element.scrollHeight - originPx - inner.height / scale
    const width = element.clientWidth
    frame = { originPx, tailPx: spareTop, viewPx: element.clientHeight, widthPx: frame.widthPx }
    if (width !== frame.widthPx) {
      frame.widthPx = width
      const memory = options.memory(element)
      book.setMemory(memory)
      void memory.recalled?.then(() => {
        hold()
        book.recall()
        update()
      })
    }
    if (wasOpen) return
    options.onOpened()
    afterPaint(() => {
      buffer = fullBuffer
      update()
    })
  }

  const observer = new ResizeObserver((entries) => {
    if (!scroller.value || scroller.value.clientHeight === 0) return
    const isOther = entries.some(({ target, borderBoxSize: [size] }) => {
      if (target === scroller.value)
        return target.clientHeight !== frame.viewPx || target.clientWidth !== frame.widthPx
      const index = target.isConnected ? indexOfDrawn(target) : -1
      return index >= 0 && size !== undefined && Math.abs(size.blockSize - heights.at(index)) >= 0.01
    })
    if (isOther) update()
  })
  const observed = new Set<Element>()

  /** The row of an element; most likely it is `likely`. */
  function indexOfDrawn(element: Element, likely = -1): number {
    const key = element.getAttribute('data-row-key')
    const [from, to] = range.value
    const rows = book.rows()
    if (rows[likely]?.key === key && likely >= from && likely < to) return likely
    for (let index = from; index < to; index++) if (rows[index]?.key === key) return index
    return -1
  }

  /** Reads the heights of what is drawn; true where one is another than was thought. */
  function measure(): boolean {
    const [element, list] = [scroller.value, box.value]
    if (!element || !list || element.clientHeight === 0) return false
    const scale = scaleOf(element)
    let isOther = false
    let next = range.value[0]
    forgetGone()
    for (const item of list.children) {
      if (!observed.has(item)) watchHeight(item)
      const index = indexOfDrawn(item, next)
      if (index < 0) continue
      next = index + 1
      if (book.measured(index, item.getBoundingClientRect().height / scale)) isOther = true
    }
    return isOther
  }

  /** From the next frame on: a first look within the very turn that tells of other rows would be one too many. */
  function watchHeight(item: Element): void {
    observed.add(item)
    requestAnimationFrame(() => observed.has(item) && observer.observe(item))
  }

  /** What is gone has no height any more, and that is no news. */
  function forgetGone(): void {
    for (const item of observed) {
      if (item.isConnected) continue
      observed.delete(item)
      observer.unobserve(item)
    }
  }

  function onScroll(): boolean {
    const top = liveTop()
    noteReader()
    if (options.hasEnd() && belowPx() <= nearPx) isAtEnd.value = true
    const isOther = top !== topPx
    topPx = top
    // Where the list itself was the one who moved it, that has been told.
    if (!isOther) return false
    if (!isDrawn(top - driftPx)) update()
    else options.onMoved()
    options.onScrolled()
    return true
  }

  // Not in the template: heights that are read off change these alone, and no row.
  watchPostEffect(() => {
    const { style } = box.value ?? {}
    if (!style) return
    style.blockSize = `${boxPx.value}px`
    style.paddingBlockStart = `${padPx.value}px`
  })

  onMounted(() => {
    if (scroller.value) observer.observe(scroller.value)
    update()
  })
  onScopeDispose(() => observer.disconnect())

  return {
    range,
    padPx,
    isAtEnd,
    heights,
    indexOf,
    placeAt,
    /** The part of the list that is seen, from the start of its first row. */
    seen: () => ({ startPx: inList(0), endPx: inList(frame.viewPx), viewPx: frame.viewPx }),
    /** How much there is above and below what is seen. */
    aroundPx: () => ({ above: liveTop() - driftPx, below: belowPx() }),
    /** Puts other rows in the place of those that are there. */
    setRows(rows: readonly TimelineRow[]): void {
      hold()
      holdAnother(rows)
      holdBelowHead(rows)
      book.setRows(rows)
      update()
    },
    /** Shows something, at once; resolves once it stands there. */
    async show(it: Held): Promise<void> {
      held = it
      isHeldOnWish = true
      isAtEnd.value = it === theEnd && options.hasEnd()
      update()
      await work
    },
  }
}

/** Nobody sees anything of it in a page in the background, where it waits. */
function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work))
}

function hasSameHead(one: TimelineRow, other: TimelineRow): boolean {
  return (
    one.isRunStart === other.isRunStart &&
    one.dayStartsAt === other.dayStartsAt &&
    one.isFirstUnread === other.isFirstUnread &&
    one.gapAbove === other.gapAbove
  )
}

/** An app may show the list through a transform, which the lengths of a layout know nothing of. */
function scaleOf(element: HTMLElement): number {
  const scale = element.getBoundingClientRect().height / element.offsetHeight
  return scale > 0 && Math.abs(scale - 1) > 0.001 ? scale : 1
}
