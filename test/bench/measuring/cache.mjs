import { median } from '../verdict.mjs'
import { mediansOf } from './mediansOf.mjs'
import { say } from './say.mjs'
import { workOf } from './workOf.mjs'

/**
 * Each size often enough for a median, the small ones between the big ones. What counts is the time in which the page's thread
 * really worked, so that whatever else runs on the machine does not.
 */
export async function ingest(browsers) {
  const page = await browsers.page('ingest')
  const times = new Map([
    [1_000, []],
    [10_000, []],
    [100_000, []],
  ])
  const workedSeconds = await workOf(page)
  const measure = async (n) => {
    await page.evaluate(() => globalThis.bench.beginIngest())
    const before = await workedSeconds()
    await page.evaluate((count) => globalThis.bench.ingest(count), n)
    const value = (((await workedSeconds()) - before) * 1_000_000) / n
    await page.evaluate(() => globalThis.bench.endIngest())
    times.get(n)?.push(value)
    say(`  ingest of ${n}: ${value.toFixed(0)} us per message`)
  }
  await measure(2_000)
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 3; i++) await measure(1_000)
    await measure(10_000)
    if (round === 1) await measure(100_000)
  }
  return [...times].map(([n, values]) => ({
    name: 'ingest.us-per-message',
    n,
    value: median(values),
    unit: 'us',
  }))
}

/** Each size in a browser of its own, for databases of one origin share their files; the repeats take turns. */
export async function open(browsers) {
  const sizes = [100, 100_000, 1_000_000]
  const found = new Map(sizes.map((n) => [n, []]))
  for (const n of sizes) {
    const page = await browsers.page(`open-${n}`)
    const from = performance.now()
    await page.evaluate((count) => globalThis.bench.prefill('reader', count), n)
    say(`  ${n} messages put into the cache in ${((performance.now() - from) / 1000).toFixed(0)} s`)
    await browsers.close(`open-${n}`)
  }
  for (let round = -1; round < 9; round++) {
    for (const n of sizes) {
      const page = await browsers.page(`open-${n}`)
      await page.reload()
      const one = await page.evaluate((count) => globalThis.bench.open('reader', count), n)
      // The first round warms up.
      if (round >= 0) found.get(n)?.push(one)
    }
  }
  const of = mediansOf(found)
  return [
    ...of('open.ms', 'ms', ({ ms }) => ms),
    ...of('open.heap-mb', 'MB', ({ heapMb }) => heapMb),
    ...of('open.browser-ms', 'ms', ({ browserMs }) => browserMs),
  ]
}

/** `n` is how many messages come in a second. */
export async function transactions(browsers) {
  const rates = [40, 100]
  const measured = rates.map(async (n) => {
    const page = await browsers.page(`transactions-${n}`)
    const value = await page.evaluate((perSecond) => globalThis.bench.transactions(1_000, perSecond), n)
    return { name: 'cache.transactions-per-1000', n, value, unit: 'transactions' }
  })
  return Promise.all(measured)
}
