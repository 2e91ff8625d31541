import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, h, nextTick, shallowReactive } from 'vue'
import { ChatKitProvider, createChatKit, LiveRoom } from '../../../src'
import type { ChatKit } from '../../../src'
import { signalPart } from '../../../src/core/live'
import type { LiveOrder } from '../../../src/core/live'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'
import type { Crowd, EmbeddedService } from '../../../src/transports/embedded'

const patiently = { timeout: 20_000 }
const endings: (() => unknown)[] = []
let databases = 0
let name: string
let service: EmbeddedService
let host: ChatKit

beforeEach(async () => {
  name = `live-browser-${Date.now()}-${databases++}`
  service = openService()
  for (const id of ['host', 'bob', 'carol']) await service.addUser({ id, name: id })
  host = await signedIn('host')
  for (const id of ['show', 'other']) {
    await host.dispatch({ type: 'createGroup', group: { id, type: 'live', name: id }, memberIds: [] })
    endings.push(await host.dispatch({ type: 'enterLiveRoom', groupId: id }))
  }
})
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
  document.body.replaceChildren()
  indexedDB.deleteDatabase(name)
})

/** One tab's service; two of one name are two tabs. */
function openService(): EmbeddedService {
  const opened = createEmbeddedService({ name })
  endings.push(() => opened.close())
  return opened
}

async function signedIn(userId: string, at = service): Promise<ChatKit> {
  const transport = createEmbeddedTransport({ service: at })
  const kit = createChatKit({ transport, userId, cache: 'memory' })
  endings.push(() => kit.dispose())
  await kit.online()
  return kit
}

/** Rooms of one person in one page, each taken away when it leaves the set. */
function show(kit: ChatKit, ...groupIds: string[]) {
  const shown = shallowReactive(new Set(groupIds))
  const box = document.createElement('div')
  box.style.cssText = 'display: grid; grid-template-columns: repeat(2, 360px); block-size: 600px'
  document.body.append(box)
  const app = createApp({
    render: () =>
      h(ChatKitProvider, { kit }, () => [...shown].map((groupId) => h(LiveRoom, { key: groupId, groupId }))),
  })
  app.mount(box)
  endings.push(() => app.unmount())
  const room = (groupId: string) => box.querySelector<HTMLElement>(`section[aria-label$="${groupId}"]`)
  const lines = (groupId: string) =>
    [...(room(groupId)?.querySelectorAll('.parley-words') ?? [])].map((line) => line.textContent)
  return { shown, room, lines, entered: (groupId: string) => enabledField(() => room(groupId)) }
}

async function enabledField(room: () => HTMLElement | null): Promise<void> {
  await vi.waitFor(() => expect(room()?.querySelector('input:not(:disabled)')).toBeTruthy(), patiently)
}

const say = (kit: ChatKit, groupId: string, text: string) =>
  kit.dispatch({ type: 'sayLive', groupId, parts: [{ kind: 'text', text }] })
const order = (kit: ChatKit, signal: LiveOrder) =>
  kit.dispatch({ type: 'sayLive', groupId: 'show', parts: [signalPart(signal, 'order')], priority: 'high' })
/** How many the service says are there, asked by the host. */
async function online(): Promise<number> {
  const transport = createEmbeddedTransport({ service })
  transport.connect({ userId: 'host', credentials: async () => ({ secret: '' }) })
  try {
    return await transport.groups!.onlineCount!('show')
  } finally {
    await transport.disconnect()
  }
}

describe('An ordinary group', () => {
  it('is not opened as a live room, and whoever looked there is still in it', async () => {
    await host.dispatch({
      type: 'createGroup',
      group: { id: 'club', type: 'work', name: 'club' },
      memberIds: ['bob'],
    })
    const bob = await signedIn('bob')
    const page = show(bob, 'club')
    await vi.waitFor(() => expect(page.room('club')?.textContent).toContain('is not a live room'), patiently)
    expect(page.room('club')?.querySelector('.parley-trouble button, input:not(:disabled)')).toBeNull()
    page.shown.delete('club')
    await nextTick()
    const { id } = await bob.dispatch({ type: 'openConversation', target: { groupId: 'club' } })
    await bob.dispatch({
      type: 'sendMessage',
      conversationId: id,
      parts: [{ kind: 'text', text: 'still here' }],
    })
  })
})

describe('Two rooms in one page', () => {
  it('show each its own, under a flood in one of them', async () => {
    const page = show(await signedIn('bob'), 'show', 'other')
    await page.entered('show')
    await page.entered('other')
    const crowd: Crowd = service.startCrowd('other', { perSecond: 300 })
    endings.push(() => crowd.stop())
    await say(host, 'show', 'only in the show')
    await say(host, 'other', 'only in the other')
    await vi.waitFor(() => expect(page.lines('other').length).toBeGreaterThan(40), patiently)
    await vi.waitFor(() => expect(page.lines('show')).toEqual(['only in the show']), patiently)
    expect(page.lines('other')).not.toContain('only in the show')
  })

  it('are left one by one, which the service counts', async () => {
    const page = show(await signedIn('bob'), 'show', 'other')
    await page.entered('show')
    await vi.waitFor(async () => expect(await online()).toBe(2), patiently)
    page.shown.delete('show')
    await nextTick()
    await vi.waitFor(async () => expect(await online()).toBe(1), patiently)
    await say(host, 'other', 'still on air')
    await vi.waitFor(() => expect(page.lines('other')).toEqual(['still on air']), patiently)
  })
})

describe('Across two tabs', () => {
  it('people are counted, heard, muted and put out', async () => {
    const bob = await signedIn('bob', openService())
    const page = show(bob, 'show')
    await page.entered('show')
    await vi.waitFor(async () => expect(await online()).toBe(2), patiently)
    await say(bob, 'show', 'hello from the other tab')
    await vi.waitFor(() => expect(page.lines('show')).toEqual(['hello from the other tab']), patiently)
    service.startCrowd('show', { perSecond: 300 })
    await order(host, { kind: 'mute', userId: 'bob', until: 'forever' })
    await vi.waitFor(
      () => expect(page.room('show')?.textContent).toContain('The host has muted you.'),
      patiently,
    )
    await order(host, { kind: 'mute', userId: 'bob', until: null })
    await page.entered('show')
    await order(host, { kind: 'kick', userId: 'bob' })
    await vi.waitFor(
      () => expect(page.room('show')?.textContent).toContain('removed you from this room.'),
      patiently,
    )
  })
})

describe('Under reduced motion or not', () => {
  it('a like is counted at once, and no heart stays', async () => {
    const page = show(await signedIn('carol'), 'show')
    await page.entered('show')
    const like = page.room('show')?.querySelector<HTMLButtonElement>('button[aria-label="Like"]')
    for (let i = 0; i < 30; i++) like?.click()
    await vi.waitFor(() => expect(page.room('show')?.textContent).toContain('30 likes'), patiently)
    const hearts = () => page.room('show')?.querySelectorAll('.parley-heart').length ?? 0
    expect(hearts()).toBeLessThanOrEqual(14)
    await vi.waitFor(() => expect(hearts()).toBe(0), patiently)
  })
})
