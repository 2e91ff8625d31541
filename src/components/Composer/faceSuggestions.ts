import { foldText } from '../../composables'
import type { Face } from '../Message'
import type { Suggestion } from './suggestion'

/** The app's faces that are called so, by key or by name, to be written as `[key]` (C2). */
export function faceSuggestions(
  faces: Readonly<Record<string, Face>> = {},
  query: string,
  most: number,
): readonly Suggestion[] {
  const wanted = foldText(query)
  return Object.entries(faces)
    .filter(([key, { label = '' }]) => foldText(key).includes(wanted) || foldText(label).includes(wanted))
    .slice(0, most)
    .map(([key, { src, label = key }]) => ({
      key: `face ${key}`,
      text: `[${key}]`,
      label,
      face: { kind: 'picture', src },
      ...(label !== key && { detail: key }),
    }))
}
