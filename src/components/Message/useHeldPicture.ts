import { computed, shallowRef, type ComputedRef } from 'vue'
import { useIsStranger, type TimelineRow } from '../../composables'
import { useContentOptions } from './contentOptions'

/** Whether a picture waits until the reader wants it, because its sender is a stranger and the app says so. */
export function useHeldPicture(row: () => TimelineRow): { isHeld: ComputedRef<boolean>; show: () => void } {
  const content = useContentOptions()
  const isStranger = useIsStranger(() => row().message.senderId)
  const isWanted = shallowRef(false)
  return {
    isHeld: computed(
      () => content().strangerPictures === 'on-click' && isStranger.value && !row().isOwn && !isWanted.value,
    ),
    show: () => (isWanted.value = true),
  }
}
