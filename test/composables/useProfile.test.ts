import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { createChatKit } from '../../src/app'
import { useGroup, useProfile } from '../../src/composables'
import type { ProfilesFacet } from '../../src/core/ports'
import type { Profile } from '../../src/model'
import { createFakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

/** A kit on a backend whose people a test decides. */
function setUp(people: Profile[] = [], facet: Partial<ProfilesFacet> = {}) {
  const clock = createFakeClock()
  const asked: string[] = []
  const backend = createScriptedTransport({
    profiles: {
      pushes: 'contacts',
      async fetch(ids) {
        asked.push(ids.join(' '))
        const found = people.filter(({ id }) => ids.includes(id))
        return { found, missing: ids.filter((id) => !found.some((profile) => profile.id === id)) }
      },
      ...facet,
    },
    limits: () => ({ userIdBytes: 32 }),
  })
  const logger = createRecordingLogger()
  const pinia = createPinia()
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', clock, logger, pinia })
  return { backend, clock, kit, asked, people, logger }
}

describe('useProfile', () => {
  it('shows the id at once, then what the message brought, then the profile', async () => {
    const { backend, clock, kit } = setUp([{ id: 'bob', name: 'Bob', avatar: '/bob.png' }])
    const snapshot = shallowRef<string>()
    const { view } = runInKit(kit, () => useProfile('bob', snapshot, '/old.png'))
    expect(view.value).toEqual({ id: 'bob', name: 'bob', avatar: '/old.png' })
    snapshot.value = 'Bobby'
    expect(view.value.name).toBe('Bobby')
    await clock.advance(1_000)
    expect(view.value.name).toBe('Bobby')
    backend.goOnline()
    await clock.advance(1_000)
    expect(view.value).toEqual({ id: 'bob', name: 'Bob', avatar: '/bob.png' })
  })

  it('puts the remark before the name card, and that before the name', async () => {
    const { backend, clock, kit } = setUp([{ id: 'bob', name: 'Bob' }])
    const { view } = runInKit(kit, () => useProfile('bob', undefined, undefined, { groupId: 'g' }))
    backend.goOnline()
    await clock.advance(1_000)
    expect(view.value.name).toBe('Bob')
    await kit.dispatch({ type: 'loadMembers', groupId: 'g' })
    backend.tell({
      type: 'member.changed',
      groupId: 'g',
      members: [{ userId: 'bob', role: 'member', nameCard: 'Captain' }],
    })
    expect(view.value.name).toBe('Captain')
    backend.tell({ type: 'contact.changed', contacts: [{ userId: 'bob', remark: 'Bob from work' }] })
    expect(view.value.name).toBe('Bob from work')
  })

  it('asks again where a later message of a stranger shows another name, and not for a friend', async () => {
    const { backend, clock, kit, asked, people } = setUp([
      { id: 'bob', name: 'Bob' },
      { id: 'carol', name: 'Carol' },
    ])
    backend.goOnline()
    backend.tell({ type: 'contact.changed', contacts: [{ userId: 'carol' }] })
    await kit.dispatch({ type: 'loadProfiles', ids: ['bob', 'carol'] })
    await clock.advance(1_000)
    people[0] = { id: 'bob', name: 'Robert' }
    const snapshotAt = clock.now()
    await clock.advance(1_000)
    const { view } = runInKit(kit, () => useProfile('bob', 'Robert', undefined, { snapshotAt }))
    runInKit(kit, () => useProfile('carol', 'Caroline', undefined, { snapshotAt }))
    expect(view.value.name).toBe('Bob')
    await clock.advance(1_000)
    expect(view.value.name).toBe('Robert')
    runInKit(kit, () => useProfile('bob', 'Bob', undefined, { snapshotAt }))
    await clock.advance(1_000)
    expect(asked).toEqual(['bob carol', 'bob'])
  })

  it('asks for strangers again when their card opens, and for what is shown after a break', async () => {
    const { backend, clock, kit, asked } = setUp([{ id: 'bob' }, { id: 'carol' }, { id: 'dave' }])
    backend.goOnline()
    await kit.dispatch({ type: 'loadProfiles', ids: ['bob', 'carol', 'dave'] })
    await clock.advance(60_000)
    runInKit(kit, () => useProfile('bob', undefined, undefined, { maxAgeMs: 30_000 }))
    runInKit(kit, () => useProfile('carol'))
    await clock.advance(1_000)
    expect(asked).toEqual(['bob carol dave', 'bob'])
    backend.goOffline()
    backend.goOnline(false)
    await clock.advance(60_000)
    expect(asked.slice(2)).toEqual(['bob carol'])
    backend.goOffline()
    backend.goOnline(true)
    await clock.advance(60_000)
    expect(asked).toHaveLength(3)
  })

  it('does not ask for a row that is gone, nor for an id that cannot be', async () => {
    const { backend, clock, kit, asked } = setUp()
    backend.goOnline()
    runInKit(kit, () => useProfile('bob')).stop()
    const { view } = runInKit(kit, () => useProfile('x'.repeat(33)))
    runInKit(kit, () => useProfile(''))
    runInKit(kit, () => useProfile(undefined))
    await clock.advance(60_000)
    expect(asked).toEqual([])
    expect(view.value.name).toBe('x'.repeat(33))
  })

  it('believes an id that does not exist for ten minutes, then asks again', async () => {
    const { backend, clock, kit, asked, people } = setUp()
    backend.goOnline()
    const { view } = runInKit(kit, () => useProfile('bob'))
    await clock.advance(9 * 60_000)
    runInKit(kit, () => useProfile('bob'))
    await clock.advance(1_000)
    expect(asked).toEqual(['bob'])
    people.push({ id: 'bob', name: 'Bob' })
    await clock.advance(6 * 60_000)
    expect(view.value.name).toBe('Bob')
  })

  it('is not misled by an answer that is none', async () => {
    const { backend, clock, kit } = setUp([], {
      fetch: async () => JSON.parse('{"found":[{"id":"eve"},null]}'),
    })
    backend.goOnline()
    const { view } = runInKit(kit, () => useProfile('bob'))
    const other = runInKit(kit, () => useProfile('eve'))
    other.stop()
    await clock.advance(1_000)
    expect(view.value).toEqual({ id: 'bob', name: 'bob' })
  })
})

describe('useGroup', () => {
  it('shows the id at once, the name when it is told, and what may be old', () => {
    const { backend, kit } = setUp()
    backend.goOnline()
    const { view } = runInKit(kit, () => useGroup('g'))
    expect(view.value).toEqual({ id: 'g', name: 'g', isPossiblyOld: false })
    backend.tell({
      type: 'group.changed',
      groups: [{ id: 'g', type: 'work', state: 'joined', name: 'Garden', memberCount: 3 }],
    })
    expect(view.value).toEqual({
      id: 'g',
      name: 'Garden',
      type: 'work',
      memberCount: 3,
      isPossiblyOld: false,
    })
    backend.tell({ type: 'group.changed', groups: [{ id: 'g', state: 'not-joined' }] })
    expect(view.value).toMatchObject({ name: 'Garden', isPossiblyOld: true })
  })
})
