import { say } from './say.mjs'

/**
 * A live room for half a minute, at what a backend lets through and at a flood; `n` is how many messages come in a second. The
 * best of some rounds, for whatever else runs on the machine only makes gaps longer.
 */
export async function live(browsers) {
  const found = new Map([40, 1_000].map((n) => [n, []]))
  for (let round = 0; round < 3; round++) {
    for (const [n, all] of found) {
      const page = await browsers.page(`live-${n}-${round}`)
      const one = await page.evaluate((perSecond) => globalThis.bench.live(perSecond), n)
      await browsers.close(`live-${n}-${round}`)
      say(`  ${n} a second: ${one.said} said, longest gap ${one.longestGapMs.toFixed(0)} ms`)
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
