import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { openCache } from '../../src/cache'
import { textsOf } from '../support/builders'
import { createFakeClock } from '../support/fakeClock'
import { VERSION_1 } from './version1'

it('opens a cache of version 1 with all that is in it', async () => {
  await write('cache-version-1')
  let ids = 0
  const cache = openCache({
    name: 'cache-version-1',
    ownId: 'alice',
    clock: createFakeClock(),
    ids: { next: () => `id-${(ids += 1)}` },
  })
  expect(await cache.start()).toMatchObject({
    checkpoint: 'p',
    conversations: [{ id: 'c1', peerId: 'bob' }],
    drafts: [{ conversationId: 'c1', draft: { text: 'hi' } }],
    contacts: [{ userId: 'bob' }],
    outbox: [{ id: 'o' }],
  })
  const { page, removedKeys, clearedUpToAt } = await cache.openNewest('c1', 9)
  expect(textsOf(page.messages)).toEqual(['hello'])
  expect([page.older, page.newer]).toEqual([{ end: 'start' }, { end: 'live' }])
  expect([removedKeys, clearedUpToAt]).toEqual([['gone'], 5])
  expect(await cache.profiles(['bob'])).toMatchObject([{ value: { name: 'Bob' }, heardAt: 8 }])
  await cache.outbox.add({ ...(await cache.outbox.all())[0]!, id: 'later' })
  expect((await cache.outbox.all()).map(({ id }) => id)).toEqual(['o', 'later'])
  expect(cache.kind()).toBe('indexeddb')
  await cache.close()
})

/** Without the code of today: what it would write is not what version 1 wrote. */
function write(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION_1.version)
    request.onerror = () => reject(request.error)
    request.onupgradeneeded = () => {
      for (const [store, keyPath] of Object.entries(VERSION_1.stores)) {
        const autoIncrement = VERSION_1.counted.includes(store)
        const table = request.result.createObjectStore(store, { keyPath, autoIncrement })
        for (const row of VERSION_1.rows[store] ?? []) table.put(row)
      }
    }
    request.onsuccess = () => {
      request.result.close()
      resolve()
    }
  })
}
