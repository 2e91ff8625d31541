import { afterEach, beforeEach, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { CACHE_SCHEMA, openCache } from '../../src/cache'
import type { CacheStorage } from '../../src/cache'
import type { Cache } from '../../src/core/ports'
import type { OutboxItem } from '../../src/model'
import { webPlatform } from '../../src/platform/web'
import { createMemoryStorage } from '../../src/storage'
import { useConversationStore, useTimelineStore } from '../../src/stores'
import { createFakeClock, settle } from '../support/fakeClock'
import { createTabs } from '../support/fakeTabs'
import type { FakeTabs } from '../support/fakeTabs'
import { createRecordingLogger } from '../support/recordingLogger'
import { createScriptedTransport } from '../support/scriptedTransport'

const clock = createFakeClock()
let tabs: FakeTabs
let storage: CacheStorage
let dying: { kit: ChatKit; cache: Cache }
let living: { kit: ChatKit; cache: Cache }

function open(name: string) {
  let count = 0
  const ids = { next: () => `${name}${count++}` }
  const cache = openCache({ name: 'cache', ownId: 'alice', clock, ids, storage })
  const kit = createChatKit({
    transport: createScriptedTransport().transport,
    userId: 'alice',
    clock,
    ids,
    cache,
    logger: createRecordingLogger(),
    platform: { ...webPlatform, tabs: tabs.tab(name) },
  })
  return { kit, cache }
}

const draftOf = (kit: ChatKit) => useConversationStore(kit.pinia).draftOf('c1').text
const rowsOf = (kit: ChatKit) =>
  (useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []).map(({ message }) => message.keys[0])

/** What the dying tab wrote when its Send button was pressed, and no word of it to the others. */
function sentFromDraft(text: string): OutboxItem {
  const parts = [{ kind: 'text', text }] as const
  const outgoing = { conversationId: 'c1', clientId: 'x', parts, delivery: 'stored' } as const
  return {
    id: 'client:alice:x',
    lane: 'c1',
    command: { type: 'sendMessage', outgoing },
    queuedAt: clock.now(),
    state: 'queued',
    attempts: 0,
    isFromDraft: true,
  }
}

beforeEach(async () => {
  tabs = createTabs(clock)
  storage = createMemoryStorage(CACHE_SCHEMA)
  dying = open('dying')
  living = open('living')
  await clock.advance(1)
  await dying.kit.dispatch({
    type: 'setDraft',
    conversationId: 'c1',
    draft: { text: 'hello', attachments: [] },
  })
  await clock.advance(1)
  expect(draftOf(living.kit)).toBe('hello')
})
afterEach(async () => {
  await Promise.all([dying.kit.dispose(), living.kit.dispose()])
})

it('that sent a draft without a word leaves the row in the other tab, and not the draft', async () => {
  await dying.cache.outbox.add(sentFromDraft('hello'), 'c1')
  tabs.kill('dying')
  await clock.advance(1)
  await settle()
  expect(rowsOf(living.kit)).toEqual(['client:alice:x'])
  expect(draftOf(living.kit)).toBe('')
})

it('takes no draft with it that was not sent', async () => {
  await dying.cache.outbox.add(sentFromDraft('hell'), 'c1')
  tabs.kill('dying')
  await clock.advance(1)
  await settle()
  expect(rowsOf(living.kit)).toEqual(['client:alice:x'])
  expect(draftOf(living.kit)).toBe('hello')
})

it('takes no draft with it that says once more what was sent before', async () => {
  await dying.cache.outbox.add(sentFromDraft('hello'), 'c1')
  const late = open('late')
  await clock.advance(1)
  await late.kit.dispatch({
    type: 'setDraft',
    conversationId: 'c1',
    draft: { text: 'hello', attachments: [] },
  })
  await dying.cache.outbox.change('client:alice:x', (item) => ({ ...item, attempts: 1 }))
  tabs.kill('dying')
  await clock.advance(1)
  await settle()
  expect(draftOf(late.kit)).toBe('hello')
  await late.kit.dispose()
})
