import { describe, expect, it } from 'vitest'
import { isStale, Lookup } from '../../../src/core/profiles'
import type { LookupOptions } from '../../../src/core/profiles'
import { ChatError } from '../../../src/model'
import { createFakeClock, settle } from '../../support/fakeClock'

/** A lookup over an owner that answers at once, unless a test says otherwise. */
function setUp(options: Partial<LookupOptions> = {}) {
  const clock = createFakeClock()
  const heardAtById = new Map<string, number>()
  const missing = new Set<string>()
  const asked: (readonly string[])[] = []
  const errors: unknown[] = []
  const world = { isOnline: true, answer: async (ids: readonly string[]): Promise<readonly string[]> => ids }
  const lookup = new Lookup({
    clock,
    batchSize: () => 3,
    canAsk: () => world.isOnline,
    isUnknown: (id) => !heardAtById.has(id),
    isStale(id, maxAgeMs) {
      const heardAt = heardAtById.get(id)
      const known = { isMissing: missing.has(id), isPushed: id.startsWith('friend') }
      return isStale(
        { ...known, ...(heardAt !== undefined && { heardAt }) },
        clock.now(),
        -Infinity,
        maxAgeMs,
      )
    },
    async fetch(ids) {
      asked.push(ids)
      const answered = await world.answer(ids)
      for (const id of answered) heardAtById.set(id, clock.now())
      return answered
    },
    onRefused(id) {
      missing.add(id)
      heardAtById.set(id, clock.now())
    },
    onError: (error) => errors.push(error),
    ...options,
  })
  return { clock, lookup, asked, errors, heardAtById, missing, world }
}

