import { describe, expect, it } from 'vitest'
import {
  comparePlaces,
  followLive,
  isSure,
  joinSpan,
  spanAt,
  spansFrom,
  splitUnproven,
  withoutSure,
} from '../../../src/core/timeline'
import type { Place, Span } from '../../../src/core/timeline'

/** The same numbers for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const at = (major: number): Place => [major, '', 0]
const covered = (spans: readonly Span[], size: number) =>
  Array.from({ length: size }, (_n, i) => spanAt(spans, at(i)) !== undefined)

describe('Stretches of history', () => {
  it('cover what was told and nothing else, in order and apart, whatever the order of telling', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const next = chance(seed)
      let spans: readonly Span[] = []
      const truth = new Array<boolean>(60).fill(false)
      for (let step = 0; step < 12; step += 1) {
        const from = next(60)
        const to = Math.min(59, from + next(8))
        spans = joinSpan(spans, { from: at(from), to: at(to) }, false)
        truth.fill(true, from, to + 1)
      }
      expect(covered(spans, 60)).toEqual(truth)
      spans.forEach((span, i) => {
        const before = spans[i - 1]
        if (before) expect(comparePlaces(before.to, span.from)).toBeLessThan(0)
      })
    }
  })

  it('with dense numbers are exactly the runs of what is known', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const next = chance(seed)
      const known = new Set<number>()
      let spans: readonly Span[] = []
      for (let step = 0; step < 25; step += 1) {
        const number = next(40)
        known.add(number)
        spans = followLive(spans, at(number), 1, true)
      }
      const begins = [...known].filter((number) => !known.has(number - 1)).sort((a, b) => a - b)
      expect(spans.map(({ from }) => from[0])).toEqual(begins)
      expect(spans.at(-1)).toMatchObject({ to: at(Math.max(...known)), liveEpoch: 1 })
      expect(spans.slice(0, -1).some(({ liveEpoch }) => liveEpoch !== undefined)).toBe(false)
    }
  })

  it('are sure down to where nothing was ever missed', () => {
    const old: Span = { from: at(1), to: at(5) }
    const read = joinSpan([old], { from: at(4), to: at(8), sure: { epoch: 2, from: at(4) } }, false)
    const lived = followLive(read, at(9), 2, false)
    expect(lived.map(({ from, to }) => [from, to])).toEqual([
      [at(1), at(8)],
      [at(9), at(9)],
    ])
    const [span] = read
    expect(span && [isSure(span, at(4), 2), isSure(span, at(3), 2), isSure(span, at(4), 3)]).toEqual([
      true,
      false,
      false,
    ])
    const [whole] = joinSpan(read, { from: at(1), to: at(4), sure: { epoch: 2, from: at(1) } }, false)
    expect(whole && isSure(whole, at(1), 2)).toBe(true)
    expect(withoutSure(read).some(({ sure }) => sure)).toBe(false)
  })

  it('begin anew where an earlier one is not followed any more', () => {
    const old: Span = { from: at(1), to: at(5), older: 'start', liveEpoch: 1 }
    expect(followLive([old], at(9), 1, false)).toMatchObject([{ ...old, to: at(9) }])
    const { liveEpoch: _liveEpoch, ...doubtful } = old
    expect(followLive([old], at(9), 2, false)).toMatchObject([
      doubtful,
      { from: at(9), to: at(9), liveEpoch: 2 },
    ])
    // Told again, an old message says nothing about what came after it.
    expect(followLive([doubtful], at(5), 2, false)).toEqual([doubtful])
  })

  it('go on over an own message that was answered, and not past it once they are followed no more', () => {
    const read: Span = { from: at(1), to: at(5), liveEpoch: 1 }
    const answered = followLive([read], at(9), 1, false, true)
    expect(answered).toEqual([{ ...read, to: at(9), provenTo: at(5) }])
    const [span] = answered as [Span]
    expect(splitUnproven(span, [at(9)])).toEqual([
      { from: at(1), to: at(5) },
      { from: at(9), to: at(9) },
    ])
    // Events come in order: whatever is told proves all before it.
    expect(followLive(answered, at(7), 1, false)).toEqual([{ ...read, to: at(9), provenTo: at(7) }])
    expect(followLive(answered, at(9), 1, false)).toEqual([{ ...read, to: at(9) }])
    expect(followLive(answered, at(12), 1, false)).toMatchObject([{ from: at(1), to: at(12), liveEpoch: 1 }])
    expect(followLive(answered, at(12), 1, false)[0]).not.toHaveProperty('provenTo')
    // So does a page.
    expect(joinSpan(answered, { from: at(4), to: at(8) }, false)).toEqual([
      { ...read, to: at(9), provenTo: at(8) },
    ])
    expect(joinSpan(answered, { from: at(4), to: at(9) }, false)[0]).not.toHaveProperty('provenTo')
  })

  it('are not followed because an own message was answered', () => {
    expect(followLive([], at(9), 2, true, true)).toEqual([{ from: at(9), to: at(9) }])
    const old: Span = { from: at(1), to: at(8), liveEpoch: 1 }
    expect(followLive([old], at(9), 2, true, true)).toEqual([{ from: at(1), to: at(9) }])
    expect(followLive([old], at(11), 1, true, true)).toEqual([old, { from: at(11), to: at(11) }])
  })

  it('keep their end only where their beginning is', () => {
    const whole: Span = { from: at(1), to: at(9), older: 'start' }
    expect(joinSpan([whole], { from: at(4), to: at(12), older: 'joined' }, false)).toEqual([
      { from: at(1), to: at(12), older: 'start' },
    ])
    expect(spansFrom([whole], at(4))).toEqual([{ from: at(4), to: at(9) }])
    expect(spansFrom([whole], at(10))).toEqual([])
  })
})
