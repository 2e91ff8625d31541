import { describe, expect, it } from 'vitest'
import type { Archive, ArchiveEntry, ArchivePage } from '../../../../src/transports/xmpp/archive/archive'
import { readStamp } from '../../../../src/transports/xmpp/archive/stamps'
import { createUnread } from '../../../../src/transports/xmpp/conversations/unread'
import { createDelivery } from '../../../../src/transports/xmpp/messages/delivery'
import { createIntake } from '../../../../src/transports/xmpp/messages/intake'
import type { Rooms } from '../../../../src/transports/xmpp/rooms/rooms'
import { NS } from '../../../../src/transports/xmpp/wire/namespaces'
import { xml } from '../../../../src/transports/xmpp/wire/xml'
import type { Xml, XmlContent } from '../../../../src/transports/xmpp/wire/xml'
import type { FakeClock } from '../../../support/fakeClock'
import { settle } from '../../../support/fakeClock'
import { fakeWire } from '../../../support/fakeWire'

const ROOM = 'room@rooms.parley.test'
const EMPTY: ArchivePage = { entries: [], isComplete: true }

const message = (...content: readonly XmlContent[]): Xml =>
  xml('message', { from: 'bob@parley.test/x', to: 'alice@parley.test', type: 'chat', id: 'm1' }, ...content)
const body = (text: string) => xml('body', {}, text)

/** An intake whose archives answer what they are given, when they are let. */
function stage() {
  const wire = fakeWire(() => xml('iq'))
  const kept: ArchiveEntry[] = []
  const gates = new Map<string, () => void>()
  const archive: Archive = {
    area: {},
    isOffered: () => true,
    async query({ room, before }) {
      const name = room ?? 'own'
      if (before === '') await new Promise<void>((resolve) => gates.set(name, resolve))
      return before === '' || room !== undefined ? EMPTY : { entries: kept, isComplete: true, lastId: 'a1' }
    },
  }
  const rooms = {
    get: () => ({ isJoined: true }),
    isRoom: (jid: string) => jid === ROOM,
    isOpen: () => true,
    learn: async () => new Set([NS.archive]),
  } as unknown as Rooms
  const intake = createIntake({
    wire,
    archive,
    rooms,
    delivery: createDelivery(wire),
    unread: createUnread(),
  })
  const received = () => wire.events.flatMap((event) => (event.type === 'message.received' ? [event] : []))
  return { wire, intake, kept, gates, received, clock: wire.clock as FakeClock }
}

describe('what comes while archives are begun', () => {
  it('is told once, out of its own archive, whichever of them is ready first', async () => {
    const { wire, intake, kept, gates, received, clock } = stage()
    const start = { me: wire.me()!, checkpoint: undefined, isFirst: true }
    const begun = [intake.area.catchUp?.(start), intake.follow(ROOM)]
    await settle()
    const stanza = message(
      body('hello'),
      xml('stanza-id', { xmlns: NS.ids, by: 'alice@parley.test', id: 'a1' }),
    )
    intake.area.onMessage?.(stanza)
    kept.push({ id: 'a1', stamp: readStamp('2026-11-20T12:00:00Z')!, stanza })
    gates.get(ROOM)?.()
    await settle()
    gates.get('own')?.()
    await Promise.all(begun)
    await clock.advance(30_000)
    expect(received().flatMap(({ messages }) => messages)).toMatchObject([
      { keys: ['archive:a1', 'client:bob:m1'], parts: [{ text: 'hello' }] },
    ])
  })
})

describe('a stamp on a message that no archive holds', () => {
  it.each([
    ['of the past says when it was sent', '2026-11-19T12:00:00Z', Date.UTC(2026, 10, 19, 12), false],
    [
      'of a time to come is nobody’s but its sender’s',
      '2031-01-01T00:00:00Z',
      Date.UTC(2026, 10, 20, 12),
      true,
    ],
  ])('%s', (_, stamp, sentAt, isLive) => {
    const { intake, received } = stage()
    intake.area.onMessage?.(message(body('hello'), xml('delay', { xmlns: NS.delay, stamp })))
    expect(received()).toMatchObject([{ isLive, messages: [{ sentAt }] }])
  })
})
