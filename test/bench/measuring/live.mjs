import { setInterval, setTimeout } from 'node:timers/promises'
import { say } from './say.mjs'

/**
 * A live room for half a minute, at what a backend lets through and at a flood; `n` is how many messages come in a second. The
 * best of some rounds, for whatever else runs on the machine only makes gaps longer.
 */
export async function live(browsers) {
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
