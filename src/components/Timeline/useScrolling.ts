import { onMounted, onScopeDispose, type ShallowRef } from 'vue'

/** So long after its last move a scroller stands still, where nothing tells it. */
const restMs = 150

/**
 * Hears a scroller move, and when it has come to rest: no finger on it, and nothing moving. `onScroll` says whether it was
 * somebody else than the list itself who moved it.
 */
export function useScrolling(
  scroller: Readonly<ShallowRef<HTMLElement | null>>,
  onScroll: () => boolean,
  onRest: () => void,
): { readonly isMoving: () => boolean } {
  let isMoving = false
  let isTouched = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function move(): void {
    if (!onScroll()) return
    isMoving = true
    wait()
  }

  function wait(): void {
    clearTimeout(timer)
    timer = setTimeout(rest, restMs)
  }

  function rest(): void {
    if (isTouched) return
    clearTimeout(timer)
    isMoving = false
    onRest()
  }

  function touch(): void {
    isTouched = true
  }

  function release(): void {
    isTouched = false
    wait()
  }

  const listeners = [
    ['scroll', move],
    ['scrollend', rest],
    ['touchstart', touch],
    ['touchend', release],
    ['touchcancel', release],
  ] as const
  onMounted(() => {
    for (const [name, listener] of listeners)
      scroller.value?.addEventListener(name, listener, { passive: true })
  })
  onScopeDispose(() => clearTimeout(timer))

  return { isMoving: () => isMoving }
}
