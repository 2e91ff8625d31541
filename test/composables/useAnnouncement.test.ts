import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useAnnouncement, useGroupAdmin } from '../../src/composables'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { runInKit } from '../support/runInKit'

let service: EmbeddedService
let kits: ChatKit[] = []
let stops: (() => void)[] = []

beforeEach(async () => {
  service = createEmbeddedService({ name: 'announcements', storage: 'memory' })
  for (const id of ['alice', 'bob']) await service.addUser({ id, name: id })
})
afterEach(async () => {
  stops.forEach((stop) => stop())
  await Promise.all(kits.map((kit) => kit.dispose()))
  kits = stops = []
  service.close()
})

async function kitOf(userId: string): Promise<ChatKit> {
  const kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId })
  kits.push(kit)
  await kit.online()
  return kit
}
function as<View>(kit: ChatKit, use: () => View): View {
  const { view, stop } = runInKit(kit, use)
  stops.push(stop)
  return view
}

it('is shown until it was seen, on this machine for good, and again when it says something else', async () => {
  const alice = await kitOf('alice')
  const { group } = await alice.dispatch({
    type: 'createGroup',
    group: { type: 'public', name: 'Trail' },
    memberIds: ['bob'],
  })
  const admin = as(alice, () => useGroupAdmin(group.id))
  await vi.waitFor(() => expect(admin.can('editProfile')).toBe(true))
  await admin.update({ announcement: 'Saturday at seven' })
  // Whoever has written it has read it.
  const own = as(alice, () => useAnnouncement(group.id))
  await vi.waitFor(() => expect(admin.group.value?.announcement).toBe('Saturday at seven'))
  expect(own.text.value).toBeUndefined()

  const bob = await kitOf('bob')
  await bob.dispatch({ type: 'loadGroups', ids: [group.id], refresh: true })
  const first = as(bob, () => useAnnouncement(group.id))
  await vi.waitFor(() => expect(first.text.value).toBe('Saturday at seven'))
  first.see()
  await vi.waitFor(() => expect(first.text.value).toBeUndefined())
  await bob.dispose()

  const again = await kitOf('bob')
  const later = as(again, () => useAnnouncement(group.id))
  await again.dispatch({ type: 'loadGroups', ids: [group.id], refresh: true })
  const view = as(again, () => useGroupAdmin(group.id))
  await vi.waitFor(() => expect(view.group.value?.announcement).toBe('Saturday at seven'))
  expect(later.text.value).toBeUndefined()
  await admin.update({ announcement: 'Sunday at eight' })
  await vi.waitFor(() => expect(later.text.value).toBe('Sunday at eight'))
})
