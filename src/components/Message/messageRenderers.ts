import { inject, provide, type Component, type InjectionKey } from 'vue'
import type { Media, Part, PartKind } from '../../model'
import type { TimelineRow } from '../../composables'

/** The part that carries a kind. */
export type PartOf<K extends PartKind> = K extends Media['kind']
  ? Media & { readonly kind: K }
  : Extract<Part, { readonly kind: K }>

/** What a renderer is given. */
export interface PartRendererProps<K extends PartKind = PartKind> {
  /** The part to show. */
  readonly part: PartOf<K>
  /** The row it belongs to. */
  readonly row: TimelineRow
}

/** Components by the kind of part they show; a kind that is absent keeps the kit's own renderer. */
export type MessageRenderers = { readonly [K in PartKind]?: Component<PartRendererProps<K>> }

const messageRenderersKey: InjectionKey<() => MessageRenderers> = Symbol('parley-message-renderers')

/** Adds renderers for everything below the calling component, on top of those from above. */
export function provideMessageRenderers(renderers: () => MessageRenderers | undefined): void {
  const above = inject(messageRenderersKey, undefined)
  provide(messageRenderersKey, () => ({ ...above?.(), ...renderers() }))
}

/** The renderers that were added above. */
export function useMessageRenderers(): () => MessageRenderers {
  return inject(messageRenderersKey, () => ({}))
}
