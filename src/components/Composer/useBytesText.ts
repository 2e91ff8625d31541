import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { useLocale } from '../../composables'
import { lengthText } from '../../i18n'

/** The counter appears when less than this is left. */
const bytesTold = 500
/** It is spoken when it comes down to one of these, and when it goes up again. */
const thresholds = [bytesTold, 200, 50, 0]

/** Words about the length of a text, for those who look and for those who listen. */
export function useBytesText(
  bytesLeft: () => number | undefined,
  text: () => string,
): {
  /** What stands at the field. */
  readonly shown: ComputedRef<string | undefined>
  /** What is spoken: it does not change with every key. */
  readonly spoken: ShallowRef<string>
} {
  const { t } = useLocale()
  const shown = computed(() => {
    const left = bytesLeft()
    if (left === undefined || left >= bytesTold) return undefined
    return lengthText(t, left, text())
  })
  const level = computed(() => thresholds.filter((threshold) => (bytesLeft() ?? Infinity) < threshold).length)
  const spoken = shallowRef('')
  watch(level, () => (spoken.value = shown.value ?? ''), { immediate: true })
  return { shown, spoken }
}
