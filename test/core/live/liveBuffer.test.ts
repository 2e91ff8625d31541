import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveBuffer, signalPart } from '../../../src/core/live'
import type { LiveSignal } from '../../../src/core/live'
import type { Message, Part, Priority } from '../../../src/model'

const ROOM = 'group:show'
const GROUP = { ownerId: 'host', custom: { moderatorIds: ['mod'] } }

let count = 0
function said(senderId: string, more: Partial<Message> = {}): Message {
  count += 1
  const parts: readonly Part[] = [{ kind: 'text', text: `${count}` }]
  return {
    conversationId: ROOM,
    keys: [`k${count}`],
    senderId,
    sentAt: count,
    delivery: 'online-only',
    parts,
    ...more,
  }
}
const signalled = (senderId: string, signal: LiveSignal, more: Partial<Message> = {}) =>
  said(senderId, { parts: [signalPart(signal, 'x')], priority: 'high', ...more })

const anyMessage = fc.record({
  senderId: fc.constantFrom('host', 'mod', 'carol', 'me'),
  priority: fc.constantFrom<Priority>('high', 'normal', 'low', 'lowest'),
  conversationId: fc.constantFrom(ROOM, ROOM, ROOM, 'group:other'),
})
const anyFlood = fc.array(fc.tuple(fc.nat(400), fc.array(anyMessage, { maxLength: 80 })), { maxLength: 25 })

describe('A live buffer under any flood', () => {
  it('shows every message the room gives high priority and every own one, and none of another room', () => {
    fc.assert(
      fc.property(anyFlood, (flood) => {
        const buffer = new LiveBuffer({
          conversationId: ROOM,
          ownId: 'me',
          windowSize: 100,
          rowsPerSecond: 20,
        })
        const shown = new Set<string>()
        const wanted: string[] = []
        let now = 0
        for (const [ms, recipes] of flood) {
          now += ms
          const messages = recipes.map((recipe) => said(recipe.senderId, recipe))
          buffer.add(messages, now, GROUP)
          for (const { message } of buffer.snapshot().rows) {
            expect(message.conversationId).toBe(ROOM)
            shown.add(message.keys[0]!)
          }
          wanted.push(
            ...messages
              .filter(({ conversationId }) => conversationId === ROOM)
              .filter((it) => it.senderId === 'me' || (it.priority === 'high' && it.senderId !== 'carol'))
              .map((it) => it.keys[0]!),
          )
        }
        for (const key of wanted) expect(shown.has(key)).toBe(true)
      }),
    )
  })

  it('keeps no more than its window, counts the rest, and keeps the order of each sender', () => {
    fc.assert(
      fc.property(anyFlood, (flood) => {
        const buffer = new LiveBuffer({
          conversationId: ROOM,
          ownId: 'me',
          windowSize: 30,
          rowsPerSecond: 15,
        })
        let now = 0
        let received = 0
        for (const [ms, recipes] of flood) {
          now += ms
          const messages = recipes.map((recipe) => said(recipe.senderId, recipe))
          received += messages.filter(({ conversationId }) => conversationId === ROOM).length
          buffer.add(messages, now)
          const { rows, rowCount, dropped } = buffer.snapshot()
          expect(rows.length).toBeLessThanOrEqual(30)
          expect(rowCount + dropped.normal + dropped.low + dropped.lowest).toBe(received)
          for (const name of ['host', 'mod', 'carol', 'me']) {
            const times = rows
              .filter(({ message }) => message.senderId === name)
              .map((row) => row.message.sentAt)
            expect(times).toEqual([...times].sort((a, b) => a - b))
          }
        }
      }),
    )
  })

  it('believes no viewer that his lines are important, gifts apart, and drops them as any others', () => {
    const buffer = new LiveBuffer({ conversationId: ROOM, ownId: 'me', rowsPerSecond: 10 })
    const gift = { id: 'rose', name: 'Rose' }
    const claims = Array.from({ length: 100 }, () => said('bob', { priority: 'high' }))
    const order = signalled('bob', { kind: 'kick', userId: 'me' })
    const important = [
      said('host', { priority: 'high' }),
      said('mod', { priority: 'high' }),
      signalled('carol', { kind: 'gift', gift, count: 1 }),
    ]
    buffer.add([...important, order, ...claims], 0, GROUP)
    const { rows, dropped } = buffer.snapshot()
    expect(rows.map(({ message, priority }) => [message.senderId, priority])).toEqual([
      ['host', 'high'],
      ['mod', 'high'],
      ['carol', 'high'],
      ...Array.from({ length: 7 }, () => ['bob', 'normal']),
    ])
    expect(dropped).toEqual({ normal: 93, low: 0, lowest: 0 })
  })

  it('takes a message that is told twice once', () => {
    const buffer = new LiveBuffer({ conversationId: ROOM, ownId: 'me' })
    const message = said('bob', { keys: ['a', 'b'] })
    buffer.add([message, { ...message, keys: ['b'] }], 0)
    buffer.add([message], 1)
    expect(buffer.snapshot().rows).toHaveLength(1)
  })

  it('remembers neither keys nor gifts nor mutes without end', () => {
    const buffer = new LiveBuffer({ conversationId: ROOM, ownId: 'me' })
    for (let i = 0; i < 3_000; i++) {
      const gift = { id: `g${i}`, name: 'Gift' }
      buffer.add([signalled(`u${i}`, { kind: 'gift', gift, count: 1 })], i)
      buffer.add([signalled('host', { kind: 'mute', userId: `u${i}`, until: 'forever' })], i, GROUP)
    }
    const { gifts, mutes, rows } = buffer.snapshot()
    expect([gifts.length, mutes.size, rows.length]).toEqual([12, 500, 150])
  })
})

