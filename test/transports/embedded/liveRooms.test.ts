import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { signalOf, signalPart } from '../../../src/core/live'
import type { LiveSignal } from '../../../src/core/live'
import type { Message } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { createVirtualClock } from '../../support/virtualClock'
import type { VirtualClock } from '../../support/virtualClock'
import { outgoing, visit } from './visit'
import type { Visit } from './visit'

let clock: VirtualClock
let service: EmbeddedService
let host: Visit
let groupId: string
let roomId: string

beforeEach(async () => {
  clock = createVirtualClock()
  service = createEmbeddedService({ storage: 'memory', clock })
  for (const id of ['host', 'bob', 'carol']) await service.addUser({ id, name: id.toUpperCase() })
  host = await visit(service, 'host')
  groupId = (await host.transport.groups!.create({ type: 'live', name: 'Show' }, [])).group.id
  roomId = (await host.transport.conversations.open({ groupId })).id
})
afterEach(() => service.close())

async function watching(userId: string): Promise<Visit> {
  const viewer = await visit(service, userId)
  await viewer.transport.groups!.join(groupId)
  await viewer.transport.conversations.open({ groupId })
  return viewer
}
const online = () => host.transport.groups!.onlineCount!(groupId)
const textsOf = (messages: readonly Message[]) =>
  messages.flatMap(({ parts }) => parts.map((part) => (part.kind === 'text' ? part.text : part.kind)))
const order = (from: Visit, signal: LiveSignal) =>
  from.transport.messages.send({
    ...outgoing(roomId, ''),
    parts: [signalPart(signal, 'order')],
    priority: 'high',
  }).result
const priorityOf = ({ priority = 'normal' }: Message) => priority

