import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CACHE_SCHEMA, cacheName, openCache } from '../../src/cache'
import type { CacheOptions, CacheStorage } from '../../src/cache'
import type { Cache } from '../../src/core/ports'
import { ChatError } from '../../src/model'
import type {
  ChatEvent,
  Conversation,
  HistoryRequest,
  KnownPage,
  LocalFile,
  Message,
  MessageChange,
  OutboxItem,
} from '../../src/model'
import { createMemoryStorage } from '../../src/storage'
import { aMessage, aPage, newestRequest, textsOf } from '../support/builders'
import { createFakeClock } from '../support/fakeClock'

let names = 0
let ids = 0
const opened: Cache[] = []

afterEach(async () => {
  for (const cache of opened.splice(0)) await cache.close()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** A machine on which several tabs can open the same cache. */
function machine(kind: 'memory' | 'indexeddb') {
  const name = `cache-${(names += 1)}`
  const clock = createFakeClock()
  const storage: CacheStorage | undefined = kind === 'memory' ? createMemoryStorage(CACHE_SCHEMA) : undefined
  const open = (more: Partial<CacheOptions> = {}): Cache => {
    const cache = openCache({
      name,
      ownId: 'alice',
      clock,
      ids: { next: () => `id-${(ids += 1)}` },
      ...(storage && { storage }),
      ...more,
    })
    opened.push(cache)
    return cache
  }
  return { open, clock, name }
}

const online = (hasContinuity: boolean): ChatEvent => ({
  type: 'session.changed',
  session: { state: 'online', isCatchingUp: false, hasContinuity },
})
const received = (...messages: readonly Message[]): ChatEvent => ({
  type: 'message.received',
  messages,
  isLive: true,
})
const seqs = (...numbers: readonly number[]) => numbers.map((seq) => aMessage({ seq }))
const span = (from: number, to: number) => seqs(...Array.from({ length: to - from + 1 }, (_n, i) => from + i))
const loaded = (page: KnownPage, beside?: Message, request: HistoryRequest = newestRequest): ChatEvent => ({
  type: 'history.loaded',
  request,
  page,
  ...(beside && { beside }),
})
const changed = (...changes: readonly MessageChange[]): ChatEvent => ({ type: 'message.changed', changes })
const removal = (message: Message): MessageChange => ({ kind: 'removed', ref: message, isVouched: true })
const conversation = (more: Partial<Conversation> = {}): Conversation => ({
  id: 'c1',
  kind: 'direct',
  peerId: 'bob',
  ...more,
})
const listed = (...conversations: readonly Conversation[]): ChatEvent => ({
  type: 'conversations.listed',
  conversations,
  isComplete: true,
})
const item = (id: string, more: Partial<OutboxItem> = {}): OutboxItem => ({
  id,
  lane: 'c1',
  command: { type: 'markAllRead' },
  queuedAt: 1,
  state: 'queued',
  attempts: 0,
  ...more,
})
const numbersOf = (messages: readonly Message[]) => messages.map(({ order }) => order?.major)
const newest = async (cache: Cache, count = 50) => {
  const { page } = await cache.openNewest('c1', count)
  return { numbers: numbersOf(page.messages), older: page.older, newer: page.newer }
}

describe.each(['memory', 'indexeddb'] as const)('A cache over %s', (kind) => {
  it('writes behind', async () => {
    const { open, clock } = machine(kind)
    const cache = open()
    await cache.start()
    for (let i = 1; i <= 1000; i += 1) cache.absorb([received(aMessage({ seq: i }))])
    await clock.advance(10_000)
    await cache.flush()
    expect((await cache.size()).messages).toBe(1000)
    expect(await newest(cache, 2)).toEqual({
      numbers: [999, 1000],
      older: { more: true },
      newer: { end: 'live' },
    })
  })

  it('keeps stretches apart and joins them when the hole is filled', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([online(true), loaded(aPage(span(1, 5))), online(false), received(aMessage({ seq: 20 }))])
    expect(await newest(cache)).toEqual({ numbers: [20], older: { more: true }, newer: { end: 'live' } })
    cache.absorb([loaded(aPage(span(10, 19), { cursor: 'x' }), aMessage({ seq: 20 }))])
    expect((await newest(cache)).numbers).toEqual(numbersOf(span(10, 20)))
    expect(
      await cache.page({ conversationId: 'c1', beside: aMessage({ seq: 10 }), direction: 'older', count: 5 }),
    ).toMatchObject({ messages: [], changes: [], older: { more: true }, newer: { more: true } })
    cache.absorb([loaded(aPage(span(4, 9), { cursor: 'y' }), aMessage({ seq: 10 }))])
    expect(await newest(cache)).toEqual({
      numbers: numbersOf(span(1, 20)),
      older: { end: 'start' },
      newer: { end: 'live' },
    })
  })

  it('doubts every newest end when continuity is lost, and those that are named', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([loaded(aPage(span(1, 3)))])
    expect((await newest(cache)).newer).toEqual({ end: 'live' })
    cache.absorb([online(true)])
    expect((await newest(cache)).newer).toEqual({ end: 'live' })
    cache.absorb([{ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' }])
    expect((await newest(cache)).newer).toEqual({ more: true })
    cache.absorb([loaded(aPage(span(2, 4)))])
    expect((await newest(cache)).newer).toEqual({ end: 'live' })
    cache.absorb([online(false)])
    expect((await newest(cache)).newer).toEqual({ more: true })
  })

  it('does not take a page for followed that was asked for before a loss', async () => {
    const { open } = machine(kind)
    const cache = open()
    const request = { ...newestRequest }
    cache.absorb([
      { type: 'history.requested', request },
      online(false),
      loaded(aPage(span(1, 3)), undefined, request),
    ])
    expect((await newest(cache)).newer).toEqual({ more: true })
  })

  it('shows what was sent from here with what is above it, and apart once others may be missing between', async () => {
    const { open } = machine(kind)
    const cache = open()
    await cache.start()
    const sent = aMessage({ seq: 9, senderId: 'alice', clientId: 'x' })
    const answered: ChatEvent = { type: 'message.sent', message: sent, rowKey: 'client:alice:x' }
    cache.absorb([loaded(aPage(span(1, 5))), answered])
    expect((await newest(cache)).numbers).toEqual([1, 2, 3, 4, 5, 9])
    cache.absorb([{ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' }])
    expect(await newest(cache)).toEqual({ numbers: [9], older: { more: true }, newer: { more: true } })
    const beside = aMessage({ seq: 5 })
    expect(
      numbersOf((await cache.page({ conversationId: 'c1', beside, direction: 'older', count: 9 })).messages),
    ).toEqual([1, 2, 3, 4])
    // The page that tells what was between makes it one again.
    cache.absorb([loaded(aPage([...span(4, 7), sent], { cursor: 'c' }))])
    expect((await newest(cache)).numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 9])
    cache.absorb([
      { ...answered, message: aMessage({ seq: 11, senderId: 'alice', clientId: 'y' }) },
      online(false),
    ])
    expect((await newest(cache)).numbers).toEqual([11])
  })

  it('sees a hole where dense numbers jump', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([
      listed(conversation({ isDense: true })),
      loaded(aPage(span(1, 3))),
      received(aMessage({ seq: 6 })),
    ])
    expect((await newest(cache)).numbers).toEqual([6])
    cache.absorb([loaded(aPage(span(4, 5), { cursor: 'x' }))])
    expect(await newest(cache)).toEqual({
      numbers: [1, 2, 3, 4, 5, 6],
      older: { end: 'start' },
      newer: { end: 'live' },
    })
  })

  it('knows a message by any of its keys', async () => {
    const { open } = machine(kind)
    const cache = open()
    const [own, server] = [
      aMessage({ clientId: 'k', seq: 1, keys: ['a'] }),
      aMessage({ seq: 2, keys: ['b'] }),
    ]
    cache.absorb([received(own, server), received(aMessage({ seq: 2, keys: ['a', 'b', 'c'], text: 'one' }))])
    const { page } = await cache.openNewest('c1', 10)
    expect(textsOf(page.messages)).toEqual(['one'])
    for (const key of ['a', 'b', 'c']) {
      expect(textsOf([(await cache.find({ conversationId: 'c1', keys: [key] }))!])).toEqual(['one'])
    }
    cache.absorb([received(aMessage({ seq: 9, keys: ['a', 'm'], senderId: 'mallory', text: 'fake' }))])
    expect(textsOf([(await cache.find({ conversationId: 'c1', keys: ['a'] }))!])).toEqual(['one'])
  })

  it('keeps the order of a page among equal numbers', async () => {
    const { open } = machine(kind)
    const cache = open()
    const equals = ['a', 'b', 'c', 'd'].map((key) =>
      aMessage({ keys: [key], order: { major: 7 }, text: key }),
    )
    const [a, b, c, d] = equals as [Message, Message, Message, Message]
    cache.absorb([received(c, b)])
    cache.absorb([loaded(aPage([a, b, c, d]))])
    expect(textsOf((await cache.openNewest('c1', 9)).page.messages)).toEqual(['a', 'b', 'c', 'd'])
    const beside = { conversationId: 'c1', keys: [], order: { major: 7 } }
    const page = await cache.page({ conversationId: 'c1', beside, direction: 'older', count: 2 })
    expect(textsOf(page.messages)).toEqual(['c', 'd'])
  })

  it('lets no deleted message come back, nor show in the list', async () => {
    const { open } = machine(kind)
    const cache = open()
    const [one, two] = seqs(1, 2) as [Message, Message]
    cache.absorb([listed(conversation({ last: two })), received(one, two), changed(removal(two))])
    cache.absorb([received(two), loaded(aPage([one, two])), listed(conversation({ last: two }))])
    const opening = await cache.openNewest('c1', 9)
    expect(numbersOf(opening.page.messages)).toEqual([1])
    expect(opening.removedKeys).toEqual(two.keys)
    expect((await cache.start()).conversations).toMatchObject([{ last: { keys: one.keys } }])
  })

  it('applies changes, also those that come before their message', async () => {
    const { open } = machine(kind)
    const cache = open()
    const [one, two] = seqs(1, 2) as [Message, Message]
    const recall = (ref: Message, byId: string): MessageChange => ({
      kind: 'recalled',
      ref,
      byId,
      isVouched: false,
    })
    cache.absorb([received(one), changed(recall(one, 'mallory')), changed(recall(two, 'bob'))])
    expect((await cache.openNewest('c1', 9)).earlyChanges).toHaveLength(1)
    cache.absorb([received(two)])
    const { page, earlyChanges } = await cache.openNewest('c1', 9)
    expect(page.messages.map(({ recalled }) => recalled?.byId)).toEqual([undefined, 'bob'])
    expect(earlyChanges).toEqual([])
  })

  it('clears history, and old tellings do not bring it back', async () => {
    const { open } = machine(kind)
    const cache = open()
    const all = span(1, 6)
    cache.absorb([listed(conversation({ last: all[5]! })), loaded(aPage(all))])
    cache.absorb([{ type: 'conversation.cleared', id: 'c1', upToAt: all[3]!.sentAt }, loaded(aPage(all))])
    const opening = await cache.openNewest('c1', 9)
    expect(numbersOf(opening.page.messages)).toEqual([5, 6])
    expect(opening.clearedUpToAt).toBe(all[3]!.sentAt)
    cache.absorb([{ type: 'conversation.cleared', id: 'c1', upToAt: all[5]!.sentAt }])
    expect((await newest(cache)).numbers).toEqual([])
    expect((await cache.start()).conversations[0]).not.toHaveProperty('last')
  })

  it('forgets what a page shows to be gone, though nobody told that it was cleared', async () => {
    const { open } = machine(kind)
    const cache = open()
    await cache.start()
    cache.absorb([loaded(aPage(span(1, 5)))])
    expect((await newest(cache)).numbers).toEqual([1, 2, 3, 4, 5])
    cache.absorb([loaded(aPage([]))])
    expect((await newest(cache)).numbers).toEqual([])
    expect(await cache.find(aMessage({ seq: 3 }))).toBeUndefined()
  })

  describe('of which no number says what is newer', () => {
    const reactions = (key: string) => [{ key, count: 1, someIds: ['bob'] }]
    const totals = (key: string): MessageChange => ({
      ...{ kind: 'reaction-totals', ref: aMessage({ seq: 2 }), isVouched: true, isWhole: true },
      totals: reactions(key),
    })
    const page = aPage(span(1, 2))
    const keptBy = async (cache: Cache) => {
      const { messages, isDoubted = false } = (await cache.openNewest('c1', 9)).page
      return { keys: messages.at(-1)?.reactions?.map(({ key }) => key), isDoubted }
    }

    it('doubts what two tabs have heard differently, until the backend is asked', async () => {
      const { open, clock } = machine(kind)
      const first = open()
      await first.start()
      const second = open()
      await second.start()
      first.absorb([{ type: 'checkpoint.advanced', checkpoint: '1' }, loaded(page), changed(totals('new'))])
      expect(await keptBy(first)).toEqual({ keys: ['new'], isDoubted: false })
      second.absorb([changed(totals('old'))])
      await second.flush()
      // Whoever begins after that does not hear it again either: the checkpoint may be past it.
      await clock.advance(1)
      for (const cache of [first, second, open()]) expect((await keptBy(cache)).isDoubted).toBe(true)
      const request = newestRequest
      const told = aMessage({ seq: 2, reactions: reactions('new') })
      first.absorb([{ type: 'history.requested', request }, loaded(aPage([...span(1, 1), told]))])
      expect(await keptBy(first)).toEqual({ keys: ['new'], isDoubted: false })
      await clock.advance(1)
      expect(await keptBy(open())).toEqual({ keys: ['new'], isDoubted: false })
    })

    it('believes a tab that begins later', async () => {
      const { open, clock } = machine(kind)
      const first = open()
      first.absorb([{ type: 'checkpoint.advanced', checkpoint: '1' }, loaded(page), changed(totals('old'))])
      await first.flush()
      await clock.advance(1)
      const second = open()
      second.absorb([changed(totals('new'))])
      expect(await keptBy(second)).toEqual({ keys: ['new'], isDoubted: false })
      expect((await keptBy(first)).isDoubted).toBe(true)
      await clock.advance(1)
      expect(await keptBy(open())).toEqual({ keys: ['new'], isDoubted: false })
    })

    it('keeps what was heard last, whichever tab writes last', async () => {
      const { open, clock } = machine(kind)
      const [first, second] = [open(), open()]
      first.absorb([loaded(page)])
      await first.flush()
      second.absorb([changed(totals('old'))])
      await clock.advance(1)
      first.absorb([changed(totals('new'))])
      await first.flush()
      await second.flush()
      expect(await keptBy(open())).toEqual({ keys: ['new'], isDoubted: true })
      // The other one hears the same in the end.
      second.absorb([changed(totals('new'))])
      expect(await keptBy(open())).toMatchObject({ keys: ['new'] })
    })

    it('does not take a clock that was put back for a late tab', async () => {
      const { open, clock } = machine(kind)
      const before = { ...clock, now: () => clock.now() + 3_600_000 }
      const first = open({ clock: before })
      first.absorb([loaded(page), changed(totals('old'))])
      await first.flush()
      const second = open()
      second.absorb([changed(totals('new'))])
      expect(await keptBy(second)).toMatchObject({ keys: ['new'] })
    })

    it('takes what waited for its message for older than a page that was asked for later', async () => {
      const { open, clock } = machine(kind)
      const cache = open()
      cache.absorb([changed(totals('old'))])
      await clock.advance(1)
      cache.absorb([{ type: 'history.requested', request: newestRequest }])
      await clock.advance(1)
      const told = aMessage({ seq: 2, reactions: reactions('new') })
      cache.absorb([loaded(aPage([told]))])
      expect((await keptBy(cache)).keys).toEqual(['new'])
    })

    it('applies what waited for its message where it came after the page was asked for', async () => {
      const { open, clock } = machine(kind)
      const cache = open()
      cache.absorb([{ type: 'history.requested', request: newestRequest }])
      await clock.advance(1)
      cache.absorb([changed(totals('new'))])
      const told = aMessage({ seq: 2, reactions: reactions('old') })
      cache.absorb([loaded(aPage([told]))])
      expect((await keptBy(cache)).keys).toEqual(['new'])
    })
  })

  it('keeps a removed conversation away until a newer message comes', async () => {
    const { open } = machine(kind)
    const cache = open()
    const [one, two] = seqs(1, 2) as [Message, Message]
    cache.absorb([listed(conversation({ last: one })), received(one)])
    cache.absorb([{ type: 'conversation.removed', ids: ['c1'], withHistory: true }])
    cache.absorb([listed(conversation({ last: one })), received(one)])
    expect((await cache.start()).conversations).toEqual([])
    expect((await newest(cache)).numbers).toEqual([])
    cache.absorb([received(two)])
    expect((await cache.start()).conversations).toMatchObject([{ id: 'c1', last: { keys: two.keys } }])
    expect((await newest(cache)).numbers).toEqual([2])
  })

  it('drops everything of a conversation that was built again', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([
      listed(conversation({ incarnation: 'a' })),
      received(...seqs(1, 2)),
      changed(removal(seqs(1)[0]!)),
    ])
    cache.absorb([listed(conversation({ incarnation: 'b' }))])
    expect((await cache.openNewest('c1', 9)).removedKeys).toEqual([])
    expect(await cache.size()).toMatchObject({
      messages: 0,
      names: 0,
      spans: 0,
      tombstones: 0,
      conversations: 1,
    })
  })

  it('opens around a message and pages both ways', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([loaded(aPage(span(1, 100)))])
    const at = aMessage({ seq: 50 })
    expect(numbersOf((await cache.openAround(at, 5))!.page.messages)).toEqual([48, 49, 50, 51, 52])
    const page = async (seq: number, direction: 'older' | 'newer') => {
      const found = await cache.page({ conversationId: 'c1', beside: aMessage({ seq }), direction, count: 3 })
      return [numbersOf(found.messages), found.older, found.newer]
    }
    expect(await page(50, 'older')).toEqual([[47, 48, 49], { more: true }, { more: true }])
    expect(await page(50, 'newer')).toEqual([[51, 52, 53], { more: true }, { more: true }])
    expect(await page(3, 'older')).toEqual([[1, 2], { end: 'start' }, { more: true }])
    expect(await page(98, 'newer')).toEqual([[99, 100], { more: true }, { end: 'live' }])
    expect(await cache.openAround(aMessage({ seq: 500 }), 5)).toBeUndefined()
  })

  it('never keeps what must not be kept, nor what is no message', async () => {
    const { open } = machine(kind)
    const cache = open()
    const file = {
      at: 'local',
      source: 'bytes',
      value: () => 1,
      name: 'a.png',
      bytes: 1,
      mime: 'image/png',
    } as const
    const wrong = [null, undefined, 7, {}, { type: 'message.received', messages: [null, { keys: [1] }] }]
    cache.absorb(wrong as unknown as ChatEvent[])
    cache.absorb([
      received(
        aMessage({ seq: 1, delivery: 'online-only' }),
        aMessage({ seq: 2, parts: [{ kind: 'image', file }] }),
      ),
      received(aMessage({ seq: 3, order: { major: NaN } }), aMessage({ seq: 4 })),
    ])
    expect((await newest(cache)).numbers).toEqual([4])
    expect(cache.kind()).toBe(kind)
  })

  it('gives receipts that never move back, and one’s own at the start', async () => {
    const { open } = machine(kind)
    const cache = open()
    const receipt = (userId: string, seq: number): ChatEvent => ({
      type: 'receipt.received',
      receipts: [
        { kind: 'upTo', conversationId: 'c1', userId, state: 'read', point: { message: aMessage({ seq }) } },
      ],
    })
    cache.absorb([receipt('alice', 5), receipt('alice', 3), receipt('bob', 4)])
    expect((await cache.openNewest('c1', 1)).receipts).toMatchObject([
      { userId: 'alice', point: { message: { order: { major: 5 } } } },
      { userId: 'bob' },
    ])
    expect((await cache.start()).receipts).toMatchObject([{ userId: 'alice' }])
  })

  it('keeps no group of which it has only heard news', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([{ type: 'group.changed', groups: [{ id: 'g', state: 'joined' }] }])
    await cache.flush()
    expect(await cache.groups(['g'])).toEqual([])
    cache.absorb([
      {
        type: 'groups.fetched',
        found: [{ id: 'g', type: 'public', state: 'joined' }],
        missing: [],
        heardAt: 1,
      },
      { type: 'group.changed', groups: [{ id: 'g', name: 'News' }] },
    ])
    await cache.flush()
    expect(await cache.groups(['g'])).toMatchObject([{ value: { id: 'g', type: 'public', name: 'News' } }])
  })

  it('remembers people, groups and who does not exist', async () => {
    const { open, clock } = machine(kind)
    const cache = open()
    cache.absorb([
      {
        type: 'profiles.fetched',
        found: [{ id: 'bob', name: 'Bob', avatar: 'x' }],
        missing: ['ghost'],
        heardAt: clock.now(),
      },
      {
        type: 'profile.changed',
        profiles: [
          { id: 'bob', name: 'Rob', avatar: null },
          { id: 'new', name: 'N' },
        ],
      },
      { type: 'groups.fetched', found: [], missing: ['g'], heardAt: clock.now() },
    ])
    expect(await cache.profiles(['bob', 'ghost', 'new', 'never', 'bob'])).toEqual([
      { id: 'bob', value: { id: 'bob', name: 'Rob' }, heardAt: clock.now() },
      { id: 'ghost', heardAt: clock.now() },
      { id: 'new', value: { id: 'new', name: 'N' }, heardAt: 0 },
    ])
    expect(await cache.groups(['g'])).toEqual([{ id: 'g', heardAt: clock.now() }])
  })

  it('keeps what was added in the very moment, for a tab that opens after this one died', async () => {
    const { open } = machine(kind)
    const [dying, other] = [open(), open()]
    await Promise.all([dying.start(), other.start()])
    dying.absorb([{ type: 'draft.changed', conversationId: 'c1', draft: { text: 'hi', attachments: [] } }])
    await dying.flush()
    const error = new ChatError({ code: 1, kind: 'offline', cause: () => 1 })
    void dying.outbox.add(item('a', { error }), 'c1')
    await other.outbox.add(item('b'))
    const start = await open().start()
    expect(start.outbox.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(start.outbox[0]?.error).toMatchObject({ code: 1, kind: 'offline' })
    expect(start.drafts).toEqual([])
  })

  it('does not write a draft that has left', async () => {
    const { open, clock } = machine(kind)
    const cache = open()
    await cache.start()
    cache.absorb([{ type: 'draft.changed', conversationId: 'c1', draft: { text: 'hi', attachments: [] } }])
    await cache.outbox.add(item('a'), 'c1')
    await clock.advance(3_000)
    expect((await cache.start()).drafts).toEqual([])
  })

  it('does not write a draft that another tab told before it sent it', async () => {
    const { open, clock } = machine(kind)
    const [dying, living] = [open(), open()]
    await Promise.all([dying.start(), living.start()])
    const told = (text: string): ChatEvent => ({
      type: 'draft.changed',
      conversationId: 'c1',
      draft: { text, attachments: [] },
      writtenAt: clock.now(),
    })
    const before = told('hi')
    await dying.outbox.add(item('a'), 'c1')
    dying.absorb([{ type: 'draft.changed', conversationId: 'c1', draft: { text: '', attachments: [] } }])
    await dying.flush()
    // A busy tab hears late.
    await clock.advance(1_000)
    living.absorb([before])
    await living.flush()
    expect((await open().start()).drafts).toEqual([])
    living.absorb([told('next')])
    await living.flush()
    expect((await open().start()).drafts.map(({ draft }) => draft.text)).toEqual(['next'])
  })

  it('keeps what is written after the clock was set back', async () => {
    const { open, clock } = machine(kind)
    await open().outbox.add(item('a'), 'c1')
    const later = open({ clock: { ...clock, now: () => clock.now() - 3_600_000 } })
    later.absorb([{ type: 'draft.changed', conversationId: 'c1', draft: { text: 'next', attachments: [] } }])
    await later.flush()
    expect((await open().start()).drafts.map(({ draft }) => draft.text)).toEqual(['next'])
  })

  it('changes an item in one step, whichever tab does', async () => {
    const { open } = machine(kind)
    const [one, two] = [open(), open()]
    await one.outbox.add(item('a'))
    const more = (known: OutboxItem) => ({ ...known, attempts: known.attempts + 1 })
    await Promise.all([one, two, one, two].map((cache) => cache.outbox.change('a', more)))
    expect((await two.outbox.all())[0]?.attempts).toBe(4)
    expect(await two.outbox.change('a', () => undefined)).toBeUndefined()
    expect(await one.outbox.change('a', more)).toBeUndefined()
    expect(await one.size()).toMatchObject({ outbox: 0, outboxOrder: 0 })
  })

  it('stores the checkpoint with what came before it', async () => {
    const { open } = machine(kind)
    const cache = open()
    cache.absorb([received(aMessage({ seq: 1 })), { type: 'checkpoint.advanced', checkpoint: 'p' }])
    expect((await cache.start()).checkpoint).toBe('p')
    expect((await newest(open())).newer).toEqual({ end: 'live' })
  })

  it('keeps files up to a bound, the last used ones', async () => {
    const { open, clock } = machine(kind)
    const cache = open({ mediaBytes: 10 })
    const file = (name: string, bytes: number) => ({
      at: 'local' as const,
      source: 'bytes' as const,
      value: new Uint8Array([1, 2]),
      name,
      bytes,
      mime: 'audio/ogg',
    })
    for (const name of ['a', 'b']) {
      await cache.keepMedia(name, file(name, 4))
      await clock.advance(60_000)
    }
    expect((await cache.media('a'))?.value).toEqual(new Uint8Array([1, 2]))
    await clock.advance(60_000)
    await cache.keepMedia('c', file('c', 4))
    await cache.keepMedia('huge', file('huge', 11))
    expect((await cache.media('a'))?.name).toBe('a')
    expect(await cache.media('b')).toBeUndefined()
    expect(await cache.media('huge')).toBeUndefined()
  })

  it('remembers how high rows were in the last looks of a conversation', async () => {
    const { open } = machine(kind)
    const cache = open()
    const heights = (px: number) => new Map([['m', px]])
    for (const look of ['1', '2', '3', '4']) await cache.keepRowHeights?.('c', look, heights(Number(look)))
    await cache.keepRowHeights?.('c', '2', heights(20))
    const other = open()
    expect(await other.rowHeights?.('c', '2')).toEqual(heights(20))
    expect(await other.rowHeights?.('c', '4')).toEqual(heights(4))
    expect(await other.rowHeights?.('c', '1')).toEqual(new Map())
    expect(await other.rowHeights?.('d', '2')).toEqual(new Map())
    await other.erase()
    expect(await cache.rowHeights?.('c', '2')).toEqual(new Map())
  })

  it('keeps no file that comes when it has been erased', async () => {
    const { open } = machine(kind)
    const cache = open()
    await cache.erase()
    const value = new Blob(['x'])
    await cache.keepMedia('late', { at: 'local', source: 'blob', value, name: 'x', bytes: 1, mime: 'x' })
    expect(await open().media('late')).toBeUndefined()
  })

  it('forgets everything when it is erased, in all tabs', async () => {
    const { open } = machine(kind)
    const [one, two] = [open(), open()]
    await two.start()
    two.absorb([received(aMessage({ seq: 1 }))])
    await one.outbox.add(item('a'))
    await one.erase()
    expect(await two.size()).toMatchObject({ messages: 0, outbox: 0, meta: 2 })
  })
})

describe('What cannot be copied', () => {
  const file = { at: 'local', source: 'blob', value: () => 1, name: 'x', bytes: 1, mime: 'x' } as const
  const uncopyable = (seq: number) => aMessage({ seq, parts: [{ kind: 'file', file }] })

  it('leaves no hole that looks whole behind it', async () => {
    const { open } = machine('memory')
    const cache = open()
    cache.absorb([
      online(false),
      { type: 'history.loaded', request: newestRequest, page: aPage(seqs(1)) },
      received(uncopyable(2), ...seqs(3)),
    ])
    const opening = await cache.openNewest('c1', 20)
    expect(opening.page.messages.map(({ order }) => order?.major)).toEqual([3])
    const whole = aPage([...seqs(1), uncopyable(2), ...seqs(3, 4)])
    const other = machine('memory').open()
    other.absorb([{ type: 'history.loaded', request: newestRequest, page: whole }])
    const { page } = await other.openNewest('c1', 20)
    expect(page.messages.map(({ order }) => order?.major)).toEqual([3, 4])
    expect(page.older).not.toHaveProperty('end')
  })

  it('is refused by the outbox, and the database stays what it is', async () => {
    const { open } = machine('indexeddb')
    const cache = open()
    await cache.start()
    const item: OutboxItem = {
      id: 'bad',
      lane: 'c1',
      command: { type: 'markAllRead', odd: () => 1 } as never,
      queuedAt: 1,
      state: 'queued',
      attempts: 0,
    }
    await expect(cache.outbox.add(item)).rejects.toMatchObject({ kind: 'invalid' })
    expect(cache.kind()).toBe('indexeddb')
    expect(await cache.outbox.all()).toEqual([])
  })
})

describe('What the database does not take', () => {
  const long = (id: string) =>
    item(id, { command: { type: 'markAllRead', odd: ' '.repeat(100_000) } as never })
  /** Too big is what is longer than this. */
  function refuseLonger(length: number): void {
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')
      ?.value as IDBObjectStore['put']
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (JSON.stringify(row).length > length) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, row)
    })
  }

  it('is refused where others are taken, and the database stays what it is', async () => {
    const cache = machine('indexeddb').open()
    await cache.start()
    const before = await cache.size()
    refuseLonger(50_000)
    await expect(cache.outbox.add(long('a'))).rejects.toMatchObject({
      code: 'cannot-be-kept',
      kind: 'invalid',
    })
    expect(await cache.size()).toEqual(before)
    await cache.outbox.add(item('b'))
    expect((await cache.outbox.all()).map(({ id }) => id)).toEqual(['b'])
    expect(cache.kind()).toBe('indexeddb')
  })

  const picture = (bytes: number): LocalFile => ({
    ...{ at: 'local', source: 'bytes', value: 'x'.repeat(bytes) },
    ...{ name: 'a', mime: 'image/png', bytes },
  })

  it('of files is missed, and the database stays what it is', async () => {
    const cache = machine('indexeddb').open()
    await cache.start()
    refuseLonger(1_000)
    await cache.keepMedia('big', picture(2_000))
    await cache.keepMedia('small', picture(10))
    expect(await cache.media('big')).toBeUndefined()
    expect(await cache.media('small')).toEqual(picture(10))
    expect(cache.kind()).toBe('indexeddb')
  })

  it.each(['a message', 'a command'])('has the room of the files when it is %s', async (what) => {
    const cache = machine('indexeddb').open()
    await cache.keepMedia('a', picture(2_000))
    let isFull = true
    const { put, clear } = IDBObjectStore.prototype
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      return put.apply(this, row)
    })
    vi.spyOn(IDBObjectStore.prototype, 'clear').mockImplementation(function (this: IDBObjectStore) {
      if (this.name === 'media') isFull = false
      return clear.apply(this)
    })
    if (what === 'a command') await cache.outbox.add(item('b'))
    else cache.absorb([loaded(aPage(seqs(1)))])
    expect((await newest(cache)).numbers).toEqual(what === 'a command' ? [] : [1])
    expect((await cache.outbox.all()).map(({ id }) => id)).toEqual(what === 'a command' ? ['b'] : [])
    expect(await cache.media('a')).toBeUndefined()
    expect(cache.kind()).toBe('indexeddb')
  })

  it('is kept in memory where hardly anything is taken any more', async () => {
    const cache = machine('indexeddb').open()
    await cache.start()
    refuseLonger(1_000)
    await cache.outbox.add(long('a'))
    expect((await cache.outbox.all()).map(({ id }) => id)).toEqual(['a'])
    expect(cache.kind()).toBe('memory')
  })

  it('of an error is left out, and the command stays', async () => {
    const cache = machine('indexeddb').open()
    await cache.outbox.add(item('a'))
    const latest = { ...aMessage({ seq: 1 }), odd: () => 1 }
    const errors = [
      new ChatError({ code: 7, kind: 'conflict', effect: 'unknown', latest }),
      new ChatError({ code: (() => 1) as never, kind: 'conflict', effect: 'unknown' }),
    ]
    for (const error of errors) {
      await cache.outbox.change('a', (known) => ({ ...known, state: 'failed', error }))
      const [kept] = await cache.outbox.all()
      expect(kept).toMatchObject({ id: 'a', state: 'failed', error: { effect: 'unknown' } })
    }
    expect(cache.kind()).toBe('indexeddb')
  })
})

