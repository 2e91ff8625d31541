import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { catalogueError } from '../../src/core/errors'
import type { Transport } from '../../src/core/ports'
import { useMembers } from '../../src/composables'
import { useGroupStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const patience = { timeout: 20_000 }
let service: EmbeddedService
const kits: ChatKit[] = []

beforeEach(async () => {
  service = createEmbeddedService({ name: 'listed-members', storage: 'memory' })
  for (const id of ['alice', 'bob', 'carol']) await service.addUser({ id, name: id.toUpperCase() })
})
afterEach(async () => {
  await Promise.all(kits.splice(0).map((kit) => kit.dispose()))
  service.close()
})

function kitOf(userId: string, line = (transport: Transport): Transport => transport): ChatKit {
  const kit = createChatKit({ transport: line(createEmbeddedTransport({ service })), userId })
  kits.push(kit)
  return kit
}
/** A service that does not tell what happened while one was away, and says so. */
function forgetful(transport: Transport): Transport {
  return {
    ...transport,
    subscribe: (listener) =>
      transport.subscribe((batch) =>
        listener(
          batch
            .filter(({ type }) => type !== 'member.changed')
            .map((event) =>
              event.type === 'session.changed' && event.session.state === 'online'
                ? { ...event, session: { ...event.session, hasContinuity: false } }
                : event,
            ),
        ),
      ),
  }
}
const look = (kit: ChatKit) => runInKit(kit, () => useMembers('g'))
const ids = ({ view }: ReturnType<typeof look>) => view.members.value.map(({ userId }) => userId)

async function found(kit: ChatKit): Promise<void> {
  const group = { id: 'g', type: 'public', name: 'G' } as const
  await kit.dispatch({ type: 'createGroup', group, memberIds: ['bob'] })
}

describe('The members of a group', () => {
  it('are there at once as this machine has kept them, with their names, while there is no connection', async () => {
    const before = kitOf('alice')
    await before.online()
    await found(before)
    const first = look(before)
    await vi.waitFor(() => expect(ids(first)).toEqual(['alice', 'bob']), patience)
    await before.dispatch({ type: 'updateMember', groupId: 'g', patch: { userId: 'bob', nameCard: 'B.' } })
    await vi.waitFor(() => expect(first.view.members.value[1]?.nameCard).toBe('B.'), patience)
    first.stop()
    await before.dispose()

    const after = kitOf('alice', (transport) => ({ ...transport, connect: () => {} }))
    await after.dispatch({ type: 'loadGroups', ids: ['g'] })
    await vi.waitFor(() => expect(useGroupStore(after.pinia).byId.has('g')).toBe(true), patience)
    const second = look(after)
    await vi.waitFor(() => expect(ids(second)).toEqual(['alice', 'bob']), patience)
    expect(second.view.members.value[1]?.nameCard).toBe('B.')
    expect(second.view.state.value).toBe('ready')
    second.stop()
    // What this machine keeps must not meet the tests that follow.
    await after.signOut()
  })

  it('are read again after an interruption in which changes may have been missed', async () => {
    const alice = kitOf('alice')
    const bob = kitOf('bob', forgetful)
    await Promise.all([alice.online(), bob.online()])
    await found(alice)
    const watched = look(bob)
    await vi.waitFor(() => expect(ids(watched)).toEqual(['alice', 'bob']), patience)
    await bob.disconnect()
    await alice.dispatch({ type: 'inviteMembers', groupId: 'g', userIds: ['carol'] })
    bob.connect()
    await vi.waitFor(() => expect(ids(watched)).toEqual(['alice', 'bob', 'carol']), patience)
    expect(useGroupStore(bob.pinia).membersById.get('g')).not.toHaveProperty('isDoubtful')
    watched.stop()
  })
})

it('are read on the next line where the end of the last one kept them away', async () => {
  let calls = 0
  const backend = createScriptedTransport({
    groups: {
      types: ['public'],
      async fetch() {
        return [{ id: 'g', type: 'public', state: 'joined' }]
      },
      async members() {
        if (calls++ > 0) return { items: [{ userId: 'bob', role: 'member' }] }
        backend.goOffline()
        throw catalogueError('parley', 'disconnected')
      },
    },
  })
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory' })
  kits.push(kit)
  backend.goOnline()
  await kit.dispatch({ type: 'loadGroups', ids: ['g'] })
  const { view } = look(kit)
  await vi.waitFor(() => expect(view.state.value).toBe('failed'), patience)
  backend.goOnline()
  await vi.waitFor(() => expect(view.members.value.map(({ userId }) => userId)).toEqual(['bob']), patience)
})
