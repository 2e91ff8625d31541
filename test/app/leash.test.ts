import { describe, expect, it } from 'vitest'
import { leash } from '../../src/app/leash'
import { createFakeClock } from '../support/fakeClock'

function setUp() {
  const clock = createFakeClock()
  const leashed = leash(clock)
  const done: string[] = []
  const wait = (ms: number, what: string) => leashed.after(ms, () => done.push(what))
  return { clock, leashed, done, wait }
}

describe('a leashed clock', () => {
  it('tells the time and runs what falls due, as the clock it holds', async () => {
    const { clock, leashed, done, wait } = setUp()
    wait(10, 'soon')
    wait(1_000, 'late')
    expect(leashed.now()).toBe(clock.now())
    await clock.advance(10)
    expect(done).toEqual(['soon'])
  })

  it('lets one timer be called off without touching the others', async () => {
    const { clock, done, wait } = setUp()
    const callOff = wait(10, 'called off')
    wait(10, 'kept')
    callOff()
    await clock.advance(10)
    expect(done).toEqual(['kept'])
  })

  it('calls off all that waits, and lets nothing wait any more', async () => {
    const { clock, leashed, done, wait } = setUp()
    wait(10, 'one')
    wait(20, 'two')
    leashed.stopAll()
    wait(10, 'three')()
    wait(10, 'four')
    await clock.advance(1_000)
    expect(done).toEqual([])
  })
})
