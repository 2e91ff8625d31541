import { describe, expect, it } from 'vitest'
import { createDelivery } from '../../../../src/transports/xmpp/messages/delivery'
import { readHeard } from '../../../../src/transports/xmpp/messages/reading'
import { NS } from '../../../../src/transports/xmpp/wire/namespaces'
import { attrOf, xml } from '../../../../src/transports/xmpp/wire/xml'
import { fakeWire } from '../../../support/fakeWire'

const BOB = 'bob@parley.test'
const ROOM = 'room@rooms.parley.test'

describe('what a server that died may have kept for its sender alone', () => {
  function begin() {
    const wire = fakeWire(() => xml('iq'))
    const delivery = createDelivery(wire)
    const send = (id: string, to = BOB, type = 'chat') => {
      const stanza = xml('message', { to, type, id })
      delivery.deliver(stanza, id, async () => undefined).catch(() => undefined)
    }
    const hearReceipt = (from: string, id: string) => {
      const received = xml('received', { xmlns: NS.receipts, id })
      const me = wire.me()
      if (!me) throw new Error('nobody is signed in')
      const world = { me, nowAt: 0, isRoom: () => false, isOpen: () => false, senderOf: () => '' }
      const reading = readHeard({ stanza: xml('message', { from, to: me.full }, received) }, world)
      if (reading) delivery.seen(reading)
    }
    /** The names of what goes out when the server is back. */
    const sentAgain = (diedAt = wire.clock.now()) => {
      const before = wire.sent.length
      delivery.sendAgain(diedAt)
      return wire.sent.slice(before).map((stanza) => attrOf(stanza, 'id'))
    }
    return { wire, delivery, send, hearReceipt, sentAgain }
  }

  it('goes again in its order, once more if the server dies again', () => {
    const { send, sentAgain } = begin()
    for (const id of ['a', 'b', 'c']) send(id)
    expect(sentAgain()).toEqual(['a', 'b', 'c'])
    expect(sentAgain()).toEqual(['a', 'b', 'c'])
  })

  it('does not go again where the room has the only archive, or where it was sent long before', () => {
    const { wire, send, sentAgain } = begin()
    send('old')
    send('in a room', ROOM, 'groupchat')
    expect(sentAgain(wire.clock.now() + 60_000)).toEqual([])
  })

  it('does not go again once the receiver says that it has it, or what was sent after it', () => {
    const { send, hearReceipt, sentAgain } = begin()
    for (const id of ['a', 'b', 'c']) send(id)
    send('to carol', 'carol@parley.test')
    hearReceipt('mallory@parley.test/x', 'c')
    hearReceipt(`${BOB}/phone`, 'b')
    expect(sentAgain()).toEqual(['c', 'to carol'])
  })

  it('is forgotten with whoever was signed in', () => {
    const { delivery, send, sentAgain } = begin()
    send('a')
    delivery.forget()
    expect(sentAgain()).toEqual([])
  })
})
