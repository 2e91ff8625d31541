import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit, ChatKitOptions } from '../../src/app'
import { openCache } from '../../src/cache'
import {
  useComposer,
  useConversationList,
  useConversationSummary,
  useSession,
  useTimeline,
} from '../../src/composables'
import type { Cache, Clock } from '../../src/core/ports'
import { ChatError } from '../../src/model'
import type { TransportEvent } from '../../src/model'
import { useConversationStore, useProfileStore, useSessionStore, useTimelineStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { aMessage } from '../support/builders'
import { createFakeClock, settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'
import type { Script } from '../support/scriptedTransport'

/** A kit on a backend that says what it is told to, signed in. */
function aScriptedKit(options: Partial<ChatKitOptions> = {}, script: Script = {}) {
  const backend = createScriptedTransport(script)
  const logger = createRecordingLogger()
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', logger, ...options })
  backend.goOnline()
  return { backend, kit, logger }
}

/** A clock that counts what waits on it. */
function createCountingClock(): Clock & { readonly waiting: ReadonlySet<object> } {
  const waiting = new Set<object>()
  return {
    waiting,
    now: () => 0,
    after() {
      const timer = {}
      waiting.add(timer)
      return () => void waiting.delete(timer)
    },
  }
}

/** A cache that tells when it is emptied and when it is closed. */
function aWatchedCache(clock: Clock): { readonly cache: Cache; readonly calls: string[] } {
  const calls: string[] = []
  let id = 0
  const ids = { next: () => `i${id++}` }
  const cache = openCache({ name: 'watched', ownId: 'alice', clock, ids, kind: 'memory' })
  return {
    calls,
    cache: {
      ...cache,
      async erase() {
        calls.push('erase')
        await cache.erase()
      },
      async close() {
        calls.push('close')
        await cache.close()
      },
    },
  }
}

describe('signing out', () => {
  it('forgets the user also where the backend refuses to end the connection, which is told', async () => {
    const { cache, calls } = aWatchedCache(createFakeClock())
    const { backend, kit } = aScriptedKit({ cache })
    backend.transport.disconnect = () => Promise.reject(new ChatError({ code: 'x', kind: 'offline' }))
    const first = expect(kit.signOut()).rejects.toMatchObject({ code: 'x' })
    const second = expect(kit.signOut()).rejects.toMatchObject({ code: 'x' })
    await Promise.all([first, second])
    expect(calls).toEqual(['erase', 'close'])
  })

  it('forgets the user also where the backend does not answer', async () => {
    const clock = createFakeClock()
    const { cache, calls } = aWatchedCache(clock)
    const { backend, kit, logger } = aScriptedKit({ clock, cache })
    backend.transport.disconnect = () => new Promise(() => {})
    const leaving = kit.signOut()
    await clock.advance(60_000)
    await leaving
    expect(calls).toEqual(['erase', 'close'])
    expect(logger.said.join()).toContain('did not answer')
  })
})

it('forgets its user on signing out though a facet of the app cannot be stopped', async () => {
  const { cache, calls } = aWatchedCache(createFakeClock())
  const subscribe = () => () => {
    throw new Error('cannot be stopped')
  }
  const { kit } = aScriptedKit({
    cache,
    presence: { watch: () => () => {}, subscribe },
  })
  await kit.signOut()
  expect(calls).toContain('erase')
})

describe('a kit that is disposed of', () => {
  let service: EmbeddedService
  beforeEach(async () => {
    service = createEmbeddedService({ name: 'dispose', storage: 'memory' })
    for (const id of ['alice', 'bob', 'carol']) await service.addUser({ id })
  })
  afterEach(() => service.close())

  it('keeps what waits to be written also where the connection ends badly', async () => {
    const { cache, calls } = aWatchedCache(createFakeClock())
    const { backend, kit } = aScriptedKit({ cache })
    backend.transport.disconnect = () => Promise.reject(new Error('x'))
    await expect(kit.dispose()).rejects.toThrow('x')
    expect(calls).toEqual(['close'])
  })

  it('leaves nothing of its user to the next one on the same Pinia', async () => {
    const pinia = createPinia()
    const signIn = async (userId: string): Promise<ChatKit> => {
      const kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId, pinia })
      await kit.online()
      return kit
    }
    const alice = await signIn('alice')
    const { id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
    await alice.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
    await alice.dispatch({
      type: 'sendMessage',
      conversationId: id,
      parts: [{ kind: 'text', text: 'private' }],
    })
    await alice.dispatch({
      type: 'setDraft',
      conversationId: id,
      draft: { text: 'a secret', attachments: [] },
    })
    expect(useTimelineStore(pinia).timelineById.get(id)?.entries()).toHaveLength(1)
    await alice.dispose()

    const carol = await signIn('carol')
    expect(useConversationStore(pinia).byId.size).toBe(0)
    expect(useConversationStore(pinia).draftOf(id).text).toBe('')
    expect(useTimelineStore(pinia).timelineById.size).toBe(0)
    expect(useSessionStore(pinia).session.state).toBe('online')
    await carol.dispose()
  })

  it('ends also where the database does not answer', async () => {
    const clock = createFakeClock()
    const silent = { open: () => new EventTarget(), deleteDatabase: () => new EventTarget() }
    vi.stubGlobal('indexedDB', silent)
    const { kit } = aScriptedKit({ clock, cache: 'auto' })
    await settle()
    expect(kit.facts?.cacheKind?.()).toBe('opening')
    const draft = { text: 'waits to be written', attachments: [] }
    await kit.dispatch({ type: 'setDraft', conversationId: 'c1', draft })
    let isEnded = false
    const ending = kit.dispose().then(() => (isEnded = true))
    await clock.advance(60_000)
    vi.unstubAllGlobals()
    expect(isEnded).toBe(true)
    await ending
  })

  it('leaves nobody waiting for a connection', async () => {
    const { transport } = createScriptedTransport()
    const kit = createChatKit({ transport, userId: 'alice', logger: createRecordingLogger() })
    const waiting = expect(kit.online()).rejects.toMatchObject({ code: 'kit-ended' })
    await kit.dispose()
    await waiting
    await expect(kit.online()).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('leaves no timer behind', async () => {
    const clock = createCountingClock()
    const { backend, kit } = aScriptedKit({ clock })
    backend.tell({ type: 'typing.changed', conversationId: 'c1', userId: 'bob', isTyping: true })
    await kit.dispatch({ type: 'loadProfiles', ids: ['bob'] })
    expect(clock.waiting.size).toBe(2)
    await kit.dispose()
    expect(clock.waiting.size).toBe(0)
  })

  it('starts no timer for an answer that fails only afterwards', async () => {
    const clock = createFakeClock()
    let fail: (error: Error) => void = () => {}
    let questions = 0
    const fetch = () => {
      questions++
      return new Promise<never>((_, reject) => (fail = reject))
    }
    const { kit } = aScriptedKit({ clock }, { profiles: { fetch } })
    await kit.dispatch({ type: 'loadProfiles', ids: ['bob'] })
    await clock.advance(10)
    await kit.dispose()
    fail(new Error('too late'))
    await clock.advance(600_000)
    expect(questions).toBe(1)
  })

  it('shows whoever still looks that nobody is signed in, and nothing of the user', async () => {
    const kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId: 'alice' })
    await kit.online()
    const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
    const parts = [{ kind: 'text', text: 'private' }] as const
    await kit.dispatch({ type: 'sendMessage', conversationId: id, parts })
    const { view, stop } = runInKit(kit, () => ({
      list: useConversationList(),
      timeline: useTimeline(id),
      other: useTimeline('another'),
      composer: useComposer(id),
      session: useSession(),
      summary: useConversationSummary(id),
    }))
    await vi.waitFor(() => expect(view.timeline.rows.value).toHaveLength(1))
    view.composer.text.value = 'a secret'
    expect(view.composer.canSend.value).toBe(true)

    await kit.signOut()
    expect(view.session.isEnded.value).toBe(true)
    expect(view.list.ids.value).toEqual([])
    expect(view.summary.value).toBeUndefined()
    expect(view.timeline.rows.value).toEqual([])
    expect(view.other.state.value).toBe('failed')
    expect(view.other.error.value).toMatchObject({ code: 'kit-ended' })
    expect(view.composer.text.value).toBe('')
    expect(view.composer.isReadOnly.value).toBe(true)
    expect(view.composer.error.value).toMatchObject({ code: 'kit-ended' })
    stop()
  })

  it('leaves every store as it was before anything happened', async () => {
    const { backend, kit } = aScriptedKit()
    const told = {
      'message.received': { messages: [aMessage({ seq: 1 })], isLive: true },
      'conversation.changed': { conversations: [{ id: 'c1', kind: 'direct' }] },
      'profile.changed': { profiles: [{ id: 'bob', name: 'Bob' }] },
      'contact.changed': { contacts: [{ userId: 'bob' }] },
      'presence.changed': { presences: [{ userId: 'bob', state: 'online' }] },
      'typing.changed': { conversationId: 'c1', userId: 'bob', isTyping: true },
      'group.changed': { groups: [{ id: 'g1', name: 'One' }] },
    } as const
    for (const [type, event] of Object.entries(told)) backend.tell({ type, ...event } as TransportEvent)
    expect(useProfileStore(kit.pinia).byId.size).toBe(1)
    await kit.dispose()
    const untouched = createScriptedTransport()
    const fresh = createChatKit({ transport: untouched.transport, userId: 'bob', cache: 'memory' })
    const stateOf = ({ pinia }: ChatKit) => ({ ...pinia.state.value, 'parley/session': undefined })
    useProfileStore(fresh.pinia)
    expect(stateOf(kit)).toEqual(stateOf(fresh))
    await fresh.dispose()
  })

  it('refuses whatever is wanted of it, and to sign in again, in clear words', async () => {
    const { kit } = aScriptedKit()
    await kit.dispose()
    expect(() => kit.connect()).toThrow(/createChatKit/)
    expect(kit.can('messages.send')).toMatchObject({ code: 'kit-ended' })
    await expect(kit.dispatch({ type: 'loadConversations' })).rejects.toMatchObject({ code: 'kit-ended' })
  })

  it('takes in nothing that comes afterwards, neither events nor answers', async () => {
    let answer: () => void = () => {}
    const { backend, kit } = aScriptedKit(
      {},
      {
        messages: {
          history: () =>
            new Promise((resolve) => {
              answer = () =>
                resolve({
                  messages: [aMessage({ seq: 1 })],
                  changes: [],
                  older: { end: 'start' },
                  newer: { end: 'live' },
                })
            }),
        },
      },
    )
    const reading = kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    await settle()
    const timeline = useTimelineStore(kit.pinia).timelineById.get('c1')
    expect(timeline?.state).toBe('loading')
    await kit.dispose()
    answer()
    await reading
    backend.tell({ type: 'conversation.changed', conversations: [{ id: 'c1', kind: 'direct' }] })
    await settle()
    expect(timeline?.entries()).toEqual([])
    expect(useTimelineStore(kit.pinia).timelineById.size).toBe(0)
    expect(useConversationStore(kit.pinia).byId.size).toBe(0)
  })

  it('makes room for another kit on its Pinia, which two at once may not share', async () => {
    const pinia = createPinia()
    const { kit } = aScriptedKit({ pinia })
    expect(() => aScriptedKit({ pinia })).toThrow(/Pinia/)
    await kit.dispose()
    const { kit: next } = aScriptedKit({ pinia })
    expect(useSessionStore(next.pinia).session.state).toBe('online')
    await next.dispose()
  })
})
