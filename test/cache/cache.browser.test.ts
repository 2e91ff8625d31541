import { afterEach, describe, expect, it, vi } from 'vitest'
import { openCache } from '../../src/cache'
import type { Cache } from '../../src/core/ports'
import { createFakeClock } from '../support/fakeClock'
import { aMessage, aPage } from '../support/builders'

const NAME = 'parley-cache-browser-test'
const opened: Cache[] = []
let ids = 0

afterEach(async () => {
  vi.restoreAllMocks()
  for (const cache of opened.splice(0)) await cache.close()
  await deleted(NAME)
})

function open(): Cache {
  const source = { next: () => `id-${(ids += 1)}` }
  const cache = openCache({ name: NAME, ownId: 'alice', clock: createFakeClock(), ids: source })
  opened.push(cache)
  return cache
}

function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

const messages = (count: number) => Array.from({ length: count }, (_n, i) => aMessage({ seq: i + 1 }))

describe('A cache in a real browser', () => {
  it('opens the end of a long history by reading a page of it', async () => {
    // Before the database is opened: Dexie keeps the method it finds then.
    const begun = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const cache = open()
    await cache.start()
    for (const message of messages(4_000)) {
      cache.absorb([{ type: 'message.received', messages: [message], isLive: true }])
    }
    await cache.flush()
    expect(begun.mock.calls.length).toBeGreaterThan(0)
    expect(begun.mock.calls.length).toBeLessThanOrEqual(4 * 20)
    expect(cache.kind()).toBe('indexeddb')
    expect((await cache.size()).messages).toBe(4_000)
    const rowsRead = countRows()
    const { page } = await cache.openNewest('c1', 20)
    expect(page.messages.at(-1)?.order).toEqual({ major: 4_000 })
    expect(page.newer).toEqual({ end: 'live' })
    expect(rowsRead()).toBeLessThan(40)
  })

  it('keeps what comes in one great batch', async () => {
    const cache = open()
    await cache.start()
    cache.absorb([{ type: 'message.received', messages: messages(2_000), isLive: true }])
    await cache.flush()
    expect(cache.kind()).toBe('indexeddb')
    expect((await cache.size()).messages).toBe(2_000)
  })

  it('has what was added although the tab was gone at once', async () => {
    const [dying, other] = [open(), open()]
    await Promise.all([dying.start(), other.start()])
    const item = {
      id: 'a',
      lane: 'c1',
      command: { type: 'markAllRead' },
      queuedAt: 1,
      state: 'queued',
      attempts: 0,
    } as const
    void dying.outbox.add(item)
    expect(await other.outbox.all()).toEqual([item])
  })

  it('goes on with what was there when the database is deleted', async () => {
    const cache = open()
    cache.absorb([
      {
        type: 'history.loaded',
        request: { conversationId: 'c1', from: 'newest', direction: 'older', count: 20 },
        page: aPage(messages(3)),
      },
    ])
    await cache.flush()
    const told = new Promise((resolve) => cache.watch(resolve))
    await deleted(NAME)
    expect(await told).toMatchObject({ code: 'storage-memory' })
    expect((await cache.openNewest('c1', 9)).page.messages).toHaveLength(3)
    expect(cache.kind()).toBe('memory')
  })
})

/** Counts the rows that come out of the database from now on. */
function countRows(): () => number {
  let count = 0
  const { getAll, get } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...args) {
    const request = getAll.apply(this, args)
    request.addEventListener('success', () => (count += request.result.length))
    return request
  })
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, ...args) {
    count += 1
    return get.apply(this, args)
  })
  const { openCursor } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'openCursor').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const request = openCursor.apply(this, args)
    request.addEventListener('success', () => (count += 1))
    return request
  })
  return () => count
}
