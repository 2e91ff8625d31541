import { inject, provide, type InjectionKey } from 'vue'
import { provideHeldAvatars } from '../Avatar'

/** A picture of the app for a face. */
export interface Face {
  /** Where the picture is; the page's policy must allow it. */
  readonly src: string
  /** What it is called by those who hear it; without one its key. */
  readonly label?: string
  /** Its number in face messages, where the fleet counts its faces. */
  readonly index?: number
}

/** A link that somebody pressed. */
export interface PressedLink {
  readonly url: string
  /** The host it leads to, as it may be shown; absent for mail and telephone. */
  readonly host?: string
  /** Its text could be taken for another host. */
  readonly isDeceptive: boolean
}

/** What an app says about the content of messages. */
export interface ContentOptions {
  /** Faces by their keys: `[key]` in a text and face messages show them. */
  readonly faces?: Readonly<Record<string, Face>>
  /** Which links there are. @default http, https, mailto, tel */
  readonly linkSchemes?: readonly ('http' | 'https' | 'mailto' | 'tel')[]
  /** Opens a pressed link instead of the browser. */
  readonly openLink?: (link: PressedLink) => void
  /**
   * Pictures of people who are no contacts: 'on-click' asks nobody's server before the reader wants to, and shows initials of
   * those who share no group either. @default 'load'
   */
  readonly strangerPictures?: 'load' | 'on-click'
}

const contentOptionsKey: InjectionKey<() => ContentOptions> = Symbol('parley-content-options')

/** Gives options to everything below the calling component, on top of those from above. */
export function provideContentOptions(options: () => ContentOptions | undefined): void {
  const above = inject(contentOptionsKey, undefined)
  const all = () => ({ ...above?.(), ...options() })
  provide(contentOptionsKey, all)
  provideHeldAvatars(() => all().strangerPictures === 'on-click')
}

/** The options that were given above. */
export function useContentOptions(): () => ContentOptions {
  return inject(contentOptionsKey, () => ({}))
}
