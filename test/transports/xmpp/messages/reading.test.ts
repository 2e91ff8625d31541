import { describe, expect, it } from 'vitest'
import { clientKey } from '../../../../src/model'
import { readBounce, readHeard } from '../../../../src/transports/xmpp/messages/reading'
import type { World } from '../../../../src/transports/xmpp/messages/speaker'
import { readCheckpoint, writeCheckpoint } from '../../../../src/transports/xmpp/messages/checkpoint'
import { readStamp } from '../../../../src/transports/xmpp/archive/stamps'
import { NS } from '../../../../src/transports/xmpp/wire/namespaces'
import { createNames } from '../../../../src/transports/xmpp/wire/names'
import { xml } from '../../../../src/transports/xmpp/wire/xml'
import type { Xml, XmlContent } from '../../../../src/transports/xmpp/wire/xml'

const ROOM = 'room@rooms.chat.test'
const ME = 'alice@chat.test'
const BOB = 'bob@chat.test'
const world: World = {
  me: {
    userId: ME,
    bare: ME,
    domain: 'chat.test',
    full: `${ME}/here`,
    sessionId: 's',
    names: createNames('chat.test', false),
  },
  nowAt: 5_000,
  isRoom: (jid) => jid.endsWith('@rooms.chat.test'),
  isOpen: () => true,
  senderOf: (room, nick) => (nick === 'bob' ? BOB : `${room}/${nick}`),
}

/** As a stream gives it: every element knows its namespace. */
function given(node: Xml, outer: string = NS.client): Xml {
  const ns = node.ns || outer
  return {
    ...node,
    ns,
    children: node.children.map((one) => (typeof one === 'string' ? one : given(one, ns))),
  }
}
function message(attrs: Record<string, string>, ...content: readonly XmlContent[]): Xml {
  return given(xml('message', { from: `${BOB}/phone`, to: ME, type: 'chat', id: 'm1', ...attrs }, ...content))
}
const read = (stanza: Xml) => readHeard({ stanza }, world)
const body = (text: string) => xml('body', {}, text)

describe('a message stanza', () => {
  it('is a message of its sender in the conversation with him', () => {
    expect(read(message({}, body('hi')))).toMatchObject({
      conversationId: `user:${BOB}`,
      senderId: BOB,
      isMine: false,
      message: { keys: [clientKey(BOB, 'm1')], sentAt: 5_000, parts: [{ kind: 'text', text: 'hi' }] },
    })
  })

  it('of my other device belongs to the conversation with whom it went to', () => {
    const reading = read(message({ from: `${ME}/phone`, to: `${BOB}/x` }, body('hi')))
    expect(reading).toMatchObject({ conversationId: `user:${BOB}`, senderId: ME, isMine: true })
  })

  it.each([
    ['to somebody else', { to: 'carol@chat.test' }],
    ['from a server', { from: 'chat.test' }],
    ['whispered in a room', { from: `${ROOM}/bob` }],
    ['from nowhere', { from: 'a b' }],
    ['that came back', { type: 'error' }],
  ])('%s is none', (_, attrs) => {
    expect(read(message(attrs, body('hi')))).toBeUndefined()
  })

  it('with the fallback of a reply shows only what was written', () => {
    const reading = read(
      message(
        {},
        body('> 😀 quoted\nanswer'),
        xml('reply', { xmlns: NS.reply, to: `${ME}/here`, id: 'q1' }),
        xml('fallback', { xmlns: NS.fallback, for: NS.reply }, xml('body', { start: '0', end: '11' })),
      ),
    )
    expect(reading?.message?.parts).toEqual([{ kind: 'text', text: 'answer' }])
    const names = [clientKey(ME, 'q1'), clientKey(BOB, 'q1')]
    expect(reading?.message?.replyTo?.ref.keys).toEqual(names)
  })

  it('with nothing but a file shows the file', () => {
    const url = 'https://up.test/a/b%20c.PNG?x=1'
    const reading = read(message({}, body(url), xml('x', { xmlns: NS.outOfBand }, xml('url', {}, url))))
    expect(reading?.message?.parts).toEqual([{ kind: 'image', file: { at: 'remote', url, name: 'b c.PNG' } }])
    const script = 'javascript:alert(1)'
    const odd = read(message({}, body(script), xml('x', { xmlns: NS.outOfBand }, xml('url', {}, script))))
    expect(odd?.message?.parts).toEqual([{ kind: 'text', text: script }])
  })

  it('points at people by reference, as other clients do', () => {
    const reference = xml('reference', { xmlns: NS.references, type: 'mention', uri: `xmpp:${ME}` })
    expect(read(message({}, body('hi'), reference))?.message?.mentions).toEqual({
      userIds: [ME],
      isAll: false,
    })
  })

  it('is a message all the same where our own element is broken', () => {
    for (const text of ['{', '7', 'null', '{"parts":7}', '{"parts":[{"kind":"notice","about":"joined"}]}']) {
      const reading = read(message({}, body('hi'), xml('parley', { xmlns: NS.parley }, text)))
      expect(reading?.message?.parts).toEqual([{ kind: 'text', text: 'hi' }])
    }
  })

  it('that corrects, reacts or retracts is a change and no message', () => {
    const replace = xml('replace', { xmlns: NS.correction, id: 'm0' })
    const react = xml('reactions', { xmlns: NS.reactions, id: 'm0' }, xml('reaction', {}, '👍'))
    const retract = xml('retract', { xmlns: NS.retraction1, id: 'm0' })
    const old = xml('apply-to', { xmlns: NS.fasten, id: 'm0' }, xml('retract', { xmlns: NS.retraction }))
    for (const [content, kind] of [
      [replace, 'edited'],
      [react, 'reactions-of'],
      [retract, 'recalled'],
      [old, 'recalled'],
    ] as const) {
      const reading = read(message({}, body('x'), content))
      expect(reading?.message).toBeUndefined()
      expect(reading?.changes).toMatchObject([{ kind, byId: BOB }])
      expect(reading?.changes[0]?.ref.keys).toContain(clientKey(BOB, 'm0'))
    }
  })
})