describe('The audience of a live room', () => {
  it('is there from joining to leaving, and with the end of the session it is gone', async () => {
    expect(await online()).toBe(1)
    const bob = await watching('bob')
    const carol = await watching('carol')
    expect(await online()).toBe(3)
    await bob.transport.groups!.quit(groupId)
    expect(await online()).toBe(2)
    await carol.transport.disconnect()
    expect(await online()).toBe(1)
    const back = await visit(service, 'carol')
    expect(await back.transport.conversations.list()).toMatchObject({ items: [] })
  })

  it('stays as long as one of its devices is there', async () => {
    const phone = await watching('bob')
    const tablet = await visit(service, 'bob')
    await tablet.transport.disconnect()
    expect(await online()).toBe(2)
    await host.say(roomId, 'still here?')
    await clock.advance(100)
    expect(textsOf(phone.received())).toContain('still here?')
  })

  it('is greeted, hears what is said now, and nothing of before or after', async () => {
    await host.say(roomId, 'before')
    const bob = await watching('bob')
    await clock.advance(100)
    expect(host.received().at(-1)).toMatchObject({
      parts: [{ kind: 'notice', about: 'joined', userIds: ['bob'] }],
      senderName: 'BOB',
      priority: 'lowest',
    })
    await host.say(roomId, 'now')
    await clock.advance(100)
    expect(textsOf(bob.received())).toEqual(expect.arrayContaining(['now']))
    expect(textsOf(bob.received())).not.toContain('before')
    await bob.transport.groups!.quit(groupId)
    await host.say(roomId, 'after')
    await clock.advance(100)
    expect(textsOf(bob.received())).not.toContain('after')
    const again = await watching('bob')
    const page = await again.transport.messages.history({
      conversationId: roomId,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    expect(page.messages).toEqual([])
  })

  it('gets every message once, however often it is sent, and it is kept nowhere', async () => {
    const bob = await watching('bob')
    const message = outgoing(roomId, 'once')
    const first = await host.transport.messages.send(message).result
    const second = await host.transport.messages.send(message).result
    expect(second).toEqual(first)
    expect(first).toMatchObject({ delivery: 'online-only' })
    await clock.advance(1_000)
    expect(textsOf(bob.received()).filter((text) => text === 'once')).toHaveLength(1)
  })
})

describe('A flood', () => {
  it.each([200, 1_000])(
    'of %s a second gets through as far as there is room, the important first',
    async (perSecond) => {
      const bob = await watching('bob')
      const crowd = service.startCrowd(groupId, { perSecond, giftShare: 0.02, viewers: 500 })
      expect(await online()).toBe(502)
      await clock.advance(10_000)
      crowd.stop()
      await clock.advance(100)
      const heard = bob.received().filter(({ senderId }) => senderId.startsWith('viewer-'))
      const others = heard.filter((message) => priorityOf(message) !== 'high')
      expect(crowd.counts().said).toBe(10 * perSecond)
      expect(heard.length - others.length).toBe(crowd.counts().high)
      expect(others.length).toBeLessThanOrEqual(40 * 11)
      // The quiet before has left room for everything at first.
      expect(others.slice(80).every((message) => priorityOf(message) === 'normal')).toBe(true)
      expect(await online()).toBe(2)
    },
  )

  it('says the same with the same seed', async () => {
    const said: string[][] = []
    await clock.advance(100)
    for (let i = 0; i < 2; i++) {
      const from = host.received().length
      const crowd = service.startCrowd(groupId, { perSecond: 20, seed: 7 })
      await clock.advance(2_000)
      crowd.stop()
      await clock.advance(2_000)
      said.push(textsOf(host.received().slice(from)))
    }
    expect(said[0]).toEqual(said[1])
    expect(said[0]!.length).toBeGreaterThan(30)
  })

  it('is counted in likes, told every few seconds', async () => {
    const like = { parts: [signalPart({ kind: 'like', count: 30 }, 'like')], priority: 'low' } as const
    await host.transport.messages.send({ ...outgoing(roomId, ''), ...like }).result
    await clock.advance(2_000)
    await host.transport.messages.send({ ...outgoing(roomId, ''), ...like }).result
    expect((await host.transport.groups!.fetch([groupId]))[0]?.custom).toBeUndefined()
    await clock.advance(3_000)
    expect(host.told('group.changed').at(-1)?.groups).toMatchObject([{ custom: { likes: 60 } }])
  })

  it('is refused where it cannot be', () => {
    expect(() => service.startCrowd(groupId, { perSecond: 0 })).toThrow()
  })
})

describe('Who goes first', () => {
  const rose = { id: 'rose', name: 'Rose' }
  const claiming = (from: Visit, more: object = {}) =>
    from.say(roomId, 'me first', { priority: 'high', ...more }).then(priorityOf)

  it('is whoever runs the room, and a viewer with gifts alone, whatever he claims', async () => {
    const bob = await watching('bob')
    const carol = await watching('carol')
    await host.transport.groups!.update!({ id: groupId, custom: { moderatorIds: ['carol'] } })
    const gift = { parts: [signalPart({ kind: 'gift', gift: rose, count: 1 }, 'rose')] }
    expect(await claiming(host)).toBe('high')
    expect(await claiming(carol)).toBe('high')
    expect(await claiming(bob)).toBe('normal')
    expect(await claiming(bob, gift)).toBe('high')
    expect(await claiming(bob, { parts: [signalPart({ kind: 'kick', userId: 'carol' }, 'out')] })).toBe(
      'normal',
    )
    await clock.advance(1_000)
    const heard = host.received().filter(({ senderId }) => senderId === 'bob')
    expect(heard.map(priorityOf)).toEqual(expect.arrayContaining(['high', 'normal', 'normal']))
    expect(heard.filter((message) => priorityOf(message) === 'high')).toHaveLength(1)
  })

  it('does not go past the flood by claiming it, nor by giving without end', async () => {
    const bob = await watching('bob')
    const gift = { parts: [signalPart({ kind: 'gift', gift: rose, count: 1 }, 'rose')] }
    const claims: Promise<unknown>[] = []
    for (let i = 0; i < 150; i++) claims.push(claiming(bob), claiming(bob, gift))
    await Promise.all(claims)
    await clock.advance(1_000)
    // What has gathered while it was quiet, what one second has room for, and the gifts of one finger.
    expect(host.received().filter(({ senderId }) => senderId === 'bob').length).toBeLessThanOrEqual(90)
  })
})

describe('Orders of the host', () => {
  it('take a voice, also of somebody who goes and comes again, and give it back', async () => {
    const bob = await watching('bob')
    const until = clock.now() + 60_000
    await order(host, { kind: 'mute', userId: 'bob', until })
    await clock.settle()
    expect(bob.received().map(signalOf)).toContainEqual({ kind: 'mute', userId: 'bob', until })
    await expect(bob.say(roomId, 'no')).rejects.toMatchObject({ kind: 'muted', untilAt: until })
    await bob.transport.groups!.quit(groupId)
    await bob.transport.groups!.join(groupId)
    await expect(bob.say(roomId, 'no')).rejects.toMatchObject({ kind: 'muted', untilAt: until })
    await order(host, { kind: 'mute', userId: 'bob', until: null })
    await bob.say(roomId, 'yes')
    await order(host, { kind: 'mute', userId: 'bob', until: clock.now() + 1_000 })
    await clock.advance(1_001)
    await bob.say(roomId, 'yes')
  })

  it('put somebody out, who hears the order and that he is out', async () => {
    const bob = await watching('bob')
    await order(host, { kind: 'kick', userId: 'bob' })
    await bob.until(() => expect(bob.told('conversation.removed')).toMatchObject([{ ids: [roomId] }]))
    expect(bob.received().map(signalOf)).toContainEqual({ kind: 'kick', userId: 'bob' })
    expect(bob.told('member.removed')).toMatchObject([{ how: 'kicked', byId: 'host', userIds: ['bob'] }])
    expect(await online()).toBe(1)
  })

  it('count for moderators the host has named, but not about the host, and for nobody else', async () => {
    const bob = await watching('bob')
    const carol = await watching('carol')
    await order(bob, { kind: 'kick', userId: 'carol' })
    await clock.advance(100)
    expect(await online()).toBe(3)
    await host.transport.groups!.update!({ id: groupId, custom: { moderatorIds: ['bob'] } })
    await order(bob, { kind: 'kick', userId: 'carol' })
    await carol.until(() => expect(carol.told('member.removed')).toHaveLength(1))
    await order(bob, { kind: 'mute', userId: 'host', until: 'forever' })
    await host.say(roomId, 'mine')
  })

  it('recall what others have said', async () => {
    const bob = await watching('bob')
    const said = await bob.say(roomId, 'rude')
    await host.transport.messages.recall!(said)
    await bob.until(() =>
      expect(bob.told('message.changed')[0]?.changes).toMatchObject([{ kind: 'recalled' }]),
    )
    expect(bob.told('message.changed')[0]?.changes[0]?.ref.keys).toEqual(said.keys)
  })
})
