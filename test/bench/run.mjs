// Measures in a real browser what must not grow: `npm run bench -- --json FILE --only NAME`. Prints a table; a limit that is
// exceeded makes it end with 1.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { setInterval, setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { chromiumLaunchOptions } from '../support/chromium.mjs'
import { exitCodeOf, fileOf, judge, median, tableOf } from './verdict.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
const workDir = `${root}.cache/bench`

/** What can be asked for by `--only`: a name or how it begins. */
const benches = {
  ...{ ingest, open, profiles, cache: transactions, text },
  ...{ contacts, list, members, live, panel, burst },
}

/**
 * Each size often enough for a median, the small ones between the big ones. What counts is the time in which the page's thread
 * really worked, so that whatever else runs on the machine does not.
 */
async function ingest(browsers) {
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

/** Tells the seconds in which the page's thread really worked, so that whatever else runs on the machine does not count. */
async function workOf(page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN
  }
}

/** Each size in a browser of its own, for databases of one origin share their files; the repeats take turns. */
async function open(browsers) {
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
  const of = (name, unit, pick) =>
    [...found].map(([n, all]) => ({ name, n, value: median(all.map(pick)), unit }))
  return [
    ...of('open.ms', 'ms', ({ ms }) => ms),
    ...of('open.heap-mb', 'MB', ({ heapMb }) => heapMb),
    ...of('open.browser-ms', 'ms', ({ browserMs }) => browserMs),
  ]
}

async function profiles(browsers) {
  const page = await browsers.page('profiles')
  const n = 5_000
  const step = 1_000
  await page.evaluate(() => globalThis.bench.beginProfiles())
  for (let passed = step; passed <= n; passed += step) {
    await page.evaluate((count) => globalThis.bench.passBy(count, 800), step)
    say(`  ${passed} messages have passed by`)
  }
  const { requests, asked, repeated, seen } = await page.evaluate(() => globalThis.bench.endProfiles())
  return [
    { name: 'profiles.requests', n, value: requests, unit: 'requests', most: Math.ceil(seen / 100) },
    { name: 'profiles.asked', n, value: asked, unit: 'ids' },
    { name: 'profiles.seen-unknown', n, value: seen, unit: 'ids' },
    { name: 'profiles.repeated', n, value: repeated, unit: 'ids' },
  ]
}

/** An address book: what one more friend costs, and that only rows that are seen are drawn. */
async function contacts(browsers) {
  const page = await browsers.page('contacts')
  const found = new Map([1_000, 10_000].map((n) => [n, []]))
  for (let round = -1; round < 5; round++) {
    for (const [n, all] of found) {
      const one = await page.evaluate((count) => globalThis.bench.contacts(count), n)
      // The first round warms up.
      if (round >= 0) all.push(one)
    }
  }
  const of = (name, unit, pick) =>
    [...found].map(([n, all]) => ({ name, n, value: median(all.map((one) => pick(one, n))), unit }))
  return [
    ...of('contacts.us-per-friend', 'us', ({ ms }, n) => (ms * 1_000) / n),
    ...of('contacts.rows', 'rows', ({ rows }) => rows),
    ...of('contacts.redrawn', 'rows', ({ redrawn }) => redrawn),
  ]
}

/** What counts is the time in which the page's thread really worked; each size often enough for a median, in turn. */
async function list(browsers) {
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
  const of = (name, unit, pick) =>
    [...found].flatMap(([n, all]) => {
      const values = all.map(pick).filter((value) => value !== undefined)
      return values.length === 0 ? [] : [{ name, n, value: median(values), unit }]
    })
  return [
    ...of('list.mount-ms', 'ms', ({ mount }) => mount),
    ...of('list.reorder-ms', 'ms', ({ reorder }) => reorder),
    ...of('list.redrawn', 'rows', ({ redrawn }) => redrawn),
  ]
}

/**
 * A live room for half a minute, at what a backend lets through and at a flood; `n` is how many messages come in a second. The
 * best of some rounds, for whatever else runs on the machine only makes gaps longer.
 */
async function live(browsers) {
  const found = new Map([40, 1_000].map((n) => [n, []]))
  const rounds = 3
  say(
    `  ${rounds * found.size} rooms of half a minute each, ${Math.ceil((rounds * found.size * 35) / 60)} minutes`,
  )
  for (let round = 1; round <= rounds; round++) {
    for (const [n, all] of found) {
      const name = `${n} a second, round ${round} of ${rounds}`
      const page = await browsers.page(`live-${n}-${round}`)
      const watched = page.evaluate((perSecond) => globalThis.bench.live(perSecond), n)
      const one = await reported(watched, 120_000, async () => {
        const { ms, said } = await page.evaluate(() => globalThis.bench.liveSoFar())
        say(`  ${name}: ${said} said in ${(ms / 1000).toFixed(0)} s`)
      })
      await browsers.close(`live-${n}-${round}`)
      const { said, longestGapMs, typingMs, heapMb } = one
      say(
        `  ${name}: ${said} said, longest gap ${longestGapMs.toFixed(0)} ms, typing ${typingMs.toFixed(0)} ms, ` +
          `heap ${heapMb.map((mb) => mb.toFixed(1)).join(' then ')} MB`,
      )
      all.push(one)
    }
  }
  const best = (name, unit, pick) =>
    [...found].map(([n, all]) => ({ name, n, value: Math.min(...all.map(pick)), unit }))
  return [
    ...[...found].map(([n, all]) => ({
      name: 'live.dropped-high',
      n,
      value: Math.max(...all.map(({ droppedHigh }) => droppedHigh)),
      unit: 'messages',
    })),
    ...best('live.longest-gap-ms', 'ms', ({ longestGapMs }) => longestGapMs),
    ...best('live.typing-ms', 'ms', ({ typingMs }) => typingMs),
    ...best('live.heap-mb', 'MB', ({ heapMb }) => heapMb[1]),
    ...best('live.heap-grown', 'x', ({ heapMb: [early, late] }) => late / early),
  ]
}

