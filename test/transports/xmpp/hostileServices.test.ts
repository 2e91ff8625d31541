import { describe, expect, it } from 'vitest'
import { ChatError } from '../../../src/model'
import { createArchive } from '../../../src/transports/xmpp/archive/archive'
import type { ArchiveQuery } from '../../../src/transports/xmpp/archive/archive'
import { createFiles } from '../../../src/transports/xmpp/files/files'
import type { Bookmarks } from '../../../src/transports/xmpp/conversations/bookmarks'
import { createInvitations } from '../../../src/transports/xmpp/groups/invitations'
import type { Rooms } from '../../../src/transports/xmpp/rooms/rooms'
import { createDelivery } from '../../../src/transports/xmpp/messages/delivery'
import { NS } from '../../../src/transports/xmpp/wire/namespaces'
import { attrOf, xml } from '../../../src/transports/xmpp/wire/xml'
import type { Xml } from '../../../src/transports/xmpp/wire/xml'
import { fakeWire } from '../../support/fakeWire'

const ALICE = 'alice@parley.test'
const ROOM = 'room@rooms.elsewhere.test'

describe('an archive', () => {
  it.each<[string, Record<string, string>, Partial<ArchiveQuery>, boolean]>([
    ['of a room tells what was said in it', { type: 'groupchat', from: `${ROOM}/bob` }, { room: ROOM }, true],
    ['of a room tells nothing of another', { type: 'groupchat', from: `other@x/bob` }, { room: ROOM }, false],
    ['of a room tells nothing between two', { type: 'chat', from: 'bob@parley.test' }, { room: ROOM }, false],
    ['of a room tells no whispers', { type: 'chat', from: `${ROOM}/bob` }, { room: ROOM }, false],
    ['of a person tells what was said to him', { type: 'chat', from: 'bob@parley.test' }, {}, true],
    ['of a person tells what has no type', { from: 'bob@parley.test' }, {}, true],
    ['of a person tells of no room', { type: 'groupchat', from: `${ROOM}/bob` }, {}, false],
  ])('%s', async (_, attrs, query, isBelieved) => {
    const wire = fakeWire(({ to, payload }) => {
      const kept = xml('message', { xmlns: NS.client, to: ALICE, ...attrs }, xml('body', {}, 'hm'))
      const delay = xml('delay', { xmlns: NS.delay, stamp: '2026-11-20T12:00:00Z' })
      const forwarded = xml('forwarded', { xmlns: NS.forward }, delay, kept)
      const result = { xmlns: NS.archive, id: 'e1', queryid: attrOf(payload, 'queryid') }
      archive.area.onMessage?.(xml('message', { from: to }, xml('result', result, forwarded)))
      return xml('iq', { type: 'result' }, xml('fin', { xmlns: NS.archive, complete: 'true' }))
    })
    const archive = createArchive(wire)
    const { entries } = await archive.query({ count: 10, ...query })
    expect(entries.map(({ id }) => id)).toEqual(isBelieved ? ['e1'] : [])
    expect(wire.rejected).toHaveLength(isBelieved ? 0 : 1)
  })
})

describe('a message on its way', () => {
  it.each([
    ['whom it was sent to', ROOM, true],
    ['nobody named, who is the server', undefined, true],
    ['somebody in the room, who has seen what it is called', 'mallory@parley.test/here', false],
  ])('is given back by %s', async (_, from, isBelieved) => {
    const delivery = createDelivery(fakeWire(() => xml('iq')))
    const stanza = xml('message', { to: ROOM, type: 'groupchat', id: 'm1' })
    const outcome = delivery.deliver(stanza, 'm1', async () => undefined).catch((error: unknown) => error)
    const error = new ChatError({ domain: 'xmpp', code: 'forbidden', kind: 'muted' })
    const bounce = xml('message', { type: 'error', id: 'm1', from })
    expect(delivery.refuse(bounce, error)).toBe(isBelieved)
    expect(delivery.isPending('m1')).toBe(!isBelieved)
    delivery.lose()
    expect(await outcome).toMatchObject({ kind: isBelieved ? 'muted' : 'offline' })
  })
})

describe('invitations', () => {
  it('of one who sends hundreds keep nobody else from being heard', () => {
    const wire = fakeWire(() => xml('iq'))
    const nowhere = { get: () => undefined } as unknown as Rooms & Bookmarks
    const invitations = createInvitations(wire, nowhere, nowhere)
    const invite = (from: string, jid: string) =>
      invitations.area.onMessage?.(xml('message', { from }, xml('x', { xmlns: NS.roomInvite, jid })))
    for (let at = 0; at < 300; at++) invite('mallory@parley.test/here', `trap${at}@rooms.parley.test`)
    invite('bob@parley.test/here', 'party@rooms.parley.test')
    const groupIds = invitations.all().map(({ groupId }) => groupId)
    expect(groupIds.filter((id) => id.startsWith('trap'))).toHaveLength(20)
    expect(groupIds.some((id) => id.startsWith('party'))).toBe(true)
    expect(wire.rejected).toHaveLength(280)
  })
})

describe('a place for a file', () => {
  it.each([
    ['https://127.0.0.1:9/put', 'https://127.0.0.1:9/get', true, 'unreachable'],
    ['http://127.0.0.1:9/put', 'https://127.0.0.1:9/get', true, 'not-offered'],
    ['https://127.0.0.1:9/put', 'http://127.0.0.1:9/get', true, 'not-offered'],
    ['javascript:alert(1)', 'https://127.0.0.1:9/get', false, 'not-offered'],
  ])('at %s, later at %s, with a secure line: %s', async (putUrl, getUrl, isSecure, code) => {
    const asked: Xml[] = []
    const wire = fakeWire(({ payload }) => {
      asked.push(payload)
      const slot = xml('slot', { xmlns: NS.upload }, place('put', putUrl), place('get', getUrl))
      return xml('iq', { type: 'result' }, slot)
    })
    const { files } = createFiles(wire, isSecure).facets ?? {}
    const file = {
      at: 'local',
      source: 'blob',
      value: new Blob(['x']),
      name: 'x',
      bytes: 1,
      mime: '',
    } as const
    const error: unknown = await files?.upload(file, 'message').result.catch((thrown: unknown) => thrown)
    expect(asked).toHaveLength(1)
    expect(error).toMatchObject({ kind: code === 'not-offered' ? 'unsupported' : 'offline' })
  })

  function place(name: string, url: string): Xml {
    return xml(name, { xmlns: NS.upload, url })
  }
})
