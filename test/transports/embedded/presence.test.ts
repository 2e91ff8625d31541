import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Presence } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { createAttendance } from '../../../src/transports/embedded/attendance'
import type { Channel, Signal } from '../../../src/transports/embedded/channel'
import { createVirtualClock } from '../../support/virtualClock'
import type { VirtualClock } from '../../support/virtualClock'
import { visit } from './visit'
import type { Visit } from './visit'

const lastOf = (person: Visit, userId: string): Presence | undefined =>
  person
    .told('presence.changed')
    .flatMap(({ presences }) => presences)
    .findLast((one) => one.userId === userId)

describe('Presence', () => {
  let clock: VirtualClock
  let service: EmbeddedService
  let alice: Visit

  beforeEach(async () => {
    clock = createVirtualClock()
    service = createEmbeddedService({ storage: 'memory', clock })
    for (const id of ['alice', 'bob']) await service.addUser({ id })
    alice = await visit(service, 'alice')
  })
  afterEach(() => service.close())

  it('is told at once, and whenever somebody comes or goes with his last device', async () => {
    alice.transport.presence!.watch(['bob', 'nobody'])
    await alice.until(() => expect(lastOf(alice, 'bob')).toEqual({ userId: 'bob', state: 'offline' }))
    expect(lastOf(alice, 'nobody')).toEqual({ userId: 'nobody', state: 'unknown' })
    const phone = await visit(service, 'bob')
    await alice.until(() => expect(lastOf(alice, 'bob')).toEqual({ userId: 'bob', state: 'online' }))
    const tablet = await visit(service, 'bob')
    await phone.transport.disconnect()
    await clock.advance(1_000)
    expect(lastOf(alice, 'bob')).toEqual({ userId: 'bob', state: 'online' })
    const leftAt = clock.now()
    await tablet.transport.disconnect()
    await alice.until(() =>
      expect(lastOf(alice, 'bob')).toEqual({ userId: 'bob', state: 'offline', lastSeenAt: leftAt }),
    )
  })

  it('is hidden from whoever is blocked', async () => {
    const bob = await visit(service, 'bob')
    await bob.transport.contacts!.setBlocked!(['alice'], true)
    alice.transport.presence!.watch(['bob'])
    await alice.until(() => expect(lastOf(alice, 'bob')).toEqual({ userId: 'bob', state: 'unknown' }))
  })

  it('is told no more once nobody watches, though somebody else still does', async () => {
    const stop = alice.transport.presence!.watch(['bob'])
    const stopOther = alice.transport.presence!.watch(['bob'])
    await alice.until(() => expect(lastOf(alice, 'bob')).toBeDefined())
    stop()
    stop()
    const bob = await visit(service, 'bob')
    await alice.until(() => expect(lastOf(alice, 'bob')?.state).toBe('online'))
    stopOther()
    const before = alice.told('presence.changed').length
    await bob.transport.disconnect()
    await alice.transport.conversations.list()
    expect(alice.told('presence.changed')).toHaveLength(before)
  })
})

describe('Attendance over tabs', () => {
  const listenersByTab: ((signal: Signal) => void)[] = []
  /** What one tab says is heard by all; a tab that is cut off is heard no more. */
  function openChannel(): Channel & { cut(): void } {
    let isCut = false
    let own: ((signal: Signal) => void) | undefined
    return {
      post: (signal) => !isCut && listenersByTab.forEach((listener) => listener(signal)),
      listen(listener) {
        own = listener
        listenersByTab.push(listener)
        return () => void listenersByTab.splice(listenersByTab.indexOf(listener), 1)
      },
      close() {},
      cut() {
        isCut = true
        if (own) listenersByTab.splice(listenersByTab.indexOf(own), 1)
      },
    }
  }

  it('counts a tab as long as a browser may hold its timers, and no longer', async () => {
    const clock = createVirtualClock()
    const mine = createAttendance({ clock, channel: openChannel(), engineId: 'mine' })
    const channel = openChannel()
    const other = createAttendance({ clock, channel, engineId: 'other' })
    const heard: string[] = []
    mine.watch((ids) => heard.push(`${ids.join()} ${mine.isHere('bob') ? 'came' : 'went'}`))
    other.enter('bob')
    expect(heard).toEqual(['bob came'])
    channel.cut()
    await clock.advance(60_000)
    expect(mine.isHere('bob')).toBe(true)
    await clock.advance(20_000)
    expect(heard).toEqual(['bob came', 'bob went'])
    mine.close()
    other.close()
  })

  it('learns who is there already, and hears a tab that closes', () => {
    const clock = createVirtualClock()
    const first = createAttendance({ clock, channel: openChannel(), engineId: 'first' })
    first.enter('bob')
    const second = createAttendance({ clock, channel: openChannel(), engineId: 'second' })
    expect(second.isHere('bob')).toBe(true)
    first.close()
    expect(second.isHere('bob')).toBe(false)
    second.close()
  })
})
