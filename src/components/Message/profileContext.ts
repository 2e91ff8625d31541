import { inject, provide, type InjectionKey } from 'vue'
import type { UserId } from '../../model'

type OpenProfile = (id: UserId) => void

const openProfileKey: InjectionKey<() => OpenProfile | undefined> = Symbol('parley-open-profile')

/** Says what follows when somebody's picture or name is pressed in the messages below the calling component. */
export function provideOpenProfile(open: () => OpenProfile | undefined): void {
  provide(openProfileKey, open)
}

/** Opens somebody's card; gives undefined where nobody can, so that nothing looks as if it could be pressed. */
export function useOpenProfile(): () => OpenProfile | undefined {
  return inject(openProfileKey, () => undefined)
}