/** Tells every ten seconds how far a work has come; one that has not ended in time never will. */
async function reported(work, mostMs, tell) {
  const watch = new AbortController()
  const { signal } = watch
  const telling = (async () => {
    for await (const _ of setInterval(10_000, undefined, { signal })) await tell()
  })()
  const late = setTimeout(mostMs, undefined, { signal }).then(() => {
    throw new Error(`not done after ${mostMs / 1000} s`)
  })
  const ends = [work, telling, late]
  try {
    return await Promise.race(ends)
  } finally {
    watch.abort()
    for (const end of ends) end.catch(() => undefined)
  }
}

/** Everything beside the same on a bare virtual list, in turns. */
const kinds = ['panel', 'bare']

/** What one more message costs however many there are, how many are in the document, and how long opening takes. */
async function panel(browsers) {
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
async function burst(browsers) {
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

/** The members of a group: opening, reading on and searching cost the same, however many there are. */
async function members(browsers) {
  const page = await browsers.page('members')
  const workedSeconds = await workOf(page)
  const steps = ['open', 'scroll', 'search']
  const found = new Map([1_000, 100_000].map((n) => [n, { open: [], scroll: [], search: [], rows: [] }]))
  for (let round = -1; round < 5; round++) {
    for (const [n, all] of found) {
      for (const step of steps) {
        const before = await workedSeconds()
        await page.evaluate(([name, count]) => globalThis.bench.members[name](count), [step, n])
        // The first round warms up.
        if (round >= 0) all[step].push(((await workedSeconds()) - before) * 1_000)
        if (round >= 0 && step === 'scroll')
          all.rows.push(await page.evaluate(() => globalThis.bench.members.rows()))
      }
      await page.evaluate(() => globalThis.bench.members.close())
    }
  }
  const of = (name, unit, pick) => [...found].map(([n, all]) => ({ name, n, value: median(pick(all)), unit }))
  return [
    ...of('members.open-ms', 'ms', ({ open }) => open),
    ...of('members.scroll-ms', 'ms', ({ scroll }) => scroll),
    ...of('members.search-ms', 'ms', ({ search }) => search),
    ...of('members.rows', 'rows', ({ rows }) => rows),
  ]
}

/** `n` is how many messages come in a second. */
async function transactions(browsers) {
  const rates = [40, 100]
  const measured = rates.map(async (n) => {
    const page = await browsers.page(`transactions-${n}`)
    const value = await page.evaluate((perSecond) => globalThis.bench.transactions(1_000, perSecond), n)
    return { name: 'cache.transactions-per-1000', n, value, unit: 'transactions' }
  })
  return Promise.all(measured)
}

/** What a character costs in a short text and in a long one, for texts that are hard to take apart; the best of some rounds. */
async function text(browsers) {
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

/** Browsers by name, each with a profile of its own that stays while the bench runs. */
function openBrowsers(url) {
  const opened = new Map()
  const { args, ...options } = chromiumLaunchOptions()
  async function open(name) {
    const context = await chromium.launchPersistentContext(`${workDir}/profiles/${name}`, {
      ...options,
      args: [...args, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
    })
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(0)
    page.on('pageerror', (error) => say(`  the page: ${error}`))
    page.on('console', (message) => say(`  the page: ${message.text()}`))
    await page.goto(url)
    return { context, page }
  }
  return {
    async page(name) {
      if (!opened.has(name)) opened.set(name, open(name))
      return (await opened.get(name)).page
    },
    async close(name) {
      const one = await opened.get(name)
      opened.delete(name)
      await one?.context.close()
    },
    async closeAll() {
      await Promise.all([...opened.keys()].map((name) => this.close(name)))
    },
  }
}

function say(text) {
  process.stdout.write(`${text}\n`)
}

async function main() {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })
  const { json, only } = values
  const names = Object.keys(benches).filter((name) => !only || name === only || only.startsWith(`${name}.`))
  if (names.length === 0) {
    say(`Nothing is called ${only}. There are: ${Object.keys(benches).join(', ')}`)
    return 1
  }
  rmSync(`${workDir}/profiles`, { recursive: true, force: true })
  mkdirSync(workDir, { recursive: true })
  await build({ configFile, logLevel: 'warn' })
  const server = await preview({ configFile, logLevel: 'warn' })
  const browsers = openBrowsers(server.resolvedUrls?.local[0])
  const measures = []
  try {
    for (const name of names) {
      say(`${name} ...`)
      measures.push(...(await benches[name](browsers)))
      await browsers.closeAll()
    }
  } finally {
    await browsers.closeAll()
    await server.close()
    rmSync(`${workDir}/profiles`, { recursive: true, force: true })
  }
  const verdicts = judge(measures)
  for (const line of tableOf(verdicts)) say(line)
  if (json) writeFileSync(json, fileOf(measures))
  return exitCodeOf(verdicts)
}

process.exitCode = await main()
