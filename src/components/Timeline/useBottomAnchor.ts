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
): {
  readonly isAtEnd: ShallowRef<boolean>
  readonly toEnd: () => void
  readonly letGo: () => void
  readonly onScroll: () => void
} {
  const isAtEnd = shallowRef(true)
  let lastTop = 0

  function distance(element: HTMLElement): number {
    return element.scrollHeight - element.scrollTop - element.clientHeight
  }

  function hold(): void {
    const element = scroller.value
    if (!element) return
    if (isAtEnd.value && distance(element) > 0.5) element.scrollTop = element.scrollHeight
    lastTop = element.scrollTop
  }

  function onScroll(): void {
    const element = scroller.value
    if (!element) return
    // Only a move upwards lets go: rows that grow also put distance between the view and the end.
    if (distance(element) <= nearPx) isAtEnd.value = true
    else if (element.scrollTop < lastTop - 1) isAtEnd.value = false
    lastTop = element.scrollTop
    onMoved()
  }

  const observer = new ResizeObserver(() => {
    hold()
    onMoved()
  })
  onMounted(() => {
    if (!scroller.value) return
    observer.observe(scroller.value)
    for (const child of scroller.value.children) observer.observe(child)
  })
  onScopeDispose(() => observer.disconnect())

  return {
    isAtEnd,
    toEnd() {
      isAtEnd.value = true
      hold()
    },
    letGo: () => (isAtEnd.value = false),
    onScroll,
  }
}
