/**
 * One thing measured at one size. `most`: the limit of this very value, where only the measuring knows it.
 *
 * @typedef {{ name: string, n: number, value: number, unit: string, most?: number }} Measure
 */
/**
 * A measure, judged: `growth` is its value over that at the smallest size, where growth counts; without a `limit` it is
 * only told.
 *
 * @typedef {Measure & { growth?: number, limit?: string, isOver: boolean }} Verdict
 */

/**
 * What must not grow with the size, and what must not be more, by the first word of a name. Speed by itself is never a limit: machines differ.
 *
 * @type {Readonly<Record<string, { readonly growth?: number, readonly most?: number }>>}
 */
export const limits = {
  'ingest.us-per-message': { growth: 1.5 },
  'open.ms': { growth: 1.5 },
  'open.heap-mb': { growth: 1.5 },
  'profiles.repeated': { most: 0 },
  'contacts.us-per-friend': { growth: 1.5 },
  'contacts.rows': { most: 60 },
  'contacts.redrawn': { most: 60 },
  'members.open-ms': { growth: 1.5 },
  'members.scroll-ms': { growth: 1.5 },
  'members.search-ms': { growth: 1.5 },
  'members.rows': { most: 60 },
  'cache.transactions-per-1000': { most: 20 },
  'text.ns-per-character': { growth: 1.5 },
  'live.dropped-high': { most: 0 },
  'live.longest-gap-ms': { growth: 3 },
  'live.typing-ms': { growth: 3 },
  'live.heap-grown': { most: 1.1 },
}

/**
 * Judges each measure against the limit of its name. A value that is no number is over any limit.
 *
 * @param {readonly Measure[]} measures
 * @returns {Verdict[]}
 */
export function judge(measures) {
  return measures.map((measure) => {
    const { growth: mostGrowth, most = measure.most } = limits[measure.name.split(' ')[0]] ?? {}
    if (mostGrowth !== undefined) {
      const growth = measure.value / smallest(measures, measure.name).value
      return { ...measure, growth, limit: `${mostGrowth} x`, isOver: !(growth <= mostGrowth) }
    }
    if (most !== undefined) return { ...measure, limit: String(most), isOver: !(measure.value <= most) }
    return { ...measure, isOver: false }
  })
}

/**
 * @param {readonly Measure[]} measures
 * @param {string} name
 * @returns {Measure}
 */
function smallest(measures, name) {
  return measures.filter((one) => one.name === name).reduce((a, b) => (b.n < a.n ? b : a))
}

/**
 * The table as lines of text.
 *
 * @param {readonly Verdict[]} verdicts
 * @returns {string[]}
 */
export function tableOf(verdicts) {
  const rows = [
    ['measure', 'n', 'value', 'unit', 'growth', 'limit', ''],
    ...verdicts.map(({ name, n, value, unit, growth, limit, isOver }) => [
      name,
      n.toLocaleString('en-US'),
      rounded(value),
      unit,
      growth === undefined ? '' : `${growth.toFixed(2)} x`,
      limit ?? '',
      limit === undefined ? '' : isOver ? 'OVER' : 'ok',
    ]),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const isNumber = (column) => [1, 2, 4, 5].includes(column)
  return rows.map((row) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join('  ')
      .trimEnd(),
  )
}

/** @param {number} value */
function rounded(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 })
}

/**
 * What a shell is told: 1 where anything is over its limit, or where nothing was measured at all.
 *
 * @param {readonly Verdict[]} verdicts
 */
export function exitCodeOf(verdicts) {
  return verdicts.length > 0 && verdicts.every(({ isOver }) => !isOver) ? 0 : 1
}

/**
 * What is written to the file.
 *
 * @param {readonly Measure[]} measures
 */
export function fileOf(measures) {
  return `${JSON.stringify(
    measures.map(({ name, n, value, unit }) => ({ name, n, value, unit })),
    undefined,
    2,
  )}\n`
}

/**
 * The middle one; between the two middle ones where their number is even.
 *
 * @param {readonly number[]} values
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
