import { describe, expect, it } from 'vitest'
import { createPacer } from '../../../src/core/pace'
import type { PaceRule } from '../../../src/core/pace'
import { createFakeClock, settle } from '../../support/fakeClock'

function aPacer(...rules: readonly PaceRule[]) {
  const clock = createFakeClock(0)
  const pacer = createPacer({ clock, rules, mostWaiting: 3 })
  const begun: string[] = []
  /** Asks for a turn and writes down when it came. */
  const run = (name: string, label = '') =>
    pacer.run(name, async () => begun.push(`${name}${label}@${clock.now()}`))
  return { clock, pacer, begun, run }
}

describe('a pacer', () => {
  it('lets calls begin as often as the rule allows, in the order they came', async () => {
    const { clock, begun, run } = aPacer({ name: 'read', count: 2, perMs: 1_000 })
    void run('read', '1')
    await clock.advance(400)
    for (const label of ['2', '3', '4']) void run('read', label)
    await clock.advance(5_000)
    expect(begun).toEqual(['read1@0', 'read2@400', 'read3@1000', 'read4@1400'])
  })

  it('counts all names against the common rule, and lets no name wait for another', async () => {
    const { clock, begun, run } = aPacer(
      { name: 'count', count: 1, perMs: 60_000 },
      { name: '*', count: 3, perMs: 1_000 },
    )
    void run('count', '1')
    void run('count', '2')
    void run('a')
    void run('b')
    void run('c')
    await clock.advance(60_000)
    expect(begun).toEqual(['count1@0', 'a@0', 'b@0', 'c@1000', 'count2@60000'])
  })

  it('lets what no rule names begin at once', async () => {
    const { begun, run } = aPacer({ name: 'read', count: 1, perMs: 1_000 })
    void run('write')
    void run('write')
    await settle()
    expect(begun).toEqual(['write@0', 'write@0'])
  })

  it('refuses what would wait behind too many', async () => {
    const { pacer, run } = aPacer({ name: 'read', count: 1, perMs: 1_000 })
    const calls = [1, 2, 3, 4, 5].map((n) => run('read', String(n)))
    await expect(calls[4]).rejects.toMatchObject({ kind: 'too-often', retry: 'later' })
    const rest = Promise.allSettled(calls)
    pacer.stop()
    await rest
  })

  it('leaves a backend alone until it wants to hear again', async () => {
    const { clock, pacer, begun, run } = aPacer({ name: 'read', count: 5, perMs: 1_000 })
    pacer.holdUntil('read', 7_000)
    void run('read')
    void run('write')
    await clock.advance(10_000)
    expect(begun).toEqual(['write@0', 'read@7000'])
  })

  it('is not held up for ever by a moment that no clock reaches', async () => {
    const { clock, pacer, begun, run } = aPacer({ name: 'read', count: 5, perMs: 1_000 })
    pacer.holdUntil('read', 4e15)
    void run('read')
    await clock.advance(3_600_000)
    expect(begun).toEqual(['read@3600000'])
  })

  it('does not wait longer when the device clock is set back', async () => {
    let now = 1_000_000
    const clock = createFakeClock(0)
    const pacer = createPacer({
      clock: { now: () => now, after: clock.after },
      rules: [{ name: 'read', count: 1, perMs: 1_000 }],
    })
    await pacer.run('read', async () => 1)
    now = 0
    await expect(pacer.run('read', async () => 2)).resolves.toBe(2)
  })

  it('passes on what the work throws, and goes on', async () => {
    const { pacer } = aPacer({ name: 'read', count: 2, perMs: 1_000 })
    await expect(pacer.run('read', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await expect(
      pacer.run('read', () => {
        throw new Error('at once')
      }),
    ).rejects.toThrow('at once')
  })

  it('shares work under way, and begins anew afterwards', async () => {
    const { pacer } = aPacer()
    let done = 0
    const work = async () => ++done
    expect(await Promise.all([pacer.share('k', work), pacer.share('k', work)])).toEqual([1, 1])
    expect(await pacer.share('k', work)).toBe(2)
  })

  it('refuses what waits when it stops, and leaves no timer', async () => {
    const { clock, pacer, begun, run } = aPacer({ name: 'read', count: 1, perMs: 1_000 })
    await run('read')
    const waiting = run('read')
    pacer.stop()
    await expect(waiting).rejects.toMatchObject({ kind: 'offline', retry: 'later' })
    await clock.advance(10_000)
    expect(begun).toEqual(['read@0'])
  })

  it('takes back a call that waits', async () => {
    const { clock, pacer, begun, run } = aPacer({ name: 'read', count: 1, perMs: 1_000 })
    void run('read', '1')
    const task = pacer.enter('read', async () => begun.push('never'))
    void run('read', '3')
    task.cancel()
    await expect(task.result).rejects.toMatchObject({ kind: 'cancelled' })
    await clock.advance(5_000)
    expect(begun).toEqual(['read1@0', 'read3@1000'])
  })
})
