import { afterEach, describe, expect, it } from 'vitest'
import { reactive } from 'vue'
import { createChatKit } from '../../../src/app'
import type { ChatKit } from '../../../src/app'
import { CACHE_SCHEMA, openCache } from '../../../src/cache'
import type { Cache } from '../../../src/core/ports'
import { ChatError } from '../../../src/model'
import type { Conversation, LocalFile } from '../../../src/model'
import { createMemoryStorage } from '../../../src/storage'
import { useConversationStore, useOutboxStore, useTimelineStore } from '../../../src/stores'
import { aMessage, aPage } from '../../support/builders'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'
import type { RecordingLogger } from '../../support/recordingLogger'
import { aTask, createScriptedTransport } from '../../support/scriptedTransport'
import type { Script, ScriptedTransport } from '../../support/scriptedTransport'

let kit: ChatKit
let backend: ScriptedTransport
let logger: RecordingLogger
const clock = createFakeClock()

async function aKit(script: Script, cache?: Cache): Promise<void> {
  backend = createScriptedTransport(script)
  logger = createRecordingLogger()
  kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    clock,
    ...(cache && { cache }),
    random: () => 0.5,
    logger,
  })
  backend.goOnline()
  const conversation: Conversation = { id: 'c1', kind: 'group', groupId: 'g1', isPinned: false }
  backend.tell({ type: 'conversation.changed', conversations: [conversation] })
  await settle()
}
const conversation = () => useConversationStore(kit.pinia).byId.get('c1')
const pin = { type: 'setConversationPinned', conversationId: 'c1', isPinned: true } as const

afterEach(() => kit.dispose())

describe('a message that has left', () => {
  it.each([{ ok: true }, undefined])(
    'is shown as sent though its answer is no message (%j)',
    async (answer) => {
      await aKit({ messages: { send: () => aTask(Promise.resolve(answer as never)) } })
      const parts = [{ kind: 'text', text: 'x' }] as const
      await kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts })
      await settle()
      const [entry] = useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []
      expect(entry?.outbox?.state).toBe('sent')
      expect(useOutboxStore(kit.pinia).itemById.size).toBe(0)
    },
  )
})

describe('a file that has left', () => {
  it('is shown from this machine', async () => {
    const picture: LocalFile = {
      ...{ at: 'local', source: 'bytes', value: 'x' },
      ...{ name: 'a.png', mime: 'image/png', bytes: 1 },
    }
    await aKit({
      files: { upload: () => aTask(Promise.resolve({ at: 'remote', key: 'a' })) },
      messages: { send: ({ parts }) => aTask(Promise.resolve(aMessage({ seq: 1, parts }))) },
    })
    const parts = [{ kind: 'image', file: picture }] as const
    await kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts })
    await settle()
    const resolve = (key: string) =>
      kit.dispatch({ type: 'resolveFile', file: { at: 'remote', key, url: `https://x/${key}` } })
    expect(await resolve('a')).toEqual(picture)
    expect(await resolve('b')).toBe('https://x/b')
  })
})

describe('a file of the backend', () => {
  it('is had from there, without a word, where what is kept here was closed on the way', async () => {
    const ids = { next: () => 'k' }
    const cache = openCache({ name: 'left', ownId: 'alice', clock, ids, kind: 'memory' })
    await aKit({}, cache)
    await cache.close()
    const file = { at: 'remote', key: 'a', url: 'https://x/a' } as const
    expect(await kit.dispatch({ type: 'resolveFile', file })).toBe('https://x/a')
    expect(logger.said).toEqual([])
  })
})

describe('a message on its way into the cache', () => {
  it('has left the composer, and is shown once it is kept or after two seconds', async () => {
    let keep = (): void => {}
    const storage = createMemoryStorage(CACHE_SCHEMA)
    let count = 0
    const ids = { next: () => `k${count++}` }
    const cache = openCache({ name: 'slow', ownId: 'alice', clock, ids, storage })
    const { add } = cache.outbox
    cache.outbox.add = async (...what) => {
      await new Promise<void>((resolve) => (keep = resolve))
      return add(...what)
    }
    await aKit({}, cache)
    const conversations = useConversationStore(kit.pinia)
    const shown = () => useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []
    const send = async (text: string) => {
      await kit.dispatch({ type: 'setDraft', conversationId: 'c1', draft: { text, attachments: [] } })
      const parts = [{ kind: 'text', text }] as const
      return kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts, clearsDraft: true })
    }
    void send('first')
    await settle()
    expect([conversations.draftOf('c1').text, shown().length]).toEqual(['', 0])
    keep()
    await settle()
    expect(shown()).toHaveLength(1)
    void send('second')
    await clock.advance(1_999)
    expect(shown()).toHaveLength(1)
    await clock.advance(1)
    expect(shown().at(-1)?.outbox?.state).toBe('queued')
    keep()
    await settle()
  })
})

