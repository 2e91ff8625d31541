import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'
import { visit } from './visit'

/** The stores of version 1 with their keys; Dexie counts in tens. */
const VERSION_1 = {
  heads: 'id',
  users: 'id',
  friends: ['userId', 'friendId'],
  groups: 'id',
  conversations: 'id',
  members: ['conversationId', 'userId'],
  memberships: ['userId', 'conversationId'],
  roster: ['groupId', 'rank', 'userId'],
  messages: ['conversationId', 'seq'],
  messageKeys: ['conversationId', 'key'],
  files: 'id',
  log: 'position',
}
/** Version 2 has these as well. */
const VERSION_2 = {
  ...VERSION_1,
  friendAsks: ['fromId', 'toId'],
  friendRequests: ['ownerId', 'id'],
  blocks: ['userId', 'blockedId'],
  groupApplications: ['groupId', 'userId'],
}
const ROWS: Readonly<Record<string, readonly object[]>> = {
  heads: [{ id: 'log', era: 'e', head: 0, trimmed: 0 }],
  users: [
    { id: 'alice', name: 'Alice' },
    { id: 'bob', name: 'Bob' },
    { id: 'carol', name: 'Carol' },
  ],
  friends: [
    { userId: 'alice', friendId: 'bob' },
    { userId: 'bob', friendId: 'alice' },
  ],
}

it('a service of version 1 keeps its friends, and lets others be asked', async () => {
  const name = 'service-version-1'
  await write(name, 10, VERSION_1)
  const service = createEmbeddedService({ name })
  const transport = createEmbeddedTransport({ service })
  const online = new Promise<void>((resolve) =>
    transport.subscribe((events) => {
      if (events.some((event) => event.type === 'session.changed' && event.session.state === 'online')) {
        resolve()
      }
    }),
  )
  transport.connect({ userId: 'alice', credentials: async () => ({ secret: '' }) })
  await online
  expect(service.storage()).toBe('indexeddb')
  expect((await transport.contacts?.list())?.items).toEqual([{ userId: 'bob' }])
  expect(await transport.contacts?.ask({ userId: 'carol' }, 'hello')).toBe('pending')
  expect((await transport.contacts?.requests())?.items).toMatchObject([{ userId: 'carol', state: 'pending' }])
  await transport.disconnect()
  service.close()
})

it('a service of version 2 lets people be kept out of its groups', async () => {
  const name = 'service-version-2'
  await write(name, 20, VERSION_2)
  const service = createEmbeddedService({ name })
  const alice = await visit(service, 'alice')
  expect(service.storage()).toBe('indexeddb')
  const { group } = await alice.transport.groups!.create({ type: 'public', name: 'g' }, ['bob'])
  const { done } = await alice.transport.groups!.setBanned!(group.id, ['bob'], 'forever')
  expect(done).toEqual(['bob'])
  expect((await alice.transport.groups!.members(group.id, { only: 'banned' })).items).toMatchObject([
    { userId: 'bob' },
  ])
  await alice.transport.disconnect()
  service.close()
})

/** Without the code of today: what it would write is not what those versions wrote. */
function write(
  name: string,
  version: number,
  stores: Readonly<Record<string, string | string[]>>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.onerror = () => reject(request.error)
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(stores)) {
        const table = request.result.createObjectStore(store, { keyPath })
        for (const row of ROWS[store] ?? []) table.put(row)
      }
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}
