import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'

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
  await write(name)
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

/** Without the code of today: what it would write is not what version 1 wrote. */
function write(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 10)
    request.onerror = () => reject(request.error)
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(VERSION_1)) {
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
