import { onLongPress } from '@vueuse/core'
import type { ShallowRef } from 'vue'

/** Where the menu of a row opens: at a point of the viewport (CSS pixels), or at the row. */
export type RowPlace = { readonly x: number; readonly y: number } | HTMLElement

const longPressMs = 450

/** Hears who wants the menu of a row: by the right button, the menu key, or a long press of a finger. */
export function useRowMenu(
  list: Readonly<ShallowRef<HTMLElement | null>>,
  wanted: { isWanted(): boolean; open(id: string, place: RowPlace): void },
) {
  let isPressed = false

  onLongPress(
    list,
    (event) => {
      if (event.pointerType === 'touch' && openAt(event)) isPressed = true
    },
    { delay: longPressMs },
  )

  function openAt({ target, clientX: x, clientY: y }: MouseEvent): boolean {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null
    const id = row?.dataset['id']
    if (!wanted.isWanted() || !row || id === undefined) return false
    // The menu key tells no place.
    wanted.open(id, x !== 0 || y !== 0 ? { x, y } : row)
    return true
  }

  return {
    onContextmenu(event: MouseEvent): void {
      if (openAt(event)) event.preventDefault()
    },
    /** Not every browser makes a click of a long press: the next touch is a new one. */
    onPointerdownCapture(): void {
      isPressed = false
    },
    /** The finger that opened the menu is lifted: that is no choice of the row. */
    onClickCapture(event: MouseEvent): void {
      if (!isPressed) return
      isPressed = false
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
