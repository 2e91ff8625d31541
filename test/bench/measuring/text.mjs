import { workOf } from './workOf.mjs'

/** What a character costs in a short text and in a long one, for texts that are hard to take apart; the best of some rounds. */
export async function text(browsers) {
  const page = await browsers.page('text')
  const workedSeconds = await workOf(page)
  const units = await page.evaluate(() => globalThis.bench.textUnits)
  const measure = async (unit, n) => {
    const before = await workedSeconds()
    const count = await page.evaluate((how) => globalThis.bench.text(...how), [unit, n, 4_000_000])
    return (((await workedSeconds()) - before) * 1_000_000_000) / count
  }
  const measures = []
  for (const unit of units) {
    const best = new Map([
      [10_000, Infinity],
      [1_000_000, Infinity],
    ])
    for (let round = 0; round < 5; round++) {
      for (const [n, value] of best) best.set(n, Math.min(value, await measure(unit, n)))
    }
    const name = `text.ns-per-character ${JSON.stringify(unit)}`
    measures.push(...Array.from(best, ([n, value]) => ({ name, n, value, unit: 'ns' })))
  }
  return measures
}
