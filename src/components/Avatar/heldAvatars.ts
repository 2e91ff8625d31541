import { inject, provide, type InjectionKey } from 'vue'
import { useStrangerTest } from '../../composables'
import type { UserId } from '../../model'

const heldAvatarsKey: InjectionKey<(of: UserId) => boolean> = Symbol('parley-held-avatars')

/** Lets the pictures of strangers below the calling component give way to initials while `isOn`. */
export function provideHeldAvatars(isOn: () => boolean): void {
  const isStranger = useStrangerTest()
  provide(heldAvatarsKey, (of) => isOn() && isStranger(of))
}

/** Tells whether somebody's picture is asked of nobody here. */
export function useHeldAvatars(): (of: UserId) => boolean {
  return inject(heldAvatarsKey, () => false)
}
