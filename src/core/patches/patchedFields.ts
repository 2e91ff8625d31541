import type { Json } from '../../model'

/**
 * An app's own fields after an update: the keys that are given are written, null takes one away, the others stay as they are, so
 * that two may write different keys at once. What is no record has no keys and is written whole; undefined: nothing is left.
 */
export function patchedFields(known: Json | undefined, given: Json): Json | undefined {
  if (given === null) return undefined
  if (!isRecord(given)) return given
  const kept = Object.entries({ ...(isRecord(known) && known), ...given }).filter(
    ([, value]) => value !== null,
  )
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