describe('Lookup', () => {
  it('gathers what is wanted within a moment, each id once, in chunks', async () => {
    const { clock, lookup, asked } = setUp()
    lookup.watch(['a', 'b'])
    lookup.watch(['b', 'c', 'd'])
    expect(asked).toEqual([])
    await clock.advance(20)
    expect(asked).toEqual([['a', 'b', 'c'], ['d']])
    lookup.watch(['a', 'd'])
    await clock.advance(1_000)
    expect(asked).toHaveLength(2)
  })

  it('never asks for what left the screen before the question left', async () => {
    const { clock, lookup, asked } = setUp()
    const stop = lookup.watch(['a', 'b'])
    lookup.watch(['b'])
    stop()
    stop()
    await clock.advance(20)
    expect(asked).toEqual([['b']])
  })

  it('loads what is not on screen where it is told to', async () => {
    const { clock, lookup, asked } = setUp()
    lookup.load(['a'])
    await clock.advance(20)
    lookup.load(['a'])
    await clock.advance(1_000)
    expect(asked).toEqual([['a']])
    lookup.load(['a'], true)
    await clock.advance(1_000)
    expect(asked).toHaveLength(2)
  })

  it('does not ask for an id that is on its way, and takes that answer for it', async () => {
    let answer: (ids: readonly string[]) => void = () => {}
    const { clock, lookup, asked, world } = setUp()
    world.answer = () => new Promise((resolve) => (answer = resolve))
    lookup.watch(['a'])
    await clock.advance(20)
    lookup.load(['a'], true)
    await clock.advance(1_000)
    answer(['a'])
    await clock.advance(1_000)
    expect(asked).toEqual([['a']])
  })

  it('shows what the cache knows and asks only for what is old there', async () => {
    const ages = { old: 2 * 60 * 60_000, fresh: 1_000 }
    const read: (readonly string[])[] = []
    const { clock, lookup, asked, heardAtById } = setUp({
      async readCache(ids) {
        read.push(ids)
        for (const [id, ageMs] of Object.entries(ages)) heardAtById.set(id, clock.now() - ageMs)
      },
    })
    lookup.watch(['old', 'fresh', 'new'])
    await clock.advance(20)
    expect(read).toEqual([['old', 'fresh', 'new']])
    expect(asked).toEqual([['old', 'new']])
  })

  it('reads the cache without a network, and asks once there is one', async () => {
    const read: (readonly string[])[] = []
    const { clock, lookup, asked, world } = setUp({ readCache: async (ids) => void read.push(ids) })
    world.isOnline = false
    lookup.watch(['a'])
    await clock.advance(60_000)
    expect([read, asked]).toEqual([[['a']], []])
    world.isOnline = true
    lookup.resume()
    await clock.advance(20)
    expect([read, asked]).toEqual([[['a']], [['a']]])
  })

  it('goes on where the cache cannot be read', async () => {
    const { clock, lookup, asked, errors } = setUp({ readCache: () => Promise.reject(new Error('broken')) })
    lookup.watch(['a'])
    await clock.advance(20)
    expect(asked).toEqual([['a']])
    expect(errors).toHaveLength(1)
  })

  it('asks again by itself after a failure, later each time, and at once when it is online again', async () => {
    const { clock, lookup, asked, world, errors } = setUp()
    world.answer = () => Promise.reject(new Error('down'))
    lookup.watch(['a'])
    await clock.advance(20)
    lookup.watch(['a'])
    await clock.advance(4_900)
    expect(asked).toHaveLength(1)
    await clock.advance(500)
    expect(asked).toHaveLength(2)
    await clock.advance(9_000)
    expect(asked).toHaveLength(2)
    await clock.advance(1_500)
    expect([asked.length, errors.length]).toEqual([3, 3])
    world.answer = async (ids) => ids
    lookup.resume()
    await clock.advance(500)
    expect(asked).toHaveLength(4)
    await clock.advance(240_000)
    expect(asked).toHaveLength(4)
  })

  it('asks again where no answer comes, and takes the late one all the same', async () => {
    const { clock, lookup, asked, errors, heardAtById, world } = setUp()
    let answerLate: ((ids: readonly string[]) => void) | undefined
    world.answer = (ids) =>
      asked.length === 1 ? new Promise((resolve) => (answerLate = resolve)) : Promise.resolve(ids)
    lookup.watch(['a'])
    await clock.advance(14_000)
    expect(asked).toEqual([['a']])
    await clock.advance(7_000)
    expect(errors).toMatchObject([{ domain: 'parley', code: 'no-answer' }])
    expect(asked).toEqual([['a'], ['a']])
    expect(heardAtById.has('a')).toBe(true)
    answerLate?.(['a'])
    await settle()
    expect(errors).toHaveLength(1)
  })

  it('waits five minutes at the most, however often an id fails', async () => {
    const { clock, lookup, asked, world } = setUp()
    world.answer = () => Promise.reject(new Error('down'))
    lookup.watch(['a'])
    await clock.advance(60 * 60_000)
    expect(asked.length).toBeGreaterThan(14)
    expect(asked.length).toBeLessThan(20)
  })

  it.each([
    ['a failure', new ChatError({ code: 'x', kind: 'offline' })],
    ['a refusal for asking too often', new ChatError({ code: 'x', kind: 'too-often' })],
  ])('asks again after %s though the clock was set back meanwhile', async (_, refusal) => {
    let setBackMs = 0
    const real = createFakeClock()
    const { lookup, asked, world } = setUp({
      clock: { now: () => real.now() - setBackMs, after: real.after },
    })
    world.answer = () => Promise.reject(refusal)
    lookup.watch(['a'])
    await real.advance(20)
    setBackMs = 3_600_000
    world.answer = async (ids) => ids
    await real.advance(6_000)
    expect(asked).toEqual([['a'], ['a']])
  })

  it('does not ask again after a failure for what nobody looks at any more', async () => {
    const { clock, lookup, asked, world } = setUp()
    world.answer = () => Promise.reject(new Error('down'))
    const stop = lookup.watch(['a'])
    await clock.advance(20)
    stop()
    await clock.advance(600_000)
    expect(asked).toHaveLength(1)
  })

  it('asks again for an id that was not answered', async () => {
    const { clock, lookup, asked, world } = setUp()
    world.answer = async (ids) => ids.filter((id) => id !== 'b')
    lookup.watch(['a', 'b'])
    await clock.advance(6_000)
    expect(asked).toEqual([['a', 'b'], ['b']])
  })

  it.each([
    { domain: 'tencent', code: 10018, kind: 'other' },
    { domain: 'tencent', code: '70206', kind: 'other' },
    { code: 'x', kind: 'too-large' },
  ] as const)('asks for half where it is told to ask for less ($code, $kind)', async (error) => {
    const { clock, lookup, asked, world, errors } = setUp({ batchSize: () => 5 })
    world.answer = async (ids) => {
      if (ids.length > 2) throw new ChatError(error)
      return ids
    }
    lookup.watch(['a', 'b', 'c', 'd', 'e'])
    await clock.advance(600_000)
    expect(asked.map((ids) => ids.join(''))).toEqual(['abcde', 'abc', 'ab', 'c', 'de'])
    expect(errors).toEqual([])
  })

  it('finds the one id that is refused, and does not ask for it in vain', async () => {
    const { clock, lookup, asked, world, missing } = setUp({ batchSize: () => 4 })
    world.answer = async (ids) => {
      if (ids.includes('bad')) throw new ChatError({ code: 1, kind: 'invalid' })
      return ids
    }
    lookup.watch(['a', 'bad', 'c', 'd'])
    await clock.advance(60_000)
    expect([...missing]).toEqual(['bad'])
    expect(asked).toHaveLength(5)
  })

  it('asks nothing before the moment that a refusal for asking too often names', async () => {
    const { clock, lookup, asked, world } = setUp()
    const untilAt = clock.now() + 90_000
    world.answer = () => Promise.reject(new ChatError({ code: 1, kind: 'too-often', untilAt }))
    lookup.watch(['a'])
    await clock.advance(20)
    world.answer = async (ids) => ids
    lookup.watch(['b'])
    lookup.load(['c'], true)
    await clock.advance(89_000)
    expect(asked).toEqual([['a']])
    await clock.advance(2_000)
    expect(asked.slice(1).flat().toSorted()).toEqual(['a', 'b', 'c'])
  })

  it('is not held up for ever by a moment that no clock reaches', async () => {
    const { clock, lookup, asked, world } = setUp()
    world.answer = () => Promise.reject(new ChatError({ code: 1, kind: 'too-often', untilAt: 8e15 }))
    lookup.watch(['a'])
    await clock.advance(61 * 60_000)
    expect(asked).toHaveLength(2)
  })

  it('looks again at what stays on screen: strangers age, friends do not', async () => {
    const { clock, lookup, asked, heardAtById, missing } = setUp()
    heardAtById.set('friend', clock.now()).set('nobody', clock.now())
    missing.add('nobody')
    lookup.watch(['friend', 'stranger', 'nobody'])
    await clock.advance(9 * 60_000)
    expect(asked).toEqual([['stranger']])
    await clock.advance(6 * 60_000)
    expect(asked.slice(1)).toEqual([['nobody']])
    await clock.advance(60 * 60_000)
    expect(asked.flat().filter((id) => id === 'stranger')).toHaveLength(2)
    expect(asked.flat()).not.toContain('friend')
  })

  it('asks once more for what is shown when that is in doubt, and for nothing else', async () => {
    const { clock, lookup, asked } = setUp()
    lookup.watch(['a'])
    lookup.load(['elsewhere'])
    await clock.advance(1_000)
    lookup.resume(0)
    await clock.advance(600_000)
    expect(asked).toEqual([['a', 'elsewhere'], ['a']])
  })

  it.each([4, 20, 100])(
    'asks once for 100 at the most while 5,000 messages of 800 senders pass by, %i ms apart each five',
    async (ms) => {
      const { clock, lookup, asked } = setUp({ batchSize: () => 100 })
      const visible: (() => void)[] = []
      for (let place = 0; place < 5_000; place++) {
        visible.push(lookup.watch([`user ${(place * 7) % 800}`]))
        if (visible.length > 20) visible.shift()?.()
        if (place % 5 === 0) await clock.advance(ms)
      }
      await clock.advance(1_000)
      const ids = asked.flat()
      expect(new Set(ids).size).toBe(ids.length)
      expect(asked.length).toBeLessThanOrEqual(8)
      // Those who were there at the start and those who stay are not forgotten.
      expect(ids).toContain('user 0')
      expect(ids).toEqual(expect.arrayContaining([`user ${(4_999 * 7) % 800}`]))
    },
  )

  it('asks about whoever stays while others pass by, and with him about those on screen', async () => {
    const { clock, lookup, asked } = setUp({ batchSize: () => 100 })
    lookup.watch(['first'])
    await clock.advance(20)
    lookup.watch(['staying'])
    for (let i = 0; i < 12; i++) {
      const stop = lookup.watch([`passing ${i}`])
      await clock.advance(50)
      if (i < 11) stop()
    }
    await clock.advance(1_000)
    expect(asked).toEqual([['first'], ['staying', 'passing 9'], ['passing 11']])
  })
})

