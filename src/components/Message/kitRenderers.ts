import type { Component } from 'vue'
import type { Part, PartKind } from '../../model'
import FacePart from './FacePart.vue'
import AudioPart from './AudioPart.vue'
import CallPart from './CallPart.vue'
import CardPart from './CardPart.vue'
import FilePart from './FilePart.vue'
import ImagePart from './ImagePart.vue'
import LocationPart from './LocationPart.vue'
import MergedPart from './MergedPart.vue'
import type { MessageRenderers } from './messageRenderers'
import NoticePart from './NoticePart.vue'
import TextPart from './TextPart.vue'
import UnsupportedPart from './UnsupportedPart.vue'
import VideoPart from './VideoPart.vue'

/** What the kit shows itself: every kind but those that only an app can draw, and those that nobody knows. */
export const kitRenderers: Readonly<Record<Exclude<PartKind, 'custom' | 'unsupported'>, Component>> = {
  text: TextPart,
  image: ImagePart,
  face: FacePart,
  video: VideoPart,
  audio: AudioPart,
  file: FilePart,
  location: LocationPart,
  call: CallPart,
  card: CardPart,
  merged: MergedPart,
  notice: NoticePart,
}

/** What shows a part: the app's renderer of its kind, else the kit's own, else words that it cannot be shown. */
export function rendererOf(part: Part, ownRenderers: MessageRenderers): Component {
  return rendererIn(ownRenderers, part.kind) ?? rendererIn(kitRenderers, part.kind) ?? UnsupportedPart
}

/** True where the kit itself shows a part, so that it knows where the time goes. */
export function isShownByKit(part: Part, ownRenderers: MessageRenderers): boolean {
  return rendererIn(ownRenderers, part.kind) === undefined
}

/** A backend may send any word as a kind, also one that every object knows, like `constructor`. */
function rendererIn(renderers: MessageRenderers, kind: PartKind): Component | undefined {
  return Object.hasOwn(renderers, kind) ? renderers[kind] : undefined
}
