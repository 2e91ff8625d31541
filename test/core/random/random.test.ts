import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/random'

const some = <T>(draw: () => T) => Array.from({ length: 500 }, draw)

describe('chance that can be repeated', () => {
  it('is the same for the same seed, and another for another', () => {
    const of = (seed: number) => some(createRandom(seed).next)
    expect(of(7)).toEqual(of(7))
    expect(of(7)).not.toEqual(of(8))
    expect(new Set(of(7)).size).toBe(500)
  })

  it('reaches both ends of a span and nothing beyond', () => {
    const random = createRandom(1)
    expect([...new Set(some(() => random.between(2, 5)))].sort()).toEqual([2, 3, 4, 5])
    expect([...new Set(some(() => random.pick(['a', 'b'])))].sort()).toEqual(['a', 'b'])
  })

  it('never comes true at 0, always at 1, and takes no number at 0', () => {
    const [asked, quiet] = [createRandom(3), createRandom(3)]
    expect(some(() => asked.chance(0))).not.toContain(true)
    expect(asked.next()).toBe(quiet.next())
    expect(some(() => asked.chance(1))).not.toContain(false)
  })
})
