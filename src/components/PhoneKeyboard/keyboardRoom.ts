import { inject, provide, shallowRef, watch, type InjectionKey, type ShallowRef } from 'vue'
import { useKeyboardInset } from './useKeyboardInset'

const roomKey: InjectionKey<true> = Symbol('parley-keyboard-room')

/** Makes room for the keyboard in the calling component; nothing below it needs to. Gives the pixels to keep free. */
export function provideKeyboardRoom(): Readonly<ShallowRef<number>> {
  provide(roomKey, true)
  return useKeyboardInset()
}

/** How many pixels of an element's foot lie under the keyboard; none where something around it makes room already. */
export function useKeyboardOverlap(element: () => HTMLElement | null): Readonly<ShallowRef<number>> {
  const overlap = shallowRef(0)
  if (inject(roomKey, false)) return overlap
  watch(useKeyboardInset(), (inset) => {
    const foot = element()?.getBoundingClientRect().bottom ?? 0
    overlap.value = inset === 0 ? 0 : Math.max(0, Math.round(inset - (window.innerHeight - foot)))
  })
  return overlap
}