describe('a lookup under random use', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))('seed %i', async (seed) => {
    const random = createRandom(seed)
    const size = 1 + Math.floor(random() * 8)
    const { clock, lookup, asked, heardAtById, world } = setUp({ batchSize: () => size })
    const open = new Set<string>()
    const wrong: string[] = []
    const watching: { readonly id: string; readonly stop: () => void }[] = []
    world.answer = async (ids) => {
      if (ids.length > size) wrong.push(`${ids.length} at once`)
      for (const id of ids) {
        if (open.has(id)) wrong.push(`${id} was on its way`)
        if (heardAtById.has(id)) wrong.push(`${id} was known`)
        open.add(id)
      }
      await new Promise<void>((resolve) => clock.after(Math.floor(random() * 300), resolve))
      for (const id of ids) open.delete(id)
      const dice = random()
      if (dice < 0.15) throw new ChatError({ code: 'down', kind: 'offline' })
      if (dice < 0.3) throw new ChatError({ code: 10018, kind: 'other' })
      if (dice < 0.35) throw new ChatError({ code: 1, kind: 'too-often' })
      return ids.filter(() => random() > 0.1)
    }
    for (let step = 0; step < 200; step++) {
      if (random() < 0.05) {
        world.isOnline = !world.isOnline
        if (world.isOnline) lookup.resume()
      }
      if (random() < 0.6 || watching.length === 0) {
        const id = `u${Math.floor(random() * 30)}`
        watching.push({ id, stop: lookup.watch([id]) })
      } else {
        watching.splice(Math.floor(random() * watching.length), 1)[0]?.stop()
      }
      await clock.advance(Math.floor(random() * 60))
    }
    world.isOnline = true
    lookup.resume()
    await clock.advance(50 * 60_000)
    await settle()
    expect(wrong).toEqual([])
    expect(watching.filter(({ id }) => !heardAtById.has(id))).toEqual([])
    expect(asked.length).toBeGreaterThan(0)
  })
})

/** Numbers from 0 to 1 that a seed decides. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
