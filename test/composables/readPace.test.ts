import { expect, it } from 'vitest'
import { createReadPace } from '../../src/composables/readPace'
import { createFakeClock } from '../support/fakeClock'

function setUp() {
  const clock = createFakeClock()
  const startAt = clock.now()
  const told: (readonly [atMs: number, what: number])[] = []
  const pace = createReadPace(clock)
  const read = (what: number) => pace.tell(() => told.push([clock.now() - startAt, what]))
  return { clock, pace, read, told }
}

it('tells at once what is read now and then', async () => {
  const { clock, read, told } = setUp()
  read(1)
  await clock.advance(2_500)
  read(2)
  expect(told).toEqual([
    [0, 1],
    [2_500, 2],
  ])
})

it('tells the last only, ever more seldom, while more is read all the time', async () => {
  const { clock, read, told } = setUp()
  for (let i = 0; i < 400; i++) {
    read(i)
    await clock.advance(100)
  }
  await clock.advance(20_000)
  expect(told.map(([atMs]) => atMs)).toEqual([0, 2_000, 6_000, 14_000, 30_000, 46_000])
  expect(told.at(-1)?.[1]).toBe(399)
})

it('tells soon again after a rest', async () => {
  const { clock, read, told } = setUp()
  for (let i = 0; i < 50; i++) {
    read(i)
    await clock.advance(100)
  }
  await clock.advance(60_000)
  read(100)
  read(101)
  await clock.advance(2_000)
  expect(told.slice(-2)).toEqual([
    [65_000, 100],
    [67_000, 101],
  ])
})

it('tells what waits when it is in a hurry, and nothing twice', async () => {
  const { clock, pace, read, told } = setUp()
  read(1)
  read(2)
  pace.hurry()
  pace.hurry()
  await clock.advance(60_000)
  expect(told).toEqual([
    [0, 1],
    [0, 2],
  ])
})