describe('Many live messages', () => {
  it('cost few transactions', async () => {
    const { open, clock } = machine('indexeddb')
    const cache = open()
    await cache.start()
    const begun = vi.spyOn(IDBDatabase.prototype, 'transaction')
    for (let i = 1; i <= 1000; i += 1) {
      cache.absorb([received(aMessage({ seq: i }))])
      if (i % 100 === 0) await clock.advance(200)
    }
    await cache.flush()
    expect(begun.mock.calls.length).toBeLessThanOrEqual(20)
    expect((await cache.size()).messages).toBe(1000)
  })
})

describe('A cache whose database breaks', () => {
  it('goes on in memory with what waited and what was there, and says so once', async () => {
    const { open } = machine('indexeddb')
    const cache = open()
    cache.absorb([received(aMessage({ seq: 1 }))])
    await cache.flush()
    const told: unknown[] = []
    cache.watch((error) => told.push(error))
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    cache.absorb([received(aMessage({ seq: 2 }))])
    await cache.outbox.add(item('a'))
    expect((await newest(cache)).numbers).toEqual([1, 2])
    expect((await cache.outbox.all()).map(({ id }) => id)).toEqual(['a'])
    expect(cache.kind()).toBe('memory')
    expect(told).toMatchObject([{ domain: 'parley', code: 'storage-memory', kind: 'other' }])
  })

  it('works where there is no IndexedDB', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const cache = machine('indexeddb').open()
    cache.absorb([received(aMessage({ seq: 1 }))])
    expect((await newest(cache)).numbers).toEqual([1])
    const told: unknown[] = []
    cache.watch((error) => told.push(error))
    expect(told).toMatchObject([{ code: 'storage-memory' }])
  })
})

describe('The name of a cache', () => {
  it('is another one for every backend, app and user', () => {
    const parts = ['a', 'a/b', 'b', '', 'a%2Fb', '/']
    const all = parts.flatMap((transportId) =>
      parts.flatMap((scope) => parts.map((userId) => cacheName({ transportId, scope, userId }))),
    )
    expect(new Set(all).size).toBe(all.length)
  })
})
