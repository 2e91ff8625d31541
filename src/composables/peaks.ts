/** More than this no bubble is wide enough for. */
const MOST_PEAKS = 64

/** The loudest of every stretch, so many at the most; a sound that is quiet all over is drawn as tall as any. */
export function peaksOf(levels: readonly number[], most = MOST_PEAKS): readonly number[] {
  const count = Math.min(levels.length, most)
  const loudest = Math.max(...levels, 0.05)
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * levels.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * levels.length) / count))
    const peak = Math.max(...levels.slice(from, to)) / loudest
    return Math.round(peak * 100) / 100
  })
}
