import type { Part } from '../model'
import { partText } from './previewText'
import type { NameOf } from './previewText'
import type { Translate } from './translator'

/**
 * A message as text for the clipboard: what was written, to the letter; where nothing was written each part in words, with
 * what leads to it.
 */
export function copyText(t: Translate, parts: readonly Part[], nameOf: NameOf = (userId) => userId): string {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? part.text : []))
  if (texts.length > 0) return texts.join('\n')
  return parts
    .map((part) => linesOf(t, part, nameOf).join('\n'))
    .filter((lines) => lines !== '')
    .join('\n')
}

function linesOf(t: Translate, part: Part, nameOf: NameOf): readonly string[] {
  const words = partText(t, part, nameOf)
  switch (part.kind) {
    case 'notice':
    case 'custom':
    case 'unsupported':
      return [words]
    case 'location':
      return [`[${words}]`, `${part.latitude}, ${part.longitude}`]
    case 'card':
      return [`[${words}]`, part.id]
    case 'merged':
      return [`[${words}]`, ...part.abstracts]
    case 'face':
      return [part.key ? `[${part.key}]` : `[${words}]`]
    default:
      // Media, and whatever kind a backend may send.
      return [`[${words}]`]
  }
}
