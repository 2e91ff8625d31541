import { mediansOf } from './mediansOf.mjs'
import { workOf } from './workOf.mjs'

/** What counts is the time in which the page's thread really worked; each size often enough for a median, in turn. */
export async function list(browsers) {
  const page = await browsers.page('list')
  const workedSeconds = await workOf(page)
  const msOf = async (times, work) => {
    const before = await workedSeconds()
    await work(times)
    return (((await workedSeconds()) - before) * 1_000) / times
  }
  const found = new Map([100, 10_000].map((n) => [n, []]))
  for (let round = -1; round < 7; round++) {
    for (const [n, all] of found) {
      await page.evaluate((count) => globalThis.bench.beginList(count), n)
      const mount = await msOf(10, (times) =>
        page.evaluate((count) => globalThis.bench.mountList(count), times),
      )
      const reorder = await msOf(20, (times) =>
        page.evaluate((count) => globalThis.bench.reorderList(count), times),
      )
      const redrawn = n < 1_000 ? undefined : await page.evaluate(() => globalThis.bench.renameList())
      await page.evaluate(() => globalThis.bench.endList())
      // The first round warms up.
      if (round >= 0) all.push({ mount, reorder, redrawn })
    }
  }
  const of = mediansOf(found)
  return [
    ...of('list.mount-ms', 'ms', ({ mount }) => mount),
    ...of('list.reorder-ms', 'ms', ({ reorder }) => reorder),
    ...of('list.redrawn', 'rows', ({ redrawn }) => redrawn),
  ]
}
