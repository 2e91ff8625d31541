import { expect, it } from 'vitest'
import { LIKES_TOLD_AFTER_MS, LikeMeter } from '../../../src/core/live'

it('tells a hundred taps as one, 3 to 5 seconds after the first', () => {
  const meter = new LikeMeter()
  expect(LIKES_TOLD_AFTER_MS).toBeGreaterThanOrEqual(3_000)
  expect(LIKES_TOLD_AFTER_MS).toBeLessThanOrEqual(5_000)
  const firsts = Array.from({ length: 100 }, (_, i) => meter.tap(i * 10))
  expect(firsts.filter(Boolean)).toHaveLength(1)
  expect(meter.take(LIKES_TOLD_AFTER_MS - 1)).toBe(0)
  expect(meter.take(LIKES_TOLD_AFTER_MS)).toBe(100)
  expect(meter.take(LIKES_TOLD_AFTER_MS * 2)).toBe(0)
})

it('loses none that could not be told, nor those before the end', () => {
  const meter = new LikeMeter()
  meter.tap(0)
  const count = meter.take(0, true)
  expect(count).toBe(1)
  meter.giveBack(count, 10)
  meter.tap(20)
  expect(meter.take(10 + LIKES_TOLD_AFTER_MS)).toBe(2)
})
