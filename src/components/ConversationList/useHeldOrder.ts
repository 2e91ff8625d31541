import { refAutoReset } from '@vueuse/core'
import { nextTick, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { heldOrder } from './heldOrder'

/** A pointer or a key that was not moved for so long points at nothing any more. */
const REST_MS = 2_000

/** An order in which nothing moves under the pointer. */
export interface HeldOrder {
  readonly ids: Readonly<ShallowRef<readonly string[]>>
  /** Somebody points at a row, or walks through them by keys. */
  touch(): void
  /** Nobody points at the list any more. */
  leave(): void
  /** What this changes at once is the person's own doing, and is shown at once; whatever comes later is held again. */
  let<T>(work: () => Promise<T>): Promise<T>
}

/**
 * The rule: from the moment a pointer moves over the list or a key is pressed in it, until it has left or rested for two
 * seconds, no row changes its place, unless the person does something with a row. `isHeld` holds as long as it is true: a
 * menu or a swipe is open. Where `scope` changes, it is another list.
 */
export function useHeldOrder(
  wanted: () => readonly string[],
  scope: () => unknown,
  isHeld: () => boolean,
): HeldOrder {
  const ids = shallowRef(wanted())
  const isTouched = refAutoReset(false, REST_MS)
  let isLetting = false

  watch(
    [wanted, scope, () => isTouched.value || isHeld()] as const,
    ([now, list, isHolding], [before, listBefore]) => {
      const isLet = isLetting && now !== before
      ids.value = isHolding && !isLet && list === listBefore ? heldOrder(ids.value, now) : now
    },
  )
  return {
    ids,
    touch: () => (isTouched.value = true),
    leave: () => (isTouched.value = false),
    async let(work) {
      isLetting = true
      const working = work()
      const [result] = await Promise.all([working, nextTick(() => (isLetting = false))])
      return result
    },
  }
}
