/** Anything with a key for life. */
interface Keyed {
  readonly key: string
}

/** One state of the list on the way from the old rows to the new ones. */
export interface RowStep<T> {
  readonly rows: readonly T[]
  /** Rows were added or taken away at the start, so the distance from the end stays. */
  readonly isShift: boolean
}

/**
 * The way from old rows to new ones in at most two steps: what happens at the start first, then the rest. A virtual
 * list keeps its place either from the start or from the end, so a page from above and a new message at the end cannot
 * be one step.
 */
export function rowSteps<T extends Keyed>(before: readonly T[], after: readonly T[]): readonly RowStep<T>[] {
  const last: RowStep<T> = { rows: after, isShift: false }
  const indexAfter = new Map(after.map(({ key }, index) => [key, index]))
  const kept = before.findIndex(({ key }) => indexAfter.has(key))
  if (kept < 0) return [last]
  const added = indexAfter.get(before[kept]?.key ?? '') ?? 0
  if (added === kept) return [last]
  const middle = [...after.slice(0, added), ...before.slice(kept)]
  if (middle.length === after.length) return [{ rows: after, isShift: true }]
  return [{ rows: middle, isShift: true }, last]
}
