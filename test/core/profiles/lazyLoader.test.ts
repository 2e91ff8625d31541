import { describe, expect, it } from 'vitest'
import { LazyLoader } from '../../../src/core/profiles'
import { createFakeClock, settle } from '../../support/fakeClock'

function setUp(batchSize = 3) {
  const clock = createFakeClock()
  const asked: (readonly string[])[] = []
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = []
  const errors: unknown[] = []
  const loader = new LazyLoader({
    clock,
    batchSize,
    onError: (error) => errors.push(error),
    fetch(ids) {
      asked.push(ids)
      return new Promise((resolve, reject) => answers.push({ resolve, reject }))
    },
  })
  return { clock, loader, asked, answers, errors }
}

describe('LazyLoader', () => {
  it('gathers what is wanted within a moment, each id once, in chunks', async () => {
    const { clock, loader, asked } = setUp()
    loader.want(['a', 'b'])
    loader.want(['b', 'c', 'd'])
    expect(asked).toEqual([])
    await clock.advance(20)
    expect(asked).toEqual([['a', 'b', 'c'], ['d']])
  })

  it('does not ask for an id that is on its way', async () => {
    const { clock, loader, asked, answers } = setUp()
    loader.want(['a'])
    await clock.advance(20)
    loader.want(['a', 'b'])
    await clock.advance(20)
    expect(asked).toEqual([['a'], ['b']])
    answers.forEach(({ resolve }) => resolve())
    await settle()
  })

  it('asks again by itself for an id that failed, later each time', async () => {
    const { clock, loader, asked, answers, errors } = setUp()
    loader.want(['a'])
    await clock.advance(20)
    answers[0]?.reject(new Error('down'))
    await settle()
    expect(errors).toHaveLength(1)
    loader.want(['a'])
    await clock.advance(4_900)
    expect(asked).toHaveLength(1)
    await clock.advance(200)
    expect(asked).toHaveLength(2)
    answers[1]?.reject(new Error('down'))
    await clock.advance(9_000)
    expect(asked).toHaveLength(2)
    await clock.advance(2_000)
    expect(asked).toHaveLength(3)
    answers[2]?.resolve()
    await settle()
    loader.want(['a'])
    await clock.advance(20)
    expect(asked).toHaveLength(4)
  })

  it('waits five minutes at the most, however often an id fails', async () => {
    const { clock, loader, asked, answers } = setUp()
    loader.want(['a'])
    for (let failures = 1; failures <= 12; failures++) {
      await clock.advance(5 * 60_000 + 20)
      expect(asked).toHaveLength(failures)
      answers.at(-1)?.reject(new Error('down'))
      await settle()
    }
  })

  it('does not let an id that fails hold up the others', async () => {
    const { clock, loader, asked, answers } = setUp(1)
    loader.want(['a', 'b'])
    await clock.advance(20)
    answers[0]?.reject(new Error('down'))
    answers[1]?.resolve()
    await settle()
    loader.want(['b', 'c'])
    await clock.advance(20)
    expect(asked).toEqual([['a'], ['b'], ['b'], ['c']])
  })
})
