import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { CacheStorage } from '../../src/cache'
import { useConversationActions, useNotifications, useProfileCard } from '../../src/composables'
import type { Notifier } from '../../src/core/ports'
import type { Conversation } from '../../src/model'
import { webPlatform } from '../../src/platform/web'
import { createMemoryStorage } from '../../src/storage'
import { useConversationStore, useHabitStore } from '../../src/stores'
import { createFakeClock, settle } from '../support/fakeClock'
import { createTabs } from '../support/fakeTabs'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const clock = createFakeClock()
/** A backend without pins, which may well say that nothing is pinned. */
const listed: readonly Conversation[] = ['c1', 'c2', 'c3'].map((id, at) => ({
  id,
  kind: 'direct',
  peerId: `peer of ${id}`,
  isPinned: false,
  last: { conversationId: id, keys: [`m of ${id}`], sentAt: 3_000 - at, senderId: 'bob' },
}))
/** A machine on which nobody has been asked. */
const notifier: Notifier = {
  isLookedAt: () => true,
  permission: () => 'unasked',
  ask: async () => 'granted',
  show: () => () => {},
  ring: () => {},
  setBadge: () => {},
}
let storage: CacheStorage
let tabs: ReturnType<typeof createTabs>
let kits: ChatKit[]
let count = 0

beforeEach(() => {
  storage = createMemoryStorage(CACHE_SCHEMA)
  tabs = createTabs(clock)
  kits = []
})
afterEach(async () => {
  await Promise.all(kits.map((kit) => kit.dispose()))
})

async function open(script: Parameters<typeof createScriptedTransport>[0] = {}) {
  const ids = { next: () => `id${count++}` }
  const scripted = createScriptedTransport({
    ...script,
    conversations: { list: async () => ({ items: listed }), ...script.conversations },
  })
  const kit = createChatKit({
    transport: scripted.transport,
    userId: 'alice',
    clock,
    ids,
    cache: openCache({ name: 'cache', ownId: 'alice', clock, ids, storage }),
    logger: createRecordingLogger(),
    notifications: { hasPopups: true },
    platform: { ...webPlatform, notifier, tabs: tabs.tab(`tab${count++}`) },
  })
  kits.push(kit)
  await settle()
  scripted.goOnline()
  await kit.dispatch({ type: 'loadConversations' })
  return { kit, ...scripted }
}

const orderOf = ({ pinia }: ChatKit) => useConversationStore(pinia).order.ids.value
/** What goes through the outbox waits for its turn among the tabs. */
async function finished(work: Promise<unknown> | undefined): Promise<void> {
  await clock.advance(1)
  await work
}
const actionOf = (kit: ChatKit, id: string, action: 'pin' | 'unpin') => {
  const { view, stop } = runInKit(kit, useConversationActions)
  const found = view.actionsOf([id]).find((one) => one.id === action)
  stop()
  return found
}

