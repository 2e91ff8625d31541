import type { TimelineRow } from '../../composables'

/** Guesses what is asked again and again once for each row, and anew where anything it rests on has become another. */
export function rememberedGuess(
  guess: (row: TimelineRow) => number,
  restsOn: () => readonly unknown[],
): (row: TimelineRow) => number {
  let known = new WeakMap<TimelineRow, number>()
  let before: readonly unknown[] = []
  return (row) => {
    const now = restsOn()
    if (now.some((one, index) => one !== before[index])) known = new WeakMap()
    before = now
    let px = known.get(row)
    if (px === undefined) {
      px = guess(row)
      known.set(row, px)
    }
    return px
  }
}
