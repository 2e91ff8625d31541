import { describe, expect, it } from 'vitest'
import { createRooms } from '../../../../src/transports/xmpp/rooms/rooms'
import { NS } from '../../../../src/transports/xmpp/wire/namespaces'
import { attrOf, xml } from '../../../../src/transports/xmpp/wire/xml'
import type { FakeClock } from '../../../support/fakeClock'
import { fakeWire } from '../../../support/fakeWire'

const ROOM = 'room@rooms.parley.test'

/** Alice in a room, and how often she has asked to be let in. */
async function inside() {
  const wire = fakeWire(() => xml('iq'))
  const rooms = createRooms(wire)
  const present = (type: string | undefined, ...codes: readonly string[]) => {
    const statuses = codes.map((code) => xml('status', { code }))
    const x = xml('x', { xmlns: NS.roomsUser }, xml('item', { affiliation: 'member' }), statuses)
    rooms.area.onPresence?.(xml('presence', { from: `${ROOM}/alice`, type }, x))
  }
  const joined = rooms.join(ROOM)
  present(undefined, '110')
  await joined
  const asked = () => wire.sent.filter((stanza) => attrOf(stanza, 'to') === `${ROOM}/alice`).length
  return { rooms, present, asked, clock: wire.clock as FakeClock }
}

describe('whoever is let go of a room', () => {
  it.each(['332', '333 307', '333 110'])('by a machine, with %s, comes back', async (codes) => {
    const { rooms, present, asked, clock } = await inside()
    present('unavailable', ...codes.split(' '))
    expect(rooms.get(ROOM)?.isJoined).toBe(false)
    await clock.advance(5_000)
    expect(asked()).toBe(2)
    present(undefined, '110')
    expect(rooms.get(ROOM)?.isJoined).toBe(true)
    await clock.advance(60_000)
    expect(asked()).toBe(2)
  })

  it.each(['301', '307', '321'])('by a person, with %s, stays out', async (code) => {
    const { rooms, present, asked, clock } = await inside()
    present('unavailable', '110', code)
    await clock.advance(60_000)
    expect(rooms.get(ROOM)).toBeUndefined()
    expect(asked()).toBe(1)
  })
})
