import { describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { CacheStorage } from '../../src/cache'
import type { ChatEvent, HistoryRequest, OutboxItem } from '../../src/model'
import { createMemoryStorage } from '../../src/storage'
import { useConversationStore, useOutboxStore, useSessionStore, useTimelineStore } from '../../src/stores'
import { aMessage, aPage, newestRequest } from '../support/builders'
import { createFakeClock, settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { createScriptedTransport } from '../support/scriptedTransport'

type Tables = Readonly<Record<string, readonly object[]>>
/** Corruption: what stands where something else stood. */
const ODD: readonly unknown[] = [undefined, null, NaN, -1, 7, 'odd', '', [], {}, [null], { __proto__: null }]
const NAMES = Object.keys(CACHE_SCHEMA.at(-1)!.tables) as never[]
const KEYS = CACHE_SCHEMA.at(-1)!.tables as Readonly<Record<string, readonly string[]>>

function anItem(id: string, lane: string): OutboxItem {
  const parts = [{ kind: 'text', text: id }] as const
  const outgoing = { conversationId: lane, clientId: id, parts, delivery: 'stored' } as const
  const command = { type: 'sendMessage', outgoing } as const
  return { id: `client:alice:${id}`, lane, command, queuedAt: 1, state: 'queued', attempts: 0 }
}

function openOver(storage: CacheStorage, clock = createFakeClock()) {
  let count = 0
  return openCache({ name: 'corrupt', ownId: 'alice', clock, ids: { next: () => `i${count++}` }, storage })
}

/** A cache that holds something in every table. */
async function wholeTables(): Promise<Tables> {
  const storage: CacheStorage = createMemoryStorage(CACHE_SCHEMA)
  const cache = openOver(storage)
  const messages = [1, 2, 3].map((seq) => aMessage({ seq }))
  const events: readonly ChatEvent[] = [
    { type: 'session.changed', session: { state: 'online', isCatchingUp: false, hasContinuity: false } },
    { type: 'checkpoint.advanced', checkpoint: 'p1' },
    {
      type: 'conversations.listed',
      conversations: ['c1', 'c2'].map((id) => ({ id, kind: 'direct', peerId: 'bob' })),
      isComplete: true,
    },
    { type: 'history.loaded', request: newestRequest, page: aPage(messages) },
    {
      type: 'message.changed',
      changes: [
        { kind: 'removed', ref: aMessage({ seq: 3 }), isVouched: true },
        { kind: 'pinned', ref: aMessage({ seq: 9 }), isVouched: true, isPinned: true },
      ],
    },
    {
      type: 'receipt.received',
      receipts: ['alice', 'bob'].map((userId) => ({
        kind: 'upTo',
        conversationId: 'c1',
        userId,
        state: 'read',
        point: { message: aMessage({ seq: 1 }) },
      })),
    },
    { type: 'profiles.fetched', found: [{ id: 'bob', name: 'Bob' }], missing: ['eve'], heardAt: 1 },
    { type: 'groups.fetched', found: [], missing: ['g1'], heardAt: 1 },
    { type: 'contact.changed', contacts: [{ userId: 'bob' }] },
    {
      type: 'friendRequests.listed',
      requests: [{ id: 'r1', userId: 'carol', direction: 'in', state: 'pending', wording: 'Hello' }],
    },
    { type: 'blocklist.changed', userIds: ['mallory'] },
    { type: 'draft.changed', conversationId: 'c1', draft: { text: 'first', attachments: [] } },
    { type: 'draft.changed', conversationId: 'c2', draft: { text: 'second', attachments: [] } },
  ]
  cache.absorb(events)
  await cache.outbox.add(anItem('a', 'c1'))
  await cache.outbox.add(anItem('b', 'c2'))
  await cache.keepMedia('k', { at: 'local', source: 'blob', value: 'x', name: 'x', bytes: 1, mime: 'x' })
  await cache.flush()
  const tables = await storage.read(NAMES, async (reading) =>
    Object.fromEntries(
      await Promise.all(NAMES.map(async (name) => [name, await reading.range(name, {})] as const)),
    ),
  )
  await cache.close()
  return tables
}

/** Every place of a row but its key, however deep. */
function placesOf(value: unknown, keys: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([field]) => !keys.includes(field))
    .flatMap(([field, inner]) => [[field], ...placesOf(inner).map((path) => [field, ...path])])
}

function corrupted(row: object, path: readonly string[], odd: unknown): object {
  const copy = structuredClone(row)
  const last = path.at(-1) as string
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>(
      (held, field) => held[field] as Record<string, unknown>,
      copy as Record<string, unknown>,
    )
  if (odd === undefined) delete holder[last]
  else holder[last] = odd
  return copy
}

async function storageOf(tables: Tables): Promise<CacheStorage> {
  const storage: CacheStorage = createMemoryStorage(CACHE_SCHEMA)
  await storage.write(NAMES, async (writing) => {
    for (const name of NAMES) await writing.putMany(name, tables[name] as never)
  })
  return storage
}

/** Opens a kit over the tables, uses it, and says what of it does not work. */
async function faultsOf(
  tables: Tables,
  spared: { draft: boolean; item: boolean },
): Promise<readonly string[]> {
  const clock = createFakeClock(1_000_000)
  const storage = await storageOf(tables)
  const cache = openOver(storage, clock)
  const sent: string[] = []
  const backend = createScriptedTransport({
    messages: {
      send: ({ conversationId, clientId }) => {
        sent.push(clientId)
        const message = aMessage({ seq: 20 + sent.length, conversationId, senderId: 'alice' })
        return { result: Promise.resolve(message), cancel: () => {} }
      },
    },
  })
  const logger = createRecordingLogger()
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', clock, cache, logger })
  const faults: string[] = []
  try {
    await settle()
    backend.goOnline()
    await clock.advance(20)
    backend.answers.push(aPage([4, 5].map((seq) => aMessage({ seq }))))
    const request: HistoryRequest = { ...newestRequest }
    await kit
      .dispatch({ type: 'loadHistory', conversationId: request.conversationId, direction: 'newest' })
      .catch((thrown) => faults.push(`history: ${thrown}`))
    backend.tell({ type: 'message.received', messages: [aMessage({ seq: 100 })], isLive: true })
    await clock.advance(60_000)
    await cache.flush().catch((thrown) => faults.push(`flush: ${thrown}`))
    if (useSessionStore(kit.pinia).session.state !== 'online') faults.push('is not online')
    if (
      !useTimelineStore(kit.pinia)
        .timelineById.get('c1')
        ?.find(aMessage({ seq: 100 }).keys)
    ) {
      faults.push(
        'shows no new message',
        JSON.stringify([
          useTimelineStore(kit.pinia)
            .timelineById.get('c1')
            ?.entries()
            .map(({ message }) => message.order?.major),
          backend.asked,
          logger.said,
        ]),
      )
    }
    const conversations = useConversationStore(kit.pinia)
    if (spared.draft && conversations.draftOf('c2').text !== 'second') faults.push('lost a draft')
    if (spared.item && !sent.includes('b')) faults.push('did not send what waited')
    if (useOutboxStore(kit.pinia).itemById.has('client:alice:b')) faults.push('still holds what it sent')
    if (logger.said.some((line) => line.includes('must not happen'))) faults.push(logger.said.join('; '))
  } finally {
    await kit.dispose()
  }
  return faults
}

describe('A cache with a row that is corrupt', async () => {
  const whole = await wholeTables()

  it('is whole to begin with, with something in every table', async () => {
    expect(NAMES.filter((name) => whole[name]?.length === 0)).toEqual([])
    expect(await faultsOf(whole, { draft: true, item: true })).toEqual([])
  })

  it.each(NAMES)('in %s lets the kit work, and loses nothing else', { timeout: 60_000 }, async (name) => {
    const table = whole[name] as readonly object[]
    const wrong: string[] = []
    for (const [index, row] of table.entries()) {
      for (const path of placesOf(row, KEYS[name])) {
        for (const odd of ODD) {
          const rows = table.map((other) => (other === row ? corrupted(row, path, odd) : other))
          const isSpared = !JSON.stringify(row).includes('second') && !JSON.stringify(row).includes('alice:b')
          const faults = await faultsOf({ ...whole, [name]: rows }, { draft: isSpared, item: isSpared })
          if (faults.length > 0)
            wrong.push(`${index}.${path.join('.')} = ${String(JSON.stringify(odd))}: ${faults.join()}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })
})
