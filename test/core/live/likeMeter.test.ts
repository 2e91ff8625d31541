import { expect, it } from 'vitest'
import { LIKES_TOLD_AFTER_MS, LikeMeter } from '../../../src/core/live'

it('tells a hundred taps as one, 3 to 5 seconds after the first', () => {
  const meter = new LikeMeter()
  expect(LIKES_TOLD_AFTER_MS).toBeGreaterThanOrEqual(3_000)
  expect(LIKES_TOLD_AFTER_MS).toBeLessThanOrEqual(5_000)
  const firsts = Array.from({ length: 100 }, () => meter.tap())
  expect(firsts.filter(Boolean)).toHaveLength(1)
  expect(meter.take()).toBe(100)
  expect(meter.take()).toBe(0)
})

it('loses none that could not be told, nor those before the end', () => {
  const meter = new LikeMeter()
  meter.tap()
  const count = meter.take()
  expect(count).toBe(1)
  meter.giveBack(count)
  meter.tap()
  expect(meter.take()).toBe(2)
})
