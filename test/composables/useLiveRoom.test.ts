import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useLiveRoom } from '../../src/composables'
import type { LiveRoomView } from '../../src/composables'
import { signalPart } from '../../src/core/live'
import type { Part } from '../../src/model'
import { useLiveStore, useTimelineStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { runInKit } from '../support/runInKit'
import { createVirtualClock } from '../support/virtualClock'
import type { VirtualClock } from '../support/virtualClock'

let clock: VirtualClock
/** How far the devices are behind the service. */
let setBackMs = 0
let service: EmbeddedService
let kits: Record<'host' | 'bob' | 'carol', ChatKit>
let stops: (() => void)[]

beforeEach(async () => {
  clock = createVirtualClock()
  setBackMs = 0
  const device = { now: () => clock.now() - setBackMs, after: clock.after }
  stops = []
  service = createEmbeddedService({ name: 'live', storage: 'memory', clock })
  const make = async (userId: string) => {
    await service.addUser({ id: userId, name: userId })
    const transport = createEmbeddedTransport({ service })
    return createChatKit({ transport, userId, clock: device, cache: 'memory' })
  }
  kits = { host: await make('host'), bob: await make('bob'), carol: await make('carol') }
  await clock.settle()
  for (const id of ['show', 'other']) {
    await kits.host.dispatch({ type: 'createGroup', group: { id, type: 'live', name: id }, memberIds: [] })
  }
  await clock.advance(100)
})
afterEach(async () => {
  stops.forEach((stop) => stop())
  await clock.advance(1_000)
  for (const kit of Object.values(kits)) await kit.dispose()
  service.close()
})

async function watching(
  userId: keyof typeof kits,
  groupId = 'show',
): Promise<{ view: LiveRoomView; stop: () => void }> {
  const running = runInKit(kits[userId], () => useLiveRoom(groupId))
  stops.push(running.stop)
  await clock.advance(500)
  return running
}
const textsOf = ({ rows }: LiveRoomView) =>
  rows.value.flatMap(({ message }) =>
    message.parts.map((part) => (part.kind === 'text' ? part.text : part.kind)),
  )

describe('A room that is watched', () => {
  it('is entered with the first view and left with the last', async () => {
    const host = await watching('host')
    const first = await watching('bob')
    const second = await watching('bob')
    await clock.advance(2_000)
    expect(host.view.onlineCount.value).toBe(2)
    expect(first.view.standing.value).toMatchObject({ state: 'in' })
    first.stop()
    await clock.advance(2_000)
    expect(host.view.onlineCount.value).toBe(2)
    expect(second.view.standing.value).toMatchObject({ state: 'in' })
    second.stop()
    await clock.advance(2_000)
    expect(host.view.onlineCount.value).toBe(1)
    expect(useLiveStore(kits.bob.pinia).roomById.size).toBe(0)
  })

  it('shows what is said there and nothing of another room', async () => {
    const show = await watching('bob', 'show')
    const other = await watching('bob', 'other')
    await watching('host', 'show')
    const elsewhere = await watching('host', 'other')
    await show.view.say('here')
    await elsewhere.view.say('there')
    service.startCrowd('other', { perSecond: 30 })
    await clock.advance(1_000)
    expect(textsOf(show.view)).toEqual(['here'])
    expect(textsOf(other.view)).toContain('there')
    expect(textsOf(other.view)).not.toContain('here')
    expect(other.view.rows.value.length).toBeGreaterThan(20)
  })

  it('hears what is said and ordered in the very turn it is entered in', async () => {
    const bob = await watching('bob')
    const { host } = kits
    const enter = (groupId: string) => host.dispatch({ type: 'enterLiveRoom', groupId })
    const say = (groupId: string, part: Part) =>
      host.dispatch({ type: 'sayLive', groupId, parts: [part], priority: 'high' })
    stops.push(await enter('show'))
    const given = [
      say('show', { kind: 'text', text: 'good evening' }),
      say('show', signalPart({ kind: 'mute', userId: 'bob', until: 'forever' }, 'muted')),
      host.dispatch({ type: 'likeLive', groupId: 'show' }),
    ]
    await clock.advance(6_000)
    await Promise.all(given)
    expect(textsOf(bob.view)).toEqual(['good evening'])
    expect(bob.view.mute.value).toEqual({ of: 'me' })
    expect(bob.view.likes.value).toBe(1)
  })

  it('says why nobody came in to whoever speaks in the very turn', async () => {
    stops.push(await kits.bob.dispatch({ type: 'enterLiveRoom', groupId: 'nowhere' }))
    const parts = [{ kind: 'text', text: 'anybody?' }] as const
    const said = kits.bob.dispatch({ type: 'sayLive', groupId: 'nowhere', parts })
    const refused = expect(said).rejects.toMatchObject({ name: 'ChatError', code: 10010 })
    await clock.advance(500)
    await refused
  })

  it('is entered again after an interruption, and what was there stays', async () => {
    const { view } = await watching('bob')
    await view.say('before')
    await clock.advance(100)
    await kits.bob.disconnect()
    await clock.advance(100)
    expect(view.standing.value).toEqual({ state: 'waiting' })
    await expect(view.say('now?')).rejects.toMatchObject({ kind: 'offline' })
    kits.bob.connect()
    await clock.advance(2_000)
    await view.say('after')
    await clock.advance(500)
    expect(textsOf(view)).toEqual(['before', 'after'])
  })

  it('is entered again when another device of the same user has left it', async () => {
    const { view } = await watching('bob')
    const transport = createEmbeddedTransport({ service })
    const tablet = createChatKit({ transport, userId: 'bob', clock, cache: 'memory' })
    await clock.settle()
    const other = runInKit(tablet, () => useLiveRoom('show'))
    await clock.advance(500)
    other.stop()
    await clock.advance(500)
    expect(view.standing.value).toEqual({ state: 'out' })
    await clock.advance(2_000)
    await view.say('still here')
    expect(view.standing.value).toMatchObject({ state: 'in' })
    await tablet.dispose()
  })

  it('stays where the reader is while he holds it', async () => {
    const { view } = await watching('bob')
    const host = await watching('host')
    await host.view.say('one')
    await clock.advance(500)
    view.hold(true)
    for (const text of ['two', 'three']) await host.view.say(text)
    await clock.advance(500)
    expect(textsOf(view)).toEqual(['one'])
    expect(view.newCount.value).toBe(2)
    view.hold(false)
    expect(textsOf(view)).toEqual(['one', 'two', 'three'])
    expect(view.newCount.value).toBe(0)
  })

  it('leaves nothing in the timeline, whatever passes', async () => {
    const { view } = await watching('bob')
    service.startCrowd('show', { perSecond: 500 })
    await clock.advance(5_000)
    expect(view.rows.value.length).toBeGreaterThan(100)
    expect(useTimelineStore(kits.bob.pinia).timelineById.size).toBe(0)
  })
})

describe('Likes and gifts', () => {
  it('are counted at once where they are given, and told together', async () => {
    const bob = await watching('bob')
    const carol = await watching('carol')
    for (let i = 0; i < 25; i++) bob.view.like()
    await clock.advance(500)
    expect([bob.view.likes.value, carol.view.likes.value]).toEqual([25, 0])
    await clock.advance(4_500)
    expect(carol.view.likes.value).toBe(25)
    await clock.advance(5_000)
    expect([bob.view.likes.value, carol.view.likes.value]).toEqual([25, 25])
    const late = await watching('host')
    expect(late.view.likes.value).toBe(25)
  })

  it('are told though the clock is set back meanwhile', async () => {
    const bob = await watching('bob')
    const carol = await watching('carol')
    bob.view.like()
    await clock.settle()
    setBackMs = 3_600_000
    await clock.advance(5_000)
    expect(carol.view.likes.value).toBe(1)
    bob.view.like()
    await clock.advance(5_000)
    expect(carol.view.likes.value).toBe(2)
  })

  it('come with a combo', async () => {
    const bob = await watching('bob')
    const carol = await watching('carol')
    const gift = { id: 'rose', name: 'Rose', sign: '🌹' }
    await bob.view.give(gift)
    await bob.view.give(gift, 2)
    await clock.advance(500)
    expect(carol.view.gifts.value).toMatchObject([{ senderId: 'bob', gift, count: 3 }])
    expect(carol.view.rows.value.map(({ message }) => message.priority)).toEqual(['high', 'high'])
  })
})

describe('Whoever runs the room', () => {
  it('mutes and unmutes over messages, and the muted one knows until when', async () => {
    const bob = await watching('bob')
    const host = await watching('host')
    expect(bob.view.canOrder('carol')).toBe(false)
    expect(host.view.canOrder('bob')).toBe(true)
    const until = clock.now() + 60_000
    await host.view.order({ kind: 'mute', userId: 'bob', until })
    await clock.advance(500)
    expect(bob.view.mute.value).toEqual({ of: 'me', untilAt: until })
    expect(host.view.isMuted('bob')).toBe(true)
    await expect(bob.view.say('no')).rejects.toMatchObject({ kind: 'muted' })
    await clock.advance(60_000)
    expect(bob.view.mute.value).toBeUndefined()
    await host.view.order({ kind: 'mute', userId: 'bob', until: 'forever' })
    await clock.advance(500)
    expect(bob.view.mute.value).toEqual({ of: 'me' })
    await host.view.order({ kind: 'mute', userId: 'bob', until: null })
    await clock.advance(1_500)
    expect(bob.view.mute.value).toBeUndefined()
    await host.view.muteAll(true)
    await clock.advance(500)
    expect(bob.view.mute.value).toEqual({ of: 'all' })
    expect(host.view.mute.value).toBeUndefined()
  })

  it('puts somebody out, who stays out until he comes back by himself', async () => {
    const bob = await watching('bob')
    const host = await watching('host')
    await host.view.order({ kind: 'kick', userId: 'bob' })
    await clock.advance(10_000)
    expect(bob.view.standing.value).toEqual({ state: 'kicked', byId: 'host' })
    expect(host.view.onlineCount.value).toBe(1)
    bob.view.again()
    await clock.advance(2_000)
    expect(bob.view.standing.value).toMatchObject({ state: 'in' })
  })

  it('is nobody else: an order of a viewer does nothing and is counted', async () => {
    const bob = await watching('bob')
    const carol = await watching('carol')
    const parts = [signalPart({ kind: 'kick', userId: 'bob' }, 'out')]
    await kits.carol.dispatch({ type: 'sayLive', groupId: 'show', parts, priority: 'high' })
    await clock.advance(1_000)
    expect(bob.view.standing.value).toMatchObject({ state: 'in' })
    expect(useLiveStore(kits.bob.pinia).roomById.get('show')?.snapshot?.ignoredOrders).toBe(1)
    expect(carol.view.role.value).toBe('viewer')
  })

  it('may be helped by moderators', async () => {
    const bob = await watching('bob')
    const host = await watching('host')
    const carol = await watching('carol')
    await host.view.setModerator('bob', true)
    await clock.advance(500)
    expect(bob.view.role.value).toBe('moderator')
    expect([bob.view.canOrder('carol'), bob.view.canOrder('host')]).toEqual([true, false])
    await bob.view.order({ kind: 'kick', userId: 'carol' })
    await clock.advance(500)
    expect(carol.view.standing.value).toEqual({ state: 'kicked', byId: 'bob' })
    await host.view.setModerator('bob', false)
    await clock.advance(500)
    expect(bob.view.role.value).toBe('viewer')
  })

  it('pins what all shall read, takes messages away, and ends the room', async () => {
    const bob = await watching('bob')
    const host = await watching('host')
    expect([bob.view.canPin.value, host.view.canPin.value]).toEqual([false, true])
    await host.view.pin('Rules: be kind')
    await bob.view.say('rude')
    await clock.advance(500)
    expect(bob.view.pinned.value).toBe('Rules: be kind')
    const [row] = host.view.rows.value
    await host.view.remove(row!.message)
    await host.view.pin(null)
    await clock.advance(500)
    expect(bob.view.rows.value).toEqual([])
    expect(bob.view.pinned.value).toBeUndefined()
    await kits.host.dispatch({ type: 'dissolveGroup', groupId: 'show' })
    await clock.advance(500)
    expect(bob.view.standing.value).toEqual({ state: 'ended' })
  })
})
