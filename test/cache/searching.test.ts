import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { Cache, CachedSearch } from '../../src/core/ports'
import type { Message } from '../../src/model'
import { createMemoryStorage } from '../../src/storage'
import { aMessage } from '../support/builders'
import { createFakeClock } from '../support/fakeClock'

const opened: Cache[] = []
afterEach(async () => {
  for (const cache of opened.splice(0)) await cache.close()
})

function keeping(...messages: readonly Message[]): Cache {
  const cache = openCache({
    name: 'searching',
    ownId: 'alice',
    clock: createFakeClock(),
    ids: { next: () => 'era' },
    storage: createMemoryStorage(CACHE_SCHEMA),
  })
  opened.push(cache)
  cache.absorb([{ type: 'message.received', messages, isLive: true }])
  return cache
}

/** Every page there is. */
async function found(cache: Cache, wanted: Omit<CachedSearch, 'conversationId'>) {
  const numbers: (number | undefined)[] = []
  let cursor: string | undefined
  let pages = 0
  do {
    const page = await cache.search({
      conversationId: 'c1',
      ...wanted,
      ...(cursor !== undefined && { cursor }),
    })
    numbers.push(...page.items.map(({ order }) => order?.major))
    cursor = page.next
    pages++
  } while (cursor !== undefined)
  return { numbers, pages }
}

const said = (seq: number, text: string, more: Partial<Message> = {}) => ({
  ...aMessage({ seq }),
  conversationId: 'c1',
  parts: [{ kind: 'text', text }] as const,
  ...more,
})

describe('a search on this machine', () => {
  it('finds words whatever their case and accents, from the newest on, in its conversation only', async () => {
    const cache = keeping(
      said(1, 'To the Král'),
      said(2, 'nothing'),
      said(3, 'kral again'),
      said(4, '去看国王'),
      said(5, 'kral', { conversationId: 'c2' }),
    )
    expect((await found(cache, { text: 'KRAL' })).numbers).toEqual([3, 1])
    expect((await found(cache, { text: '国王' })).numbers).toEqual([4])
    expect((await found(cache, { text: 'absent' })).numbers).toEqual([])
  })

  it('finds files by name and by kind, and nothing of what was recalled', async () => {
    const file = { at: 'remote', url: 'https://files.test/1', name: 'Plan.pdf', bytes: 1 } as const
    const cache = keeping(
      said(1, 'a plan'),
      said(2, '', { parts: [{ kind: 'file', file }] }),
      said(3, 'plan', { parts: [], recalled: {} }),
    )
    expect((await found(cache, { text: 'plan' })).numbers).toEqual([2, 1])
    expect((await found(cache, { text: '', kinds: ['file'] })).numbers).toEqual([2])
  })

  it('goes through a long history page by page and misses nothing at their edges', async () => {
    const cache = keeping(
      ...Array.from({ length: 2_500 }, (_, index) => said(index + 1, `number ${index + 1}.`)),
    )
    const { numbers, pages } = await found(cache, { text: 'number' })
    expect(numbers).toEqual(Array.from({ length: 2_500 }, (_, index) => 2_500 - index))
    expect(pages).toBe(3)
    const first = said(1, '').sentAt
    expect((await found(cache, { text: 'number', toAt: first })).numbers).toEqual([1])
  })
})
