import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useMembers } from '../../src/composables'
import type { MemberPart, MembersView } from '../../src/composables'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService, World } from '../../src/transports/embedded'
import { runInKit } from '../support/runInKit'

const COUNT = 1_200
const ids = Array.from({ length: COUNT }, (_, i) => `m${String(i).padStart(4, '0')}`)
const world: World = {
  people: ids.map((id) => ({ id, name: id === 'm1150' ? 'Zoë Last' : `Person ${id}` })),
  friendships: [],
  groups: [
    {
      id: 'big',
      type: 'public',
      name: 'Everybody',
      joining: 'free',
      createdAt: 1,
      members: ids.map((userId) => ({
        userId,
        role: userId === 'm0900' ? 'owner' : userId === 'm0901' ? 'admin' : 'member',
      })),
    },
  ],
  conversations: [],
}

let service: EmbeddedService
let kit: ChatKit
let stop = (): void => {}
let view: MembersView
const words = shallowRef('')
const part = shallowRef<MemberPart>('all')

beforeEach(async () => {
  words.value = ''
  part.value = 'all'
  service = createEmbeddedService({ name: 'use-members', storage: 'memory', world })
  kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId: 'm0900' })
  await kit.online()
  await kit.dispatch({ type: 'loadGroups', ids: ['big'], refresh: true })
  const run = runInKit(kit, () =>
    useMembers('big', { words: () => words.value, part: () => part.value, nowMs: () => Date.now() }),
  )
  view = run.view
  stop = run.stop
  await vi.waitFor(() => expect(view.members.value).toHaveLength(500))
})
afterEach(async () => {
  stop()
  await kit.dispose()
  service.close()
})
const found = () => view.members.value.map(({ userId }) => userId)

describe('The members of a big group', () => {
  it('come in stretches, those who lead first', async () => {
    expect(found().slice(0, 3)).toEqual(['m0900', 'm0901', 'm0000'])
    for (let known = 500; known < COUNT; known += 100) {
      expect([known, view.hasMore.value]).toEqual([known, true])
      view.loadMore()
      view.loadMore()
      await vi.waitFor(() => expect(view.members.value).toHaveLength(known + 100))
    }
    expect(view.hasMore.value).toBe(false)
    expect(new Set(found()).size).toBe(COUNT)
  })

  it('are searched by the backend beyond what is loaded, and as they are now', async () => {
    words.value = 'zoe'
    await vi.waitFor(() => expect(found()).toEqual(['m1150']))
    expect(view.isOnlyLoaded.value).toBe(false)
    await kit.dispatch({ type: 'kickMembers', groupId: 'big', userIds: ['m1150'] })
    await vi.waitFor(() => expect(found()).toEqual([]))
    words.value = ''
    await vi.waitFor(() => expect(found().length).toBeGreaterThanOrEqual(500))
  })

  it('that are muted are found wherever they stand, until they are not', async () => {
    await kit.dispatch({ type: 'setMuted', groupId: 'big', userIds: ['m0005', 'm1199'], until: 'forever' })
    part.value = 'muted'
    await vi.waitFor(() => expect(found()).toEqual(['m0005', 'm1199']))
    await kit.dispatch({ type: 'setMuted', groupId: 'big', userIds: ['m0005'], until: null })
    await vi.waitFor(() => expect(found()).toEqual(['m1199']))
    await kit.dispatch({ type: 'setMuted', groupId: 'big', userIds: ['m1199'], until: null })
    await vi.waitFor(() => expect(found()).toEqual([]))
  })

  it('can be searched again where a search has failed', async () => {
    service.failNext({ call: 'groups.members', code: 10004, times: 1 })
    words.value = 'm01'
    await vi.waitFor(() => expect(view.state.value).toBe('failed'))
    view.reload()
    await vi.waitFor(() => expect(found().length).toBeGreaterThanOrEqual(100))
  })
})
