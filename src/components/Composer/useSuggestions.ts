import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Suggestion } from './suggestion'
import { triggerAt, type Trigger } from './trigger'

/** What is offered while somebody types. */
export interface Suggestions {
  /** What the cursor stands behind. */
  readonly trigger: ShallowRef<Trigger | undefined>
  /** What can be chosen now; empty: there is no list. */
  readonly items: ComputedRef<readonly Suggestion[]>
  readonly activeIndex: ComputedRef<number>
  /** The person walks through the list: only then a reader hears each row. */
  readonly isWalking: ShallowRef<boolean>
  /** Call it when the text or the place of the cursor may have changed; at a place that is taken stands what was chosen before. */
  look(field: HTMLTextAreaElement, isTaken: (start: number) => boolean): void
  /** Moves in the list, and begins again at its other end. */
  move(by: number): void
  /** The pointer stands on a row. */
  point(index: number): void
  /** The list is closed until another sign is typed. */
  dismiss(): void
  /** The field is left. */
  end(): void
}

/** Follows the signs in a field; `offered` is what is to be chosen from for the sign found. */
export function useSuggestions(offered: () => readonly Suggestion[]): Suggestions {
  const trigger = shallowRef<Trigger>()
  const index = shallowRef(0)
  const isWalking = shallowRef(false)
  /** Where the sign stands whose list was closed. */
  let dismissedAt: number | undefined
  const items = computed(() => (trigger.value ? offered() : []))
  const count = computed(() => items.value.length)

  watch(
    () => items.value.map(({ key }) => key).join('\n'),
    () => {
      index.value = 0
      isWalking.value = false
    },
  )

  return {
    trigger,
    items,
    isWalking,
    activeIndex: computed(() => Math.min(index.value, Math.max(0, count.value - 1))),
    look(field, isTaken) {
      const { selectionStart, selectionEnd, value } = field
      const found = selectionStart === selectionEnd ? triggerAt(value, selectionStart) : undefined
      if (found?.start !== dismissedAt) dismissedAt = undefined
      const wanted = found && found.start !== dismissedAt && !isTaken(found.start) ? found : undefined
      const known = trigger.value
      if (wanted?.start === known?.start && wanted?.query === known?.query) return
      trigger.value = wanted
    },
    move(by) {
      index.value = (index.value + by + count.value) % count.value
      isWalking.value = true
    },
    point: (at) => void (index.value = at),
    dismiss() {
      dismissedAt = trigger.value?.start
      trigger.value = undefined
    },
    end: () => void (trigger.value = undefined),
  }
}
