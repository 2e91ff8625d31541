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
 * The way from old rows to new ones. A virtual list keeps its place either from the start or from the end, so what changes
 * above the reader and what changes below him cannot be one step: first what stood above goes and what stands there now
 * comes, then the rest. `anchorKey` is the row he reads; without it the first row that stays.
 */
export function rowSteps<T extends Keyed>(
  before: readonly T[],
  after: readonly T[],
  anchorKey?: string,
): readonly RowStep<T>[] {
  const last: RowStep<T> = { rows: after, isShift: false }
  const indexAfter = new Map(after.map(({ key }, index) => [key, index]))
  const anchor = findAnchor(before, indexAfter, anchorKey)
  if (anchor < 0) return [last]
  let [from, added] = [anchor, indexAfter.get(before[anchor]?.key ?? '') ?? 0]
  while (from > 0 && added > 0 && before[from - 1]?.key === after[added - 1]?.key) {
    from--
    added--
  }
  const steps: RowStep<T>[] = []
  const below = before.slice(from)
  if (from > 0) steps.push({ rows: below, isShift: true })
  if (added > 0) steps.push({ rows: [...after.slice(0, added), ...below], isShift: true })
  const isDone = below.every(({ key }, index) => key === after[added + index]?.key)
  if (!isDone || added + below.length !== after.length || steps.length === 0) return [...steps, last]
  return [...steps.slice(0, -1), { rows: after, isShift: true }]
}

/** The row that is read, or the next one below it that stays, or the last one above. */
function findAnchor<T extends Keyed>(
  before: readonly T[],
  indexAfter: ReadonlyMap<string, number>,
  anchorKey: string | undefined,
): number {
  const read = Math.max(
    before.findIndex(({ key }) => key === anchorKey),
    0,
  )
  const kept = before.findIndex(({ key }, index) => index >= read && indexAfter.has(key))
  return kept >= 0 ? kept : before.findLastIndex(({ key }) => indexAfter.has(key))
}
