import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import { useConversationList } from '../../src/composables'
import { ChatError } from '../../src/model'
import type { Conversation, Page } from '../../src/model'
import { useConversationStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import { settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

/** A list on a backend that answers with these pages in turn, then with empty ones. */
function aList(...answers: (Page<Conversation> | ChatError)[]) {
  let reads = 0
  const backend = createScriptedTransport({
    conversations: {
      async list() {
        reads++
        const answer = answers.shift() ?? { items: [] }
        if (answer instanceof ChatError) throw answer
        return answer
      },
    },
  })
  const kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    logger: createRecordingLogger(),
  })
  const { view, stop } = runInKit(kit, useConversationList)
  endings.push(stop, kit.dispose)
  return { backend, view, reads: () => reads }
}

const aConversation = (id: string, traits: Partial<Conversation> = {}): Conversation => ({
  id,
  kind: 'direct',
  ...traits,
})
const lastAt = (sentAt: number) => ({ last: { conversationId: '', keys: [], sentAt } })
/** A real service may be slow on a busy machine; it is waited for, not measured. */
const patiently = { timeout: 4_000 }
const noLine = () => new ChatError({ code: 'no-line', kind: 'offline' })

describe('the list of conversations', () => {
  it('is read once, page by page, as soon as the session is online', async () => {
    const { backend, view, reads } = aList(
      { items: [aConversation('a')], next: 'more' },
      { items: [aConversation('b')] },
    )
    await settle()
    expect(reads()).toBe(0)
    expect(view.state.value).toBe('loading')
    backend.goOnline()
    await settle()
    expect(reads()).toBe(2)
    expect(view.state.value).toBe('ready')
    expect(view.ids.value).toEqual(['a', 'b'])
  })

  it('shows pinned conversations first, then the newest', async () => {
    const { backend, view } = aList({
      items: [
        aConversation('old', lastAt(1)),
        aConversation('new', lastAt(3)),
        aConversation('pinned', { ...lastAt(2), isPinned: true }),
      ],
    })
    backend.goOnline()
    await settle()
    expect(view.ids.value).toEqual(['pinned', 'new', 'old'])
  })

  it('is read again after a sign-in that cannot tell what was missed, and not after another', async () => {
    const { backend, view, reads } = aList({ items: [aConversation('a')] })
    backend.goOnline()
    await settle()
    backend.goOffline()
    await settle()
    backend.goOnline(true)
    await settle()
    expect(reads()).toBe(1)
    backend.goOffline()
    await settle()
    backend.goOnline(false)
    expect(view.state.value).toBe('ready')
    await settle()
    expect(reads()).toBe(2)
  })

  it('that failed does not ask in circles, but when the line is back or somebody wants it', async () => {
    const { backend, view, reads } = aList(noLine(), noLine(), { items: [aConversation('a')] })
    backend.goOnline()
    await settle()
    expect(view.state.value).toBe('failed')
    expect(view.error.value).toMatchObject({ code: 'no-line' })
    expect(reads()).toBe(1)
    view.reload()
    await settle()
    expect(reads()).toBe(2)
    backend.goOffline()
    await settle()
    backend.goOnline()
    await settle()
    expect(view.state.value).toBe('ready')
    expect(view.error.value).toBeUndefined()
    expect(view.ids.value).toEqual(['a'])
  })

  it('stays on screen while reading it again fails', async () => {
    const { backend, view } = aList({ items: [aConversation('a')] }, noLine())
    backend.goOnline()
    await settle()
    view.reload()
    await settle()
    expect(view.state.value).toBe('ready')
    expect(view.ids.value).toEqual(['a'])
    expect(view.error.value).toMatchObject({ code: 'no-line' })
  })

  it('counts what was written while one was away', async () => {
    const service = createEmbeddedService({ name: 'list', storage: 'memory' })
    for (const id of ['alice', 'bob']) await service.addUser({ id })
    const aKit = (userId: string) =>
      createChatKit({ transport: createEmbeddedTransport({ service }), userId })
    const [alice, bob] = [aKit('alice'), aKit('bob')]
    endings.push(alice.dispose, bob.dispose, () => service.close())
    await Promise.all([alice.online(), bob.online()])
    const { view, stop } = runInKit(alice, useConversationList)
    endings.unshift(stop)
    await vi.waitFor(() => expect(view.state.value).toBe('ready'), patiently)
    await alice.disconnect()
    const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
    await bob.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
    await bob.dispatch({
      type: 'sendMessage',
      conversationId: id,
      parts: [{ kind: 'text', text: 'while you were away' }],
    })
    await vi.waitFor(
      () =>
        expect(useConversationStore(bob.pinia).byId.get(id)?.last?.parts).toMatchObject([
          { text: 'while you were away' },
        ]),
      patiently,
    )
    expect(view.ids.value).toEqual([])
    alice.connect()
    await vi.waitFor(() => expect(view.ids.value).toEqual([id]), patiently)
    expect(useConversationStore(alice.pinia).byId.get(id)?.unreadCount).toBe(1)
  })
})
