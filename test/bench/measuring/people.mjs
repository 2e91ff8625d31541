import { median } from '../verdict.mjs'
import { mediansOf } from './mediansOf.mjs'
import { say } from './say.mjs'
import { workOf } from './workOf.mjs'

/** How often people are asked about while messages pass by. */
export async function profiles(browsers) {
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
export async function contacts(browsers) {
  const page = await browsers.page('contacts')
  const found = new Map([1_000, 10_000].map((n) => [n, []]))
  for (let round = -1; round < 5; round++) {
    for (const [n, all] of found) {
      const one = await page.evaluate((count) => globalThis.bench.contacts(count), n)
      // The first round warms up.
      if (round >= 0) all.push(one)
    }
  }
  const of = mediansOf(found)
  return [
    ...of('contacts.us-per-friend', 'us', ({ ms }, n) => (ms * 1_000) / n),
    ...of('contacts.rows', 'rows', ({ rows }) => rows),
    ...of('contacts.redrawn', 'rows', ({ redrawn }) => redrawn),
  ]
}

/** The members of a group: opening, reading on and searching cost the same, however many there are. */
export async function members(browsers) {
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
