import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import {
  useConversationStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
  useTypingStore,
} from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { textsOf } from '../support/builders'

let service: EmbeddedService
let alice: ChatKit
let bob: ChatKit

function aKit(userId: string): ChatKit {
  return createChatKit({ transport: createEmbeddedTransport({ service }), userId })
}

function textsIn(kit: ChatKit, conversationId: string) {
  const entries = useTimelineStore(kit.pinia).timelineById.get(conversationId)?.entries() ?? []
  return textsOf(entries.map(({ message }) => message))
}

async function openTogether(): Promise<string> {
  const { id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
  await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
  for (const kit of [alice, bob])
    await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
  return id
}

function say(kit: ChatKit, conversationId: string, text: string) {
  return kit.dispatch({ type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }] })
}

beforeEach(async () => {
  service = createEmbeddedService({ name: 'two-kits', storage: 'memory' })
  for (const id of ['alice', 'bob', 'carol']) await service.addUser({ id, name: id.toUpperCase() })
  alice = aKit('alice')
  bob = aKit('bob')
  await Promise.all([alice.online(), bob.online()])
})
afterEach(async () => {
  await Promise.all([alice.dispose(), bob.dispose()])
  service.close()
})

describe('two kits on one page', () => {
  it('carry a message from one to the other, at once here and byte for byte there', async () => {
    const id = await openTogether()
    const text = '<b>&lt;</b> "q" 👨‍👩‍👧 中文 مرحبا'
    await say(alice, id, text)
    expect(textsIn(alice, id)).toEqual([text])
    await vi.waitFor(() => expect(textsIn(bob, id)).toEqual([text]))
    const entry = useTimelineStore(alice.pinia).timelineById.get(id)?.entries()[0]
    await vi.waitFor(() =>
      expect(useTimelineStore(alice.pinia).timelineById.get(id)?.entries()[0]?.outbox?.state).toBe('sent'),
    )
    expect(useTimelineStore(alice.pinia).timelineById.get(id)?.entries()[0]?.rowKey).toBe(entry?.rowKey)
  })

  it('keep the order typed, each message once', async () => {
    const id = await openTogether()
    const texts = Array.from({ length: 30 }, (_, index) => `line ${index}`)
    await Promise.all(texts.map((text) => say(alice, id, text)))
    await vi.waitFor(() => expect(textsIn(bob, id)).toEqual(texts))
    expect(textsIn(alice, id)).toEqual(texts)
  })

  it('count unread messages until they are read, and tell the writer', async () => {
    const id = await openTogether()
    await say(alice, id, 'one')
    await say(alice, id, 'two')
    const unread = () => useConversationStore(bob.pinia).byId.get(id)?.unreadCount
    await vi.waitFor(() => expect(unread()).toBe(2))
    const marks = () => useReceiptStore(alice.pinia).marksById.get(id)?.get('bob')
    await vi.waitFor(() => expect(marks()?.delivered?.order?.major).toBe(2))
    expect(marks()?.read?.order?.major ?? 0).toBe(0)

    const last = useTimelineStore(bob.pinia).timelineById.get(id)?.entries().at(-1)?.message
    if (!last) throw new Error('nothing arrived')
    await bob.dispatch({ type: 'markRead', conversationId: id, upTo: last })
    await vi.waitFor(() => expect(unread()).toBe(0))
    await vi.waitFor(() => expect(marks()?.read?.order?.major).toBe(2))
  })

  it('show who types, and end it with the message', async () => {
    const id = await openTogether()
    await alice.dispatch({ type: 'setTyping', conversationId: id, isTyping: true })
    const typing = () => useTypingStore(bob.pinia).userIdsById.get(id)
    await vi.waitFor(() => expect(typing()).toEqual(['alice']))
    await say(alice, id, 'done')
    await vi.waitFor(() => expect(typing()).toEqual([]))
  })

  it('refuse an empty message and one over the limit before anything is shown', async () => {
    const id = await openTogether()
    await expect(say(alice, id, ' \n ')).rejects.toMatchObject({ code: 'empty-message', kind: 'invalid' })
    await expect(say(alice, id, '中'.repeat(5_000))).rejects.toMatchObject({ kind: 'too-large' })
    expect(textsIn(alice, id)).toEqual([])
  })

  it('list conversations with nothing stored of names, and load names once', async () => {
    const id = await openTogether()
    await say(alice, id, 'hello')
    await bob.dispatch({ type: 'loadConversations' })
    const [conversation] = [...useConversationStore(bob.pinia).byId.values()]
    expect(conversation).toMatchObject({ id, kind: 'direct', peerId: 'alice' })
    expect(JSON.stringify(conversation)).not.toContain('ALICE')
  })

  it('say whether an ability is there', () => {
    expect(alice.can('messages.send')).not.toBeTypeOf('object')
    expect(alice.can('messages.openMerged')).toMatchObject({ kind: 'unsupported' })
    expect(alice.limits().messageBytes).toBe(12_288)
  })
})

describe('signing in', () => {
  it('tells the session, and refuses calls without one in words', async () => {
    const kit = aKit('carol')
    await kit.online()
    expect(useSessionStore(kit.pinia).session).toMatchObject({ state: 'online' })
    await kit.disconnect()
    const call = kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
    await expect(call).rejects.toMatchObject({ kind: 'signed-out' })
    await kit.dispose()
  })

  it('rejects for a user whom the backend does not know', async () => {
    const kit = aKit('nobody')
    await expect(kit.online()).rejects.toMatchObject({ domain: expect.any(String) as string })
    await kit.dispose()
  })

  it('goes on with what waited when the connection comes back', async () => {
    const id = await openTogether()
    await alice.disconnect()
    await say(alice, id, 'written offline')
    alice.connect()
    await alice.online()
    await vi.waitFor(() => expect(textsIn(bob, id)).toEqual(['written offline']))
  })
})

describe('misuse', () => {
  it('is told at once, with the way to mend it', () => {
    const transport = createEmbeddedTransport({ service })
    expect(() => createChatKit({ transport, userId: '' })).toThrow(/userId/)
    expect(() => createChatKit({ transport: undefined as never, userId: 'alice' })).toThrow(/transport/)
    expect(() => createChatKit({ transport, userId: 'alice', historyPageSize: 0 })).toThrow(/historyPageSize/)
    expect(() => createChatKit({ transport, userId: 'alice', pinia: alice.pinia })).toThrow(/Pinia/)
  })

  it('leaves nothing behind when a kit is disposed of', async () => {
    const scope = effectScope()
    const kit = scope.run(() => aKit('carol'))
    if (!kit) throw new Error('no kit')
    await kit.online()
    await kit.dispose()
    expect(useSessionStore(kit.pinia).session.state).toBe('offline')
    scope.stop()
  })
})
