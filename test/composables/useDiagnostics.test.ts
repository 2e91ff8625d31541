import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import { useDiagnostics } from '../../src/composables'
import type { ChatKitContext, KitFacts } from '../../src/composables'
import zhCN from '../../src/i18n/locales/zh-CN'
import { ChatError } from '../../src/model'
import { useTimelineStore } from '../../src/stores'
import { sessionWriters } from '../../src/stores/sessionWriters'
import { aMessage } from '../support/builders'
import { createFakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

function aView(facts?: KitFacts) {
  const backend = createScriptedTransport({ limits: () => ({ pageSize: 20 }) })
  const clock = createFakeClock()
  const kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    logger: createRecordingLogger(),
    clock,
  })
  const { facts: _own, ...silent } = kit
  const context: ChatKitContext = { ...silent, ...(facts && { facts }) }
  const { view, stop } = runInKit(context, useDiagnostics)
  endings.push(stop, kit.dispose)
  const factsOf = (key: string) => view.sections.value.find((section) => section.key === key)?.facts ?? []
  return { backend, clock, kit, view, factsOf, writers: sessionWriters(kit.pinia) }
}

describe('diagnostics', () => {
  it('keep the last fifty changes of the session, and take the same state told again for one', () => {
    const { factsOf, writers } = aView()
    for (let n = 0; n < 60; n++) {
      const error = new ChatError({ code: n, kind: 'other' })
      writers.noteSession({ state: 'offline', error }, n)
      writers.noteSession({ state: 'offline', error }, n)
    }
    writers.noteSession({ state: 'kicked', by: 'other-device' }, 1_000)
    expect(factsOf('history')).toHaveLength(50)
    expect(factsOf('history').slice(0, 2)).toEqual([
      { name: '1970-01-01T00:00:01.000Z', value: 'kicked · other-device' },
      { name: '1970-01-01T00:00:00.059Z', value: 'offline · parley 59' },
    ])
  })

  it('tell the last errors by code and in words', () => {
    const { factsOf, writers } = aView()
    writers.noteError(new ChatError({ domain: 'tencent', code: 10017, kind: 'muted' }), 0)
    expect(factsOf('errors')[0]?.value).toBe('tencent 10017 · You are muted here. Ask an admin.')
  })

  it('say "not known" of what the kit does not tell, and count what waits in open conversations', async () => {
    const { backend, view, factsOf, kit } = aView()
    expect(factsOf('storage')).toEqual([{ name: 'Kept in', value: 'not known' }])
    expect(factsOf('backend')).toContainEqual({ name: 'pageSize', value: '20' })
    void kit
      .dispatch({ type: 'sendMessage', conversationId: 'c1', text: 'top secret words' } as never)
      .catch(() => {})
    backend.goOnline()
    await view.refresh()
    expect(view.report()).not.toContain('top secret')
  })

  it('tell what the kit knows of itself', async () => {
    const { view, factsOf } = aView({
      transportId: 'scripted',
      scope: 'test',
      hasListener: () => true,
      cacheKind: () => 'indexeddb',
      cacheSize: async () => ({ messages: 1_200 }),
      outboxItems: async () => [{ state: 'queued' }, { state: 'queued' }, { state: 'failed' }] as never,
      abilities: () => ['messages.find', 'messages.recall'],
      logEntries: () => [{ at: 0, level: 'warn', message: 'odd', domain: 'parley', code: 'x' }],
    })
    await view.refresh()
    expect(factsOf('outbox')).toEqual([
      { name: 'queued', value: '2' },
      { name: 'failed', value: '1' },
    ])
    expect(factsOf('storage')).toContainEqual({ name: 'messages', value: '1,200' })
    expect(factsOf('backend')).toContainEqual({ name: 'Abilities', value: 'messages.find' })
    expect(factsOf('session')).toContainEqual({ name: 'Listening for events', value: 'yes' })
    expect(factsOf('log')[0]?.value).toBe('warn · odd · parley x')
  })

  it('tell whether the peer of a message is there, as far as the backend says it', async () => {
    const { backend, kit, view } = aView()
    backend.goOnline()
    await kit.dispatch({ type: 'openConversation', target: { id: 'c1' } })
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    backend.tell(
      { type: 'conversation.changed', conversations: [{ id: 'c1', kind: 'direct', peerId: 'bob' }] },
      { type: 'message.received', isLive: true, messages: [aMessage({ seq: 1 })] },
    )
    const rowKey = useTimelineStore(kit.pinia).timelineById.get('c1')?.entries()[0]?.rowKey ?? ''
    const presence = () => view.explainMessage('c1', rowKey)?.steps.find(({ key }) => key === 'presence')
    expect(presence()?.verdict).toBe('unknown')
    backend.tell({ type: 'presence.changed', presences: [{ userId: 'bob', state: 'offline' }] })
    expect(presence()?.verdict).toBe('bad')
    backend.tell({ type: 'presence.changed', presences: [{ userId: 'bob', state: 'online' }] })
    expect(presence()).toMatchObject({ verdict: 'ok', words: 'The receiver is online.' })
  })

  it('survive a storage that does not answer', async () => {
    const { view, factsOf } = aView({
      transportId: 'scripted',
      scope: 'test',
      hasListener: () => true,
      cacheSize: () => Promise.reject(new Error('gone')),
    })
    await view.refresh()
    expect(factsOf('storage')).toHaveLength(1)
  })

  it('report one message, in the language shown, without its text', async () => {
    const { backend, kit, view } = aView()
    backend.goOnline()
    // A timeline begins when somebody looks at it.
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    backend.tell({
      type: 'message.received',
      isLive: true,
      messages: [
        {
          conversationId: 'c1',
          keys: ['s:1'],
          order: { major: 1 },
          sentAt: 1,
          senderId: 'bob',
          delivery: 'stored',
          parts: [{ kind: 'text', text: 'hush hush' }],
        },
      ],
    })
    const rowKey = useTimelineStore(kit.pinia).timelineById.get('c1')?.entries()[0]?.rowKey ?? ''
    const about = { conversationId: 'c1', rowKey }
    expect(view.explainMessage('c1', rowKey)).toMatchObject({ where: 'received' })
    expect(view.explainMessage('c1', 'nobody')).toBeUndefined()
    expect(view.report(about)).toContain('[ok] connection: There is a connection.')
    kit.locale.value = zhCN
    expect(view.report(about)).toContain('[ok] connection: 已连接。')
    expect(view.report(about)).not.toContain('hush')
  })
})
