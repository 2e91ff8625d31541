import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Allowance, chooseByPriority } from '../../../src/core/live'
import type { Priority } from '../../../src/model'

const priority = fc.constantFrom<Priority | undefined>('high', 'normal', 'low', 'lowest', undefined)
const burst = fc.array(
  priority.map((it) => (it === undefined ? {} : { priority: it })),
  { maxLength: 60 },
)
const RANKS = { high: 3, normal: 2, low: 1, lowest: 0 } as const
const rankOf = (item: { priority?: Priority }) => RANKS[item.priority ?? 'normal']

describe('chooseByPriority', () => {
  it('never drops what is of high priority, keeps the order, and counts what it drops', () => {
    fc.assert(
      fc.property(burst, fc.integer({ min: 0, max: 70 }), (items, room) => {
        const { taken, dropped } = chooseByPriority(items, room)
        const highs = items.filter((item) => rankOf(item) === 3)
        expect(taken.filter((item) => rankOf(item) === 3)).toEqual(highs)
        expect(taken).toEqual(items.filter((item) => taken.includes(item)))
        expect(taken.length).toBe(Math.min(items.length, Math.max(room, highs.length)))
        expect(dropped.normal + dropped.low + dropped.lowest).toBe(items.length - taken.length)
      }),
    )
  })

  it('drops nothing while something less important is taken', () => {
    fc.assert(
      fc.property(burst, fc.integer({ min: 0, max: 70 }), (items, room) => {
        const { taken } = chooseByPriority(items, room)
        const left = items.filter((item) => !taken.includes(item))
        const lowestTaken = Math.min(...taken.map(rankOf))
        for (const item of left) expect(rankOf(item)).toBeLessThanOrEqual(lowestTaken)
      }),
    )
  })

  it('takes the newest of those that are equal', () => {
    const items = ['a', 'b', 'c'].map((name) => ({ name, priority: 'low' as const }))
    expect(chooseByPriority(items, 2).taken.map(({ name }) => name)).toEqual(['b', 'c'])
  })
})

describe('An allowance', () => {
  it('lets through no more than its rate over any time, but for what a quiet second saved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.nat(200)), { maxLength: 40 }),
        (perSecond, steps) => {
          const allowance = new Allowance(perSecond)
          let now = 0
          let passed = 0
          for (const [ms, wanted] of steps) {
            now += ms
            const count = Math.min(wanted, allowance.room(now))
            allowance.use(count)
            passed += count
          }
          expect(passed).toBeLessThanOrEqual(perSecond + (now / 1000) * perSecond + 1e-6)
        },
      ),
    )
  })

  it('goes on when the clock is set back', () => {
    const allowance = new Allowance(10)
    allowance.use(allowance.room(5_000))
    expect(allowance.room(1_000)).toBe(0)
    expect(allowance.room(1_500)).toBe(5)
  })
})
