import { describe, expect, it } from 'vitest'
import { createServerClock } from '../../../src/core/session'
import { createFakeClock } from '../../support/fakeClock'

const YEAR = 365.25 * 86_400_000

describe('the server clock', () => {
  it('is the device clock until something was measured', () => {
    const clock = createFakeClock(1_000)
    expect(createServerClock(clock).serverNow()).toBe(1_000)
  })

  it('believes the most exact measurements, and of those the middle one', () => {
    const server = createServerClock(createFakeClock(0))
    server.measured(90_000, 800)
    server.measured(5_010, 12)
    server.measured(5_000, 10)
    server.measured(7_000, 11)
    expect(server.offsetMs()).toBe(5_010)
    expect(server.serverNow()).toBe(5_010)
  })

  it('follows a device clock that is set right', () => {
    const server = createServerClock(createFakeClock(0))
    for (let n = 0; n < 8; n++) server.measured(3_600_000, 5)
    for (let n = 0; n < 5; n++) server.measured(0, 10)
    expect(server.offsetMs()).toBe(0)
  })

  const absurd: readonly (readonly [number, number])[] = [
    [Number.NaN, 0],
    [Infinity, 0],
    [11 * YEAR, 0],
    [-11 * YEAR, 0],
    [1, Number.NaN],
    [1, -1],
  ]
  it.each(absurd)('does not believe an offset of %d with an error of %d', (offsetMs, errorMs) => {
    const server = createServerClock(createFakeClock(0))
    expect(server.measured(offsetMs, errorMs)).toBe(false)
    expect(server.offsetMs()).toBe(0)
  })

  it('says so when the device is days away', () => {
    const server = createServerClock(createFakeClock(0))
    server.measured(3_600_000, 0)
    expect(server.skewError()).toBeUndefined()
    server.measured(2 * 86_400_000, 0)
    server.measured(2 * 86_400_000, 0)
    expect(server.skewError()).toMatchObject({ code: 'clock-skewed' })
  })
})
