import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createIngest } from '../../../src/app/ingest'
import { peopleHandlers } from '../../../src/app/handlers/peopleHandlers'
import type { Cache, CachedNoun } from '../../../src/core/ports'
import type { Group, Profile, TransportEvent } from '../../../src/model'
import { useGroupStore, useProfileStore } from '../../../src/stores'
import { createFakeClock } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'
import { createOnScreen } from '../../../src/app/notifying'
import { createScriptedTransport } from '../../support/scriptedTransport'

/** Handlers over what this machine kept; the backend has nobody. */
function setUp(keptProfiles: readonly CachedNoun<Profile>[], keptGroups: readonly CachedNoun<Group>[] = []) {
  const clock = createFakeClock()
  const pinia = createPinia()
  const logger = createRecordingLogger()
  const asked: string[] = []
  const backend = createScriptedTransport({
    profiles: {
      async fetch(ids) {
        asked.push(ids.join(' '))
        return { found: ids.map((id) => ({ id, name: `${id} now` })), missing: [] }
      },
    },
  })
  const { ingest } = createIngest({ pinia, ownId: 'alice', clock, logger })
  backend.transport.subscribe((events: readonly TransportEvent[]) => ingest(events, 'remote'))
  const cache: Pick<Cache, 'profiles' | 'groups'> = {
    profiles: async (ids) => keptProfiles.filter(({ id }) => ids.includes(id)),
    groups: async (ids) => keptGroups.filter(({ id }) => ids.includes(id)),
  }
  const handlers = peopleHandlers({
    transport: backend.transport,
    ownId: 'alice',
    cache: cache as Cache,
    pinia,
    ingest,
    clock,
    logger,
    ids: { next: () => 'id' },
    name: 'test',
    random: () => 0,
    withdraw: () => {},
    beginCall: () => () => {},
    line: () => 0,
    onScreen: createOnScreen(),
    historyPageSize: 20,
  })
  const store = useProfileStore(pinia)
  return { backend, clock, handlers, asked, store, groups: useGroupStore(pinia), ingest }
}

describe('people whom this machine knows', () => {
  it('are shown without a network, and asked for later where something may have been missed', async () => {
    const { backend, clock, handlers, asked, store } = setUp([
      { id: 'bob', value: { id: 'bob', name: 'Bob then' }, heardAt: 1 },
      { id: 'nobody', heardAt: 2 },
    ])
    await handlers.watchProfiles({ type: 'watchProfiles', ids: ['bob', 'nobody', 'carol'] })
    await clock.advance(100)
    expect(store.byId.get('bob')?.name).toBe('Bob then')
    expect([...store.missingIds]).toEqual(['nobody'])
    expect(asked).toEqual([])
    backend.goOnline(false)
    await clock.advance(100)
    expect(asked).toEqual(['nobody carol bob'])
    expect(store.byId.get('bob')?.name).toBe('bob now')
    expect(store.missingIds.size).toBe(0)
  })

  it('are not asked for where the events went on from what was kept', async () => {
    const { backend, clock, handlers, asked } = setUp([
      { id: 'bob', value: { id: 'bob', name: 'Bob' }, heardAt: 1 },
    ])
    backend.goOnline(true)
    await handlers.watchProfiles({ type: 'watchProfiles', ids: ['bob'] })
    await clock.advance(100)
    expect(asked).toEqual([])
  })

  it('never take the place of what was heard since', async () => {
    const { backend, clock, handlers, store, ingest } = setUp([
      { id: 'bob', value: { id: 'bob', name: 'Bob then', signature: 'kept' }, heardAt: 1 },
    ])
    backend.tell({ type: 'profile.changed', profiles: [{ id: 'bob', name: 'Bob since' }] })
    await handlers.watchProfiles({ type: 'watchProfiles', ids: ['bob'] })
    await clock.advance(100)
    expect(store.byId.get('bob')).toEqual({ id: 'bob', name: 'Bob since', signature: 'kept' })
    const found = [{ id: 'bob', name: 'Bob long ago' }]
    ingest([{ type: 'profiles.fetched', found, missing: [], heardAt: 0 }], 'cache')
    expect(store.byId.get('bob')?.name).toBe('Bob since')
  })

  it('are groups too', async () => {
    const value: Group = { id: 'g', type: 'work', state: 'joined', name: 'Garden' }
    const { clock, handlers, groups } = setUp([], [{ id: 'g', value, heardAt: 1 }])
    await handlers.watchGroups({ type: 'watchGroups', ids: ['g'] })
    await clock.advance(100)
    expect(groups.byId.get('g')?.name).toBe('Garden')
  })
})
