import { onLongPress } from '@vueuse/core'
import { computed } from 'vue'

const longPressMs = 450

/** Hears that a finger rests on a message, and on the row of which key: one listener for all, for there are many messages. */
export function useHeldMessage(
  timeline: () => HTMLElement | undefined,
  onHeld: (key: string, place: { readonly x: number; readonly y: number }) => void,
): void {
  onLongPress(
    computed(timeline),
    ({ pointerType, target, clientX: x, clientY: y }) => {
      if (pointerType !== 'touch' || !(target instanceof Element)) return
      const item = target.closest('article')?.closest<HTMLElement>('[data-row-key]')
      const key = item?.dataset['rowKey']
      if (key !== undefined) onHeld(key, { x, y })
    },
    { delay: longPressMs },
  )
}