describe('a pin where the backend keeps none', () => {
  it('says that it stays on this device, and puts the conversation at the top', async () => {
    const { kit, tell } = await open()
    expect(actionOf(kit, 'c3', 'pin')?.label).toBe('Pin on this device')
    await actionOf(kit, 'c3', 'pin')?.run()
    expect(orderOf(kit)).toEqual(['c3', 'c1', 'c2'])
    tell({ type: 'conversation.changed', conversations: [{ ...listed[2]!, unreadCount: 1 }] })
    await kit.dispatch({ type: 'loadConversations' })
    expect(orderOf(kit)).toEqual(['c3', 'c1', 'c2'])
    await actionOf(kit, 'c3', 'unpin')?.run()
    expect(orderOf(kit)).toEqual(['c1', 'c2', 'c3'])
    expect(actionOf(kit, 'c3', 'pin')).toBeDefined()
  })

  it('is set on the card of a person as well', async () => {
    const { kit } = await open()
    const { view, stop } = runInKit(kit, () => useProfileCard('peer of c2'))
    expect(view.isPinOnlyHere.value).toBe(true)
    await view.setPinned(true)
    expect([view.conversation.value?.isPinned, orderOf(kit)]).toEqual([true, ['c2', 'c1', 'c3']])
    stop()
  })

  it('is there when the kit is opened again, and in its other tabs', async () => {
    const first = await open()
    const second = await open()
    await actionOf(first.kit, 'c2', 'pin')?.run()
    await clock.advance(1)
    expect(orderOf(second.kit)).toEqual(['c2', 'c1', 'c3'])
    await first.kit.dispose()
    const again = await open()
    expect(orderOf(again.kit)).toEqual(['c2', 'c1', 'c3'])
    await actionOf(again.kit, 'c2', 'unpin')?.run()
    await again.kit.dispose()
    expect(orderOf((await open()).kit)).toEqual(['c1', 'c2', 'c3'])
  })

  it('goes with the conversation', async () => {
    const { kit, tell } = await open()
    await actionOf(kit, 'c2', 'pin')?.run()
    tell({ type: 'conversation.removed', ids: ['c2'], withHistory: false })
    tell({ type: 'conversation.changed', conversations: [listed[1]!] })
    expect(orderOf(kit)).toEqual(['c1', 'c2', 'c3'])
    await kit.dispose()
    expect(orderOf((await open()).kit)).toEqual(['c1', 'c2', 'c3'])
  })

  it('stays a pin when the backend has learned to keep them, and is taken away there too', async () => {
    const told: (readonly [string, boolean])[] = []
    const setPinned = async (id: string, isPinned: boolean) => void told.push([id, isPinned])
    const before = await open()
    await actionOf(before.kit, 'c2', 'pin')?.run()
    await before.kit.dispose()
    const { kit } = await open({ conversations: { setPinned } })
    expect(orderOf(kit)).toEqual(['c2', 'c1', 'c3'])
    await finished(actionOf(kit, 'c2', 'unpin')?.run())
    expect([orderOf(kit), told]).toEqual([['c1', 'c2', 'c3'], [['c2', false]]])
    expect(actionOf(kit, 'c1', 'pin')?.label).toBe('Pin to the top')
    await finished(actionOf(kit, 'c1', 'pin')?.run())
    expect(told).toEqual([
      ['c2', false],
      ['c1', true],
    ])
    expect(useConversationStore(kit.pinia).pinnedHereIds.size).toBe(0)
  })
})

describe('a habit', () => {
  const textOf = ({ pinia }: ChatKit) => useHabitStore(pinia).textByName.get('emoji')

  it('is kept for the next time and told to the other tabs', async () => {
    const first = await open()
    const second = await open()
    await first.kit.dispatch({ type: 'keepHabit', name: 'emoji', text: 'one' })
    await clock.advance(1)
    expect(textOf(second.kit)).toBe('one')
    await first.kit.dispose()
    expect(textOf((await open()).kit)).toBe('one')
  })

  it('is that notifications are not wanted: they are offered no more, and can be turned on all the same', async () => {
    const { kit } = await open()
    const first = runInKit(kit, () => useNotifications())
    expect(first.view.isOffered.value).toBe(true)
    first.view.putOff()
    expect([first.view.isOffered.value, first.view.permit.value]).toEqual([false, 'unasked'])
    await kit.dispose()
    const again = runInKit((await open()).kit, () => useNotifications())
    expect(again.view.isOffered.value).toBe(false)
    await again.view.ask()
    expect(again.view.permit.value).toBe('granted')
  })

  it('is forgotten with everything else that was kept when the account signs out, and so are the pins', async () => {
    const { kit } = await open()
    await kit.dispatch({ type: 'keepHabit', name: 'emoji', text: 'one' })
    await kit.dispatch({ type: 'pinHere', conversationId: 'c2', isPinned: true })
    await kit.signOut()
    const again = await open()
    expect(textOf(again.kit)).toBeUndefined()
    expect(orderOf(again.kit)).toEqual(['c1', 'c2', 'c3'])
  })
})
