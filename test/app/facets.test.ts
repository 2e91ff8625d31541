import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatKit, userSource } from '../../src/app'
import type { ChatKit, UserSource } from '../../src/app'
import { useProfile } from '../../src/composables'
import type { Transport } from '../../src/core/ports'
import type { Listener, Profile } from '../../src/model'
import { useContactStore, useGroupStore, useProfileStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { createFakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

/** The app's own users, in memory. */
function createUsers(...people: readonly Profile[]) {
  const byId = new Map(people.map((profile) => [profile.id, profile]))
  const listeners = new Set<(profiles: readonly Profile[]) => void>()
  const asked: (readonly string[])[] = []
  const source: UserSource = {
    async fetch(ids) {
      asked.push(ids)
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
    subscribe(tell) {
      listeners.add(tell)
      return () => listeners.delete(tell)
    },
  }
  return {
    source,
    asked,
    listeners,
    tell: (profile: Profile) => listeners.forEach((tell) => tell([profile])),
  }
}

describe('an app with users of its own on the embedded service', () => {
  let service: EmbeddedService
  let kit: ChatKit
  const users = createUsers({ id: 'bob', name: 'Bob of the app' }, { id: 'alice', name: 'Alice' })
  beforeEach(async () => {
    service = createEmbeddedService({ name: 'facets', storage: 'memory' })
    await service.addUser({ id: 'alice' })
    await service.addUser({ id: 'bob', name: 'Bob of the service' })
    kit = createChatKit({
      transport: createEmbeddedTransport({ service }),
      userId: 'alice',
      profiles: users.source,
    })
    await kit.online()
  })
  afterEach(async () => {
    await kit.dispose()
    await service.close()
  })

  it('shows people as the app knows them, and sends and reads as ever', async () => {
    const { view } = runInKit(kit, () => useProfile('bob'))
    await expect.poll(() => view.value.name).toBe('Bob of the app')
    users.tell({ id: 'bob', name: 'Robert' })
    expect(view.value.name).toBe('Robert')
    const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
    await kit.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text: 'hi' }] })
    expect(kit.can('profiles.fetch')).toBe('yes')
    expect(kit.can('profiles.updateOwn')).toMatchObject({ kind: 'unsupported' })
    expect(kit.can('presence.setOwn')).toMatchObject({ kind: 'unsupported' })
    expect(kit.can('messages.send')).toBe('yes')
  })

  it('lets go of the app when it is disposed of', async () => {
    expect(users.listeners.size).toBe(1)
    await kit.dispose()
    expect(users.listeners.size).toBe(0)
  })
})

describe('events of areas that the app hosts', () => {
  it('come from the app; those of the transport are dropped, all others pass', async () => {
    const backend = createScriptedTransport()
    let tellContacts: Listener = () => {}
    const contacts: NonNullable<Transport['contacts']> = {
      list: async () => ({ items: [] }),
      requests: async () => ({ items: [] }),
      ask: async () => 'pending',
      answer: async () => {},
      remove: async () => ({ failed: [] }) as never,
      subscribe(listener) {
        tellContacts = listener
        return () => {}
      },
    }
    const kit = createChatKit({ transport: backend.transport, userId: 'alice', contacts })
    backend.goOnline()
    backend.tell(
      { type: 'contact.changed', contacts: [{ userId: 'bob', remark: 'of the transport' }] },
      { type: 'profile.changed', profiles: [{ id: 'bob', name: 'Bob' }] },
      { type: 'group.changed', groups: [{ id: 'g', type: 'work', state: 'joined' }] },
    )
    const store = useProfileStore(kit.pinia)
    const contactStore = useContactStore(kit.pinia)
    expect(contactStore.byId.size).toBe(0)
    expect(store.byId.get('bob')?.name).toBe('Bob')
    expect(useGroupStore(kit.pinia).byId.has('g')).toBe(true)
    tellContacts([
      { type: 'contact.changed', contacts: [{ userId: 'bob', remark: 'of the app' }] },
      { type: 'profile.changed', profiles: [{ id: 'bob', name: 'not theirs to tell' }] },
    ])
    expect(contactStore.byId.get('bob')?.remark).toBe('of the app')
    expect(store.byId.get('bob')?.name).toBe('Bob')
    expect(kit.can('contacts.ask')).toBe('yes')
    expect(kit.can('contacts.setBlocked')).toMatchObject({ kind: 'unsupported' })
    await kit.dispose()
  })

  it('cost nothing but themselves where the app cannot be subscribed to', async () => {
    const backend = createScriptedTransport()
    const logger = createRecordingLogger()
    const profiles = userSource({
      fetch: async () => [],
      subscribe() {
        throw new Error('no socket')
      },
    })
    const kit = createChatKit({ transport: backend.transport, userId: 'alice', logger, profiles })
    await Promise.all([kit.online(), backend.goOnline()])
    expect(logger.said.join()).toContain('no socket')
    await kit.dispose()
  })
})

describe('userSource', () => {
  it('takes what an array leaves out for missing, and passes a full answer on', async () => {
    const { source } = createUsers({ id: 'bob' })
    expect(await userSource(source).fetch(['bob', 'eve'])).toEqual({
      found: [{ id: 'bob' }],
      missing: ['eve'],
    })
    const full = userSource({ fetch: async () => ({ found: [], missing: [] }), batchSize: 7 })
    expect(await full.fetch(['bob'])).toEqual({ found: [], missing: [] })
    expect([full.batchSize, full.pushes, userSource(source).pushes]).toEqual([7, 'none', 'all'])
  })

  it('asks at most `batchSize` ids at once', async () => {
    const clock = createFakeClock()
    const { source, asked } = createUsers()
    const backend = createScriptedTransport()
    const kit = createChatKit({
      transport: backend.transport,
      userId: 'alice',
      clock,
      profiles: { ...source, batchSize: 2 },
    })
    backend.goOnline()
    await kit.dispatch({ type: 'loadProfiles', ids: ['a', 'b', 'c'] })
    await clock.advance(100)
    expect(asked).toEqual([['a', 'b'], ['c']])
    await kit.dispose()
  })
})