describe('What messages mean', () => {
  const watching = () => new LiveBuffer({ conversationId: ROOM, ownId: 'me' })

  it('counts likes, one time each: others as told, the own as tapped', () => {
    const buffer = watching()
    buffer.addOwnLikes(3)
    buffer.add([signalled('bob', { kind: 'like', count: 5 }, { priority: 'low' })], 0)
    buffer.add([signalled('me', { kind: 'like', count: 3 }, { priority: 'low' })], 0)
    expect(buffer.snapshot()).toMatchObject({ likes: 8, rows: [] })
    buffer.knowLikes(6)
    expect(buffer.snapshot().likes).toBe(8)
    buffer.knowLikes(100)
    expect(buffer.snapshot().likes).toBe(100)
  })

  it('makes one of gifts in a row, and begins anew after a while', () => {
    const buffer = watching()
    const gift = { id: 'rose', name: 'Rose' }
    const give = (at: number) => buffer.add([signalled('bob', { kind: 'gift', gift, count: 2 })], at)
    give(0)
    give(3_000)
    buffer.add([signalled('carol', { kind: 'gift', gift, count: 1 })], 3_000)
    give(6_000)
    expect(buffer.snapshot().gifts.map((it) => [it.senderId, it.count])).toEqual([
      ['carol', 1],
      ['bob', 6],
    ])
    give(20_000)
    expect(buffer.snapshot().gifts.map((it) => it.count)).toEqual([1, 6, 2])
  })

  it('tells those who come in together', () => {
    const buffer = watching()
    const joined: readonly Part[] = [{ kind: 'notice', about: 'joined' }]
    const come = (userId: string, at: number) =>
      buffer.add([said(userId, { parts: joined, priority: 'lowest' })], at)
    come('bob', 0)
    come('carol', 1_000)
    expect(buffer.snapshot().welcome).toMatchObject({ userId: 'carol', count: 2 })
    come('dora', 60_000)
    expect(buffer.snapshot()).toMatchObject({ welcome: { userId: 'dora', count: 1 }, rows: [] })
  })

  it.each([
    ['host', 'me', true],
    ['mod', 'me', true],
    ['mod', 'host', false],
    ['bob', 'me', false],
  ])('follows an order of %s about %s: %s', (byId, userId, isFollowed) => {
    const buffer = watching()
    buffer.add([signalled(byId, { kind: 'mute', userId, until: 9_000 })], 0, GROUP)
    expect(buffer.snapshot().mutes.get(userId)).toBe(isFollowed ? 9_000 : undefined)
    buffer.add([signalled(byId, { kind: 'kick', userId })], 0, GROUP)
    expect(buffer.snapshot().kickedById).toBe(isFollowed ? byId : undefined)
    expect(buffer.snapshot().ignoredOrders).toBe(isFollowed ? 0 : 2)
  })

  it('gives a voice back', () => {
    const buffer = watching()
    buffer.add([signalled('host', { kind: 'mute', userId: 'me', until: 'forever' })], 0, GROUP)
    buffer.add([signalled('host', { kind: 'mute', userId: 'me', until: null })], 0, GROUP)
    expect(buffer.snapshot().mutes.size).toBe(0)
  })

  it('takes back what was recalled', () => {
    const buffer = watching()
    buffer.add([said('bob', { keys: ['gone'] }), said('bob')], 0)
    buffer.remove(['gone'])
    expect(buffer.snapshot().rows).toHaveLength(1)
  })

  it('bears whatever a custom part holds', () => {
    const types = ['parley/gift', 'parley/like', 'parley/mute', 'parley/kick', 'app/other']
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.jsonValue(), (type, data) => {
        const buffer = watching()
        const part = { kind: 'custom', type, data } as Part
        buffer.add([said('host', { parts: [part] })], 0, GROUP)
        expect(buffer.snapshot().likes).toBeLessThanOrEqual(9_999)
      }),
    )
  })
})
