/**
 * One thing measured at one size. `most`: the limit of this very value, where only the measuring knows it. `beside`: the same
 * work done by the plainest means in the same run.
 *
 * @typedef {{ name: string, n: number, value: number, unit: string, most?: number, beside?: number }} Measure
 */
/**
 * A measure, judged: `growth` is its value over that at the smallest size, where growth counts, `ratio` that over the same
 * work done plainly; without a `limit` it is only told.
 *
 * @typedef {Measure & { growth?: number, ratio?: number, limit?: string, isOver: boolean }} Verdict
 */

/**
 * What must not grow with the size, and what must not be more, by the first word of a name. Speed by itself is never a limit: machines differ.
 *
 * @type {Readonly<Record<string, { readonly growth?: number, readonly most?: number, readonly ratio?: number }>>}
 */
export const limits = {
  'ingest.us-per-message': { growth: 1.5 },
  'open.ms': { growth: 1.5 },
  'open.heap-mb': { growth: 1.5 },
  'profiles.repeated': { most: 0 },
  'list.mount-ms': { growth: 1.3 },
  'list.reorder-ms': { growth: 1.3 },
  'list.redrawn': { most: 60 },
  'contacts.us-per-friend': { growth: 1.5 },
  'contacts.rows': { most: 60 },
  'contacts.redrawn': { most: 60 },
  'members.open-ms': { growth: 1.5 },
  'members.scroll-ms': { growth: 1.5 },
  'members.search-ms': { growth: 1.5 },
  'members.rows': { most: 60 },
  'cache.transactions-per-1000': { most: 20 },
  'text.ns-per-character': { growth: 1.5 },
  'panel.rows': { ratio: 2 },
  'panel.append-ms': { growth: 1.3, ratio: 2 },
  'panel.open-ms': { ratio: 2 },
  'burst.longest-frame-ms': { ratio: 2 },
  'burst.long-task-ms': { ratio: 2 },
  'burst.typing-ms': { ratio: 2 },
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
    const limit = limits[measure.name.split(' ')[0]] ?? {}
    const { most = measure.most } = limit
    /** @type {[words: string, isOver: boolean][]} */
    const rules = []
    const growth =
      limit.growth === undefined ? undefined : measure.value / smallest(measures, measure.name).value
    if (growth !== undefined) rules.push([`${limit.growth} x`, !(growth <= limit.growth)])
    const ratio = measure.beside === undefined ? undefined : ratioOf(measure.value, measure.beside)
    if (ratio !== undefined && limit.ratio !== undefined) {
      rules.push([`${limit.ratio} x plain`, !(ratio <= limit.ratio)])
    }
    if (most !== undefined && growth === undefined) rules.push([String(most), !(measure.value <= most)])
    return {
      ...measure,
      ...(growth !== undefined && { growth }),
      ...(ratio !== undefined && { ratio }),
      ...(rules.length > 0 && { limit: rules.map(([words]) => words).join(', ') }),
      isOver: rules.some(([, isOver]) => isOver),
    }
  })
}

/**
 * Nothing over nothing is as much.
 *
 * @param {number} value
 * @param {number} beside
 */
function ratioOf(value, beside) {
  return value === beside ? 1 : value / beside
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
    ['measure', 'n', 'value', 'unit', 'growth', 'plain', 'ratio', 'limit', ''],
    ...verdicts.map(({ name, n, value, unit, growth, beside, ratio, limit, isOver }) => [
      name,
      n.toLocaleString('en-US'),
      rounded(value),
      unit,
      growth === undefined ? '' : `${growth.toFixed(2)} x`,
      beside === undefined ? '' : rounded(beside),
      ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
      limit ?? '',
      limit === undefined ? '' : isOver ? 'OVER' : 'ok',
    ]),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const isNumber = (column) => [1, 2, 4, 5, 6].includes(column)
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
    measures.map(({ name, n, value, unit, beside }) => ({ name, n, value, unit, beside })),
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