describe('a command', () => {
  it('that tells how far one has read is given again until it is told', async () => {
    let tries = 0
    await aKit({
      conversations: {
        async markRead(_, upTo) {
          if (++tries === 1) throw new ChatError({ code: 'x', kind: 'other' })
          return { message: upTo }
        },
      },
    })
    const read = () => kit.dispatch({ type: 'markRead', conversationId: 'c1', upTo: aMessage({ seq: 5 }) })
    await expect(read()).rejects.toMatchObject({ code: 'x' })
    await read()
    await read()
    expect(tries).toBe(2)
  })

  it('shows at once, and takes it back where the backend refuses', async () => {
    let refuse: (error: ChatError) => void = () => {}
    await aKit({ conversations: { setPinned: () => new Promise((_, reject) => (refuse = reject)) } })
    const pinning = kit.dispatch(pin)
    pinning.catch(() => {})
    expect(conversation()?.isPinned).toBe(true)
    expect(useOutboxStore(kit.pinia).itemById.size).toBe(1)
    await settle()
    refuse(new ChatError({ code: 51012, kind: 'full', domain: 'tencent' }))
    await expect(pinning).rejects.toMatchObject({ code: 51012 })
    await settle()
    expect(conversation()?.isPinned).toBe(false)
    expect(useOutboxStore(kit.pinia).itemById.size).toBe(0)
  })

  it('that fails takes back neither a newer one nor what is gone', async () => {
    let calls = 0
    const tooMany = new ChatError({ code: 'x', kind: 'too-large' })
    await aKit({
      messages: {
        async setReactions() {
          if (++calls === 1) throw tooMany
        },
      },
      conversations: { setPinned: () => Promise.reject(tooMany) },
    })
    backend.answers.push(aPage([aMessage({ seq: 1 })]))
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    const ref = aMessage({ seq: 1 })
    const first = kit.dispatch({ type: 'setReactions', ref, before: [], after: ['a'] })
    const second = kit.dispatch({ type: 'setReactions', ref, before: ['a'], after: ['a', 'b'] })
    await expect(first).rejects.toMatchObject({ kind: 'too-large' })
    await second
    const entries = useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []
    expect(entries[0]?.message.reactions?.map(({ key }) => key)).toEqual(['a', 'b'])
    const pinning = kit.dispatch(pin)
    backend.tell({ type: 'conversation.removed', ids: ['c1'], withHistory: false })
    await expect(pinning).rejects.toMatchObject({ kind: 'too-large' })
    await settle()
    expect(conversation()).toBeUndefined()
  })

  it('that replaced another leads back to before both', async () => {
    await aKit({
      conversations: { setPinned: () => Promise.reject(new ChatError({ code: 'x', kind: 'forbidden' })) },
    })
    backend.goOffline()
    const both = [true, false].map((isPinned) => kit.dispatch({ ...pin, isPinned }))
    both.forEach((one) => one.catch(() => {}))
    backend.tell({
      type: 'conversation.changed',
      conversations: [{ id: 'c1', kind: 'group', isPinned: false }],
    })
    await settle()
    backend.goOnline()
    await Promise.allSettled(both)
    await settle()
    expect(conversation()?.isPinned).toBe(false)
  })

  it('waits without a connection and is done when it is back, once', async () => {
    const calls: boolean[] = []
    await aKit({ conversations: { setPinned: async (_, isPinned) => void calls.push(isPinned) } })
    backend.goOffline()
    const pinning = kit.dispatch(pin)
    await settle()
    expect(calls).toEqual([])
    backend.goOnline()
    await pinning
    expect(calls).toEqual([true])
  })

  it('is done again where it may have been done, and never again where twice is not once', async () => {
    const calls: string[] = []
    const lost = new ChatError({ code: 'lost', kind: 'timeout', effect: 'unknown', retry: 'later' })
    await aKit({
      conversations: {
        async setPinned() {
          calls.push('pin')
          if (calls.length === 1) throw lost
        },
      },
      profiles: {
        async updateOwn() {
          calls.push('profile')
        },
      },
      messages: {
        async find() {
          return 'unknown'
        },
        send() {
          calls.push('send')
          return { result: Promise.reject(lost), cancel() {} }
        },
      },
    })
    const pinning = kit.dispatch(pin)
    await clock.advance(60_000)
    await pinning
    expect(calls).toEqual(['pin', 'pin'])
    const parts = [{ kind: 'text' as const, text: 'hello' }]
    const rowKey = await kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts })
    await clock.advance(600_000)
    expect(useOutboxStore(kit.pinia).itemById.get(rowKey)?.state).toBe('unsure')
    expect(calls).toEqual(['pin', 'pin', 'send'])
  })

  it('says that a backend cannot, and withdraws what its plan does not include until the next sign-in', async () => {
    const noPlan = new ChatError({ code: 11000, kind: 'not-in-plan', domain: 'tencent' })
    await aKit({ conversations: { setPinned: () => Promise.reject(noPlan) } })
    await expect(kit.dispatch({ type: 'markAllRead' })).rejects.toMatchObject({ kind: 'unsupported' })
    expect(kit.can('conversations.setPinned')).toBe('yes')
    await expect(kit.dispatch(pin)).rejects.toMatchObject({ kind: 'not-in-plan' })
    expect(kit.can('conversations.setPinned')).toMatchObject({ kind: 'not-in-plan' })
    backend.goOffline()
    backend.goOnline()
    expect(kit.can('conversations.setPinned')).toBe('yes')
  })

  it('of an older read position is dropped for the newer one that waits behind it', async () => {
    const read: unknown[] = []
    await aKit({
      conversations: {
        async markRead(_, upTo) {
          read.push(upTo.order?.major)
          return { message: upTo }
        },
      },
    })
    backend.goOffline()
    const marks = [1, 2, 3].map((seq) =>
      kit.dispatch({ type: 'markRead', conversationId: 'c1', upTo: aMessage({ seq }) }),
    )
    await settle()
    backend.goOnline()
    await Promise.all(marks)
    expect(read).toEqual([3])
  })
})

