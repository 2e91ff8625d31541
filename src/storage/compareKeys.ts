/** What rows are found by: compared as IndexedDB compares (numbers before strings before arrays). */
export type Key = string | number | readonly Key[]

/** The order of two keys as IndexedDB has it: below zero when `a` comes first, zero when they are the same. */
export function compareKeys(a: Key, b: Key): number {
  const ranks = rankOf(a) - rankOf(b)
  if (ranks !== 0) return ranks
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b)
  // Strings compare by code units, as `<` does.
  return a === b ? 0 : a < b ? -1 : 1
}

function compareArrays(a: readonly Key[], b: readonly Key[]): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i += 1) {
    const order = compareKeys(a[i] as Key, b[i] as Key)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function rankOf(key: Key): number {
  return typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2
}
