import { median } from '../verdict.mjs'
import { say } from './say.mjs'
import { workOf } from './workOf.mjs'

/** Everything beside the same on a bare virtual list, in turns. */
const kinds = ['panel', 'bare']

/** What one more message costs however many there are, how many are in the document, and how long opening takes. */
export async function panel(browsers) {
  const sizes = [100, 10_000, 100_000]
  const appends = new Map(sizes.map((n) => [n, { panel: [], bare: [] }]))
  const rows = new Map(sizes.map((n) => [n, { panel: 0, bare: 0 }]))
  const opened = { panel: [], bare: [] }
  for (const n of sizes) {
    const page = await browsers.page(`panel-${n}`)
    await page.evaluate((count) => globalThis.bench.prefill('reader', count), n)
    const workedSeconds = await workOf(page)
    const appended = 40
    // The first round warms up; the panel goes on with what it has kept.
    for (let round = -1, count = n; round < 5; round++) {
      for (const kind of n === 100 ? kinds : []) {
        await page.reload()
        const ms = await page.evaluate((how) => globalThis.bench.openPanel(...how), [kind, 'reader', count])
        if (round >= 0) opened[kind].push(ms)
      }
      for (const kind of kinds) {
        await page.reload()
        await page.evaluate((how) => globalThis.bench.beginPanel(...how), [kind, 'reader', count])
        rows.get(n)[kind] = await page.evaluate(() => globalThis.bench.rowsInPage())
        const before = await workedSeconds()
        await page.evaluate((more) => globalThis.bench.appendOneByOne(more), appended)
        if (round >= 0) appends.get(n)[kind].push((((await workedSeconds()) - before) * 1_000) / appended)
        await page.evaluate(() => globalThis.bench.endPanel())
      }
      count += appended + 5
    }
    say(`  ${n} messages done`)
    await browsers.close(`panel-${n}`)
  }
  const beside = (name, unit, n, found) => ({ name, n, value: found.panel, beside: found.bare, unit })
  const medians = ({ panel: one, bare }) => ({ panel: median(one), bare: median(bare) })
  return [
    ...sizes.map((n) => beside('panel.rows', 'rows', n, rows.get(n))),
    ...sizes.map((n) => beside('panel.append-ms', 'ms', n, medians(appends.get(n)))),
    beside('panel.open-ms', 'ms', 100, medians(opened)),
  ]
}

/** A thousand messages in a second: what is seen of them, and whether one can type meanwhile. */
export async function burst(browsers) {
  const n = 1_000
  const names = ['longest-frame-ms', 'long-task-ms', 'typing-ms']
  const found = new Map(names.map((name) => [name, { panel: [], bare: [] }]))
  const page = await browsers.page('burst')
  await page.evaluate((count) => globalThis.bench.prefill('reader', count), n)
  for (let round = -1, count = n; round < 3; round++) {
    for (const kind of kinds) {
      await page.reload()
      await page.evaluate((how) => globalThis.bench.beginPanel(...how), [kind, 'reader', count])
      const one = await page.evaluate((more) => globalThis.bench.burst(more), n)
      await page.locator('#stage textarea').focus()
      await page.evaluate(() => void globalThis.bench.takeTyped())
      const arriving = page.evaluate((more) => globalThis.bench.burst(more), n)
      await page.keyboard.type('the quick brown fox', { delay: 45 })
      await arriving
      const typed = await page.evaluate(() => globalThis.bench.takeTyped())
      await page.evaluate(() => globalThis.bench.endPanel())
      // The first round warms up.
      if (round < 0) continue
      found.get('longest-frame-ms')[kind].push(one.longestFrameMs)
      found.get('long-task-ms')[kind].push(one.longTaskMs)
      found.get('typing-ms')[kind].push(median(typed))
    }
    count += 2 * n + 5
  }
  return [...found].map(([name, each]) => {
    const [value, beside] = [median(each.panel), median(each.bare)]
    return { name: `burst.${name}`, n, value, beside, unit: 'ms' }
  })
}
