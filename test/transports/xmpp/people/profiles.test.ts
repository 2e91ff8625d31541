import { describe, expect, it } from 'vitest'
import { createOwnPresence } from '../../../../src/transports/xmpp/people/ownPresence'
import { createProfiles } from '../../../../src/transports/xmpp/people/profiles'
import { NS } from '../../../../src/transports/xmpp/wire/namespaces'
import { xml } from '../../../../src/transports/xmpp/wire/xml'
import { settle } from '../../../support/fakeClock'
import { fakeWire } from '../../../support/fakeWire'

const BOB = 'bob@parley.test'

describe('a profile that changes again while it is read', () => {
  it('is read once more, for what was asked for may be older', async () => {
    let name = 'first'
    const wire = fakeWire(() =>
      xml('iq', { type: 'result' }, xml('vCard', { xmlns: NS.vcard }, xml('FN', { xmlns: NS.vcard }, name))),
    )
    const { hearPresence } = createProfiles(wire, createOwnPresence())
    const present = (mark: string) =>
      hearPresence(BOB, xml('presence', { from: BOB }, xml('x', { xmlns: NS.parleyProfile, mark })))
    present('1')
    present('2')
    name = 'second'
    present('3')
    await settle()
    const told = wire.events.flatMap((event) => (event.type === 'profile.changed' ? event.profiles : []))
    expect(told.map((profile) => profile.name)).toEqual(['first', 'second'])
  })
})