describe('a message stanza from a room', () => {
  const inRoom = (nick: string, ...content: readonly XmlContent[]) =>
    message({ from: nick ? `${ROOM}/${nick}` : ROOM, type: 'groupchat' }, ...content)
  const note = (jid: string) => xml('x', { xmlns: NS.roomsUser }, xml('item', { jid }))
  const mark = xml('occupant-id', { xmlns: NS.occupant, id: 'o' })
  const archived = (stanza: Xml, openWorld = world) =>
    readHeard({ stanza, archiveId: 'r1', isFromArchive: true }, openWorld)?.senderId

  it('is from whom the room knows under that name', () => {
    expect(read(inRoom('bob', body('hi')))).toMatchObject({ conversationId: `room:${ROOM}`, senderId: BOB })
    expect(read(inRoom('carol', body('hi'), note('eve@x/y')))?.senderId).toBe(`${ROOM}/carol`)
  })

  it('is signed by the archive behind what the sender wrote, and only where people know each other', () => {
    expect(archived(inRoom('x', body('hi'), note('eve@chat.test/y')))).toBe('eve@chat.test')
    expect(archived(inRoom('x', note('bob@chat.test/y'), mark, note('eve@chat.test/y')))).toBe(
      'eve@chat.test',
    )
    expect(archived(inRoom('x', note('bob@chat.test/y'), mark))).toBe(`${ROOM}/x`)
    const closed = { ...world, isOpen: () => false }
    expect(archived(inRoom('x', note('bob@chat.test/y')), closed)).toBe(`${ROOM}/x`)
  })

  it('names what was said under the same name only where the room says that it is the same person', () => {
    const hidden: World = { ...world, isOpen: () => false, senderOf: (room, nick) => `${room}/${nick}` }
    const by = (id: string) => xml('occupant-id', { xmlns: NS.occupant, id })
    const hear = (...content: readonly XmlContent[]) =>
      readHeard({ stanza: inRoom('bob', ...content), archiveId: 'r1', isFromArchive: true }, hidden)
    const keys = hear(body('hi'), by('first'))?.message?.keys ?? []
    expect(keys[0]).toBe('archive:r1')
    for (const [content, kind] of [
      [xml('replace', { xmlns: NS.correction, id: 'm1' }), 'edited'],
      [xml('retract', { xmlns: NS.retraction1, id: 'r1' }), 'recalled'],
      [xml('apply-to', { xmlns: NS.fasten, id: 'm1' }, xml('retract', { xmlns: NS.retraction })), 'recalled'],
    ] as const) {
      for (const [who, isHis] of [
        ['first', true],
        ['second', false],
      ] as const) {
        const [change] = hear(body('x'), content, by(who))?.changes ?? []
        expect(change).toMatchObject({ kind, isVouched: false, byId: `${ROOM}/bob` })
        expect(change?.ref.keys.some((key) => keys.includes(key))).toBe(isHis)
      }
    }
  })

  it('is a moderation only when the room itself says so', () => {
    const moderated = xml('moderated', { xmlns: NS.moderation, by: `${ROOM}/bob` }, xml('reason', {}, 'why'))
    const act = xml('apply-to', { xmlns: NS.fasten, id: 'r0' }, moderated)
    expect(read(inRoom('', act))?.changes).toMatchObject([
      { kind: 'recalled', isVouched: true, byId: BOB, reason: 'why', ref: { keys: ['archive:r0'] } },
    ])
    expect(read(inRoom('bob', act))?.changes).toEqual([])
  })
})

describe('what comes back', () => {
  it.each([
    ['service-unavailable', BOB, 'not-found'],
    ['forbidden', ROOM, 'muted'],
    ['not-acceptable', ROOM, 'not-member'],
    ['made-up-by-somebody', BOB, 'other'],
  ])('for %s fails the message it names', (condition, from, kind) => {
    const error = xml('error', { type: 'cancel' }, xml(condition, { xmlns: NS.stanzas }))
    const change = readBounce(message({ from, type: 'error', id: 'mine' }, error), world)
    expect(change).toMatchObject({ kind: 'failed', error: { domain: 'xmpp', code: condition, kind } })
    expect(change?.ref.keys).toEqual([clientKey(ME, 'mine')])
  })
})

describe('times and places', () => {
  it('are read as finely as they are told', () => {
    expect(readStamp('2026-01-02T03:04:05Z')?.order).toEqual({ major: Date.UTC(2026, 0, 2, 3, 4, 5) })
    expect(readStamp('2026-01-02T03:04:05.123456Z')?.order).toEqual({
      major: Date.UTC(2026, 0, 2, 3, 4, 5, 123),
      minor: '456',
    })
    expect(readStamp('yesterday')).toBeUndefined()
  })

  it('come back from a checkpoint as they went, and broken ones are none', () => {
    const places = { own: { id: '7', at: 5 }, placeByRoom: new Map([[ROOM, { id: 'x' }]]) }
    expect(readCheckpoint(writeCheckpoint(places))).toEqual(places)
    for (const broken of [
      undefined,
      '',
      '{',
      'null',
      '[]',
      '{"own":7,"rooms":[1]}',
      '{"rooms":{"a":{"id":1}}}',
    ]) {
      expect(readCheckpoint(broken)).toEqual({ own: undefined, placeByRoom: new Map() })
    }
  })
})