it('keeps a sent message before its command leaves the outbox, whenever the page dies', async () => {
  const storage = createMemoryStorage(CACHE_SCHEMA)
  const opened = () =>
    openCache({ name: 'shared', ownId: 'alice', clock, ids: { next: () => 'era' }, storage })
  await aKit(
    { messages: { send: (message) => ({ result: Promise.resolve(sent(message)), cancel() {} }) } },
    opened(),
  )
  const parts = [{ kind: 'text' as const, text: 'hello' }]
  await kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts })
  await settle()
  const next = opened()
  expect(await next.outbox.all()).toEqual([])
  expect((await next.openNewest('c1', 20)).page.messages).toMatchObject([{ parts }])
})

it('lets go of failed commands of an earlier page that nobody can see, but not of messages', async () => {
  const storage = createMemoryStorage(CACHE_SCHEMA)
  const cache = openCache({ name: 'left', ownId: 'alice', clock, ids: { next: () => 'era' }, storage })
  const error = new ChatError({ code: 'x', kind: 'forbidden' })
  const left = { queuedAt: 1, state: 'failed', attempts: 1, error } as const
  const outgoing = { conversationId: 'c1', clientId: 'm', parts: [], delivery: 'stored' } as const
  await cache.outbox.add({ ...left, id: 's', lane: 's', command: { type: 'markAllRead' } })
  const ofAnotherVersion = { type: 'fromTheFuture' } as never
  await cache.outbox.add({ ...left, id: 'f', lane: 'f', state: 'queued', command: ofAnotherVersion })
  await cache.outbox.add({ ...left, id: 'm', lane: 'm', command: { type: 'sendMessage', outgoing } })
  await aKit({}, cache)
  await settle()
  expect((await cache.outbox.all()).map(({ id }) => id)).toEqual(['m'])
})

it('takes what an app keeps in reactive objects', async () => {
  await aKit({ messages: { send: (message) => ({ result: Promise.resolve(sent(message)), cancel() {} }) } })
  backend.answers.push(aPage([]))
  await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
  const parts = reactive([{ kind: 'text' as const, text: 'hello' }])
  const rowKey = await kit.dispatch({ type: 'sendMessage', conversationId: 'c1', parts })
  await settle()
  const entry = useTimelineStore(kit.pinia).timelineById.get('c1')?.entry(rowKey)
  expect(entry).toMatchObject({ outbox: { state: 'sent' }, message: { parts: [{ text: 'hello' }] } })
  expect(() => structuredClone(entry)).not.toThrow()
})

function sent({ clientId }: { readonly clientId: string }) {
  return aMessage({ seq: 1, clientId, senderId: 'alice', text: 'hello' })
}
