import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** This near to the end counts as being there. */
const nearPx = 24

/**
 * Keeps a scroller at its end while it stands there: when rows arrive, when they turn out higher than thought, and when
 * the box itself changes its height. Scrolling up lets go, coming back to the end takes hold again.
 */
export function useBottomAnchor(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  onMoved: () => void,
  /** The last row is the newest message: elsewhere there is no end to stay at. */
  hasEnd: () => boolean = () => true,
): {
  /** The end is on screen, or about to be. */
  readonly isAtEnd: ShallowRef<boolean>
  /** Goes to the end and stays there. */
  readonly toEnd: () => void
  /** Stays where it is when rows come. */
  readonly letGo: () => void
  /** Call it before rows change: a reader who has moved up meanwhile is not held. */
  readonly noteReader: () => void
  /** Call it once rows have changed: what the list moved by itself, because rows above are gone, is no reader's move. */
  readonly noteList: () => void
  /** Call it on every scroll event. */
  readonly onScroll: () => void
  /** Call it when the rows have changed their height. */
  readonly onResize: () => void
} {
  const isAtEnd = shallowRef(true)
  let lastTop = 0
  let hasListMoved = false

  function distance(element: HTMLElement): number {
    return element.scrollHeight - element.scrollTop - element.clientHeight
  }

  /** Only a move upwards lets go: rows that grow also put distance between the view and the end. */
  function hasMovedUp(element: HTMLElement): boolean {
    return distance(element) > nearPx && element.scrollTop < lastTop - 1
  }

  /** A reader may have moved up already while the event that tells it is still on its way. */
  function noteReader(): void {
    if (scroller.value && hasMovedUp(scroller.value)) isAtEnd.value = false
  }

  function hold(): void {
    const element = scroller.value
    if (!element) return
    noteReader()
    if (!hasEnd()) isAtEnd.value = false
    if (isAtEnd.value && distance(element) > 0.5) {
      element.scrollTop = element.scrollHeight
      // Moved there and back within one frame, the virtual list would believe that nothing has moved and draw no new rows.
      if (hasListMoved) {
        element.scrollTop -= 1
        requestAnimationFrame(hold)
      }
    }
    hasListMoved = false
    lastTop = element.scrollTop
  }

  function onScroll(): void {
    const element = scroller.value
    if (!element) return
    if (distance(element) <= nearPx) isAtEnd.value = hasEnd()
    else if (hasMovedUp(element)) isAtEnd.value = false
    lastTop = element.scrollTop
    onMoved()
  }

  function onResize(): void {
    hold()
    onMoved()
  }
  let observer: ResizeObserver | undefined
  onMounted(() => {
    if (!scroller.value) return
    observer = new ResizeObserver(onResize)
    // Only the box: what is inside is measured by the virtual list, and a second observer of it would run in circles.
    observer.observe(scroller.value)
  })
  onScopeDispose(() => observer?.disconnect())

  return {
    isAtEnd,
    toEnd() {
      isAtEnd.value = true
      // From wherever it is: this move is wanted.
      lastTop = 0
      hold()
    },
    letGo: () => (isAtEnd.value = false),
    noteReader,
    noteList() {
      const top = scroller.value?.scrollTop ?? lastTop
      if (top >= lastTop) return
      lastTop = top
      hasListMoved = true
    },
    onScroll,
    onResize,
  }
}
