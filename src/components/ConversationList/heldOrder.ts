/**
 * Rows that are shown keep their places; what is gone goes, and what is new waits at the end, where nobody points at it.
 */
export function heldOrder(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const left = new Set(wanted)
  const kept = shown.filter((id) => left.delete(id))
  return [...kept, ...left]
}
