import { useEventListener } from '@vueuse/core'
import { shallowRef, type ShallowRef } from 'vue'

/** Less than this is a browser's bar, not a keyboard. */
const leastKeyboard = 80

/**
 * How many pixels an on-screen keyboard covers at the bottom of the window. One browser family keeps the layout as high
 * as before and knows no `interactive-widget`, so the kit makes the room itself.
 */
export function useKeyboardInset(): Readonly<ShallowRef<number>> {
  const inset = shallowRef(0)
  const viewport = typeof window === 'undefined' ? null : window.visualViewport
  function measure(): void {
    // Zooming with two fingers shrinks the visual viewport too, and is no keyboard.
    if (!viewport || viewport.scale > 1.01) return
    const covered = window.innerHeight - viewport.height - viewport.offsetTop
    inset.value = covered > leastKeyboard ? Math.round(covered) : 0
  }
  useEventListener(viewport, ['resize', 'scroll'], measure)
  return inset
}
