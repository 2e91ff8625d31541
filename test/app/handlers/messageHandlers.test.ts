import { describe, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import { catalogueError } from '../../../src/core/errors'
import { ChatError, clientKey, refOf } from '../../../src/model'
import type { Limits, Message, MessageRef, OutgoingMessage } from '../../../src/model'
import { useConversationStore, useOutboxStore, useTimelineStore } from '../../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'
import { aMessage, aPage, textsOf } from '../../support/builders'
import { createFakeClock, settle } from '../../support/fakeClock'
import { aTask, createScriptedTransport } from '../../support/scriptedTransport'

it('burns messages of two conversations that have the same key', async () => {
  const clock = createFakeClock()
  const deleted: MessageRef[] = []
  const backend = createScriptedTransport({
    messages: { deleteForMe: async (refs) => void deleted.push(...refs) },
  })
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory', clock })
  backend.goOnline()
  await settle()
  for (const conversationId of ['c1', 'c2']) {
    const message = aMessage({ seq: 1, conversationId, burnAfterMs: 5_000 })
    backend.tell({ type: 'message.received', messages: [message], isLive: true })
    await kit.dispatch({ type: 'openMessage', message })
  }
  await clock.advance(6_000)
  await settle()
  expect(deleted.map(({ conversationId }) => conversationId)).toEqual(['c1', 'c2'])
  await kit.dispose()
})

describe('a message that the backend took and could not deliver', () => {
  async function bounce(limits: Limits = {}) {
    const sent: OutgoingMessage[] = []
    const backend = createScriptedTransport({
      limits: () => limits,
      messages: {
        send(outgoing) {
          sent.push(outgoing)
          return aTask(new Promise(() => {}))
        },
      },
    })
    const kit = createChatKit({
      transport: backend.transport,
      userId: 'alice',
      cache: 'memory',
      clock: createFakeClock(),
    })
    const message = aMessage({ seq: 1, senderId: 'alice', burnAfterMs: 5_000 })
    backend.answers.push(aPage([message]))
    backend.goOnline()
    await settle()
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    const error = catalogueError('parley', 'unexpected')
    backend.tell({
      type: 'message.changed',
      changes: [{ kind: 'failed', ref: refOf(message), isVouched: true, error }],
    })
    const rows = () => useTimelineStore(kit.pinia).timelineById.get('c1')?.entries() ?? []
    const [row] = rows()
    const resend = () =>
      kit.dispatch({ type: 'resendMessage', conversationId: 'c1', rowKey: row?.rowKey ?? '' })
    return { kit, sent, resend, rows }
  }

  it('goes again as what it was, once, however often that is asked for', async () => {
    const { kit, sent, resend, rows } = await bounce()
    await Promise.all([resend(), resend()])
    await settle()
    expect(sent).toMatchObject([{ burnAfterMs: 5_000 }])
    expect(rows()).toHaveLength(1)
    await kit.dispose()
  })

  it('stays where it cannot go again', async () => {
    const { kit, sent, resend, rows } = await bounce({ messageBytes: 1 })
    await expect(resend()).rejects.toMatchObject({ code: 'message-too-long' })
    expect(sent).toEqual([])
    expect(rows().map(({ outbox }) => outbox?.state)).toEqual(['failed'])
    await kit.dispose()
  })
})

it('sends what bounced once more as what it was', async () => {
  const sent: OutgoingMessage[] = []
  const backend = createScriptedTransport({
    messages: {
      send(outgoing) {
        sent.push(outgoing)
        const { clientId, ...body } = outgoing
        const keys = [clientKey('alice', clientId), `s:${sent.length}`]
        return aTask(
          Promise.resolve({ ...body, keys, senderId: 'alice', sentAt: 1, order: { major: sent.length } }),
        )
      },
    },
  })
  const kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
  await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
  const rowKey = await kit.dispatch({
    type: 'sendMessage',
    conversationId: 'c1',
    parts: [{ kind: 'text', text: 'for your eyes' }],
    burnAfterMs: 5_000,
    priority: 'high',
    data: { order: 7 },
  })
  await expect.poll(() => useOutboxStore(kit.pinia).itemById.size).toBe(0)
  backend.tell({
    type: 'message.changed',
    changes: [
      {
        kind: 'failed',
        ref: { conversationId: 'c1', keys: ['s:1'] },
        isVouched: true,
        error: new ChatError({ code: 'bounced', kind: 'not-found' }),
      },
    ],
  })
  await kit.dispatch({ type: 'resendMessage', conversationId: 'c1', rowKey })
  await expect.poll(() => sent.length).toBe(2)
  const { clientId: _name, ...again } = sent[1] ?? {}
  expect(again).toMatchObject({ burnAfterMs: 5_000, priority: 'high', data: { order: 7 } })
  expect(sent[1]?.clientId).not.toBe(sent[0]?.clientId)
  await kit.dispose()
})

it('sends what is not counted, and what is kept nowhere, with what the app says beside it', async () => {
  const service = createEmbeddedService({ name: 'delivery', storage: 'memory' })
  for (const id of ['alice', 'bob']) await service.addUser({ id })
  const aKit = (userId: string) =>
    createChatKit({ transport: createEmbeddedTransport({ service }), userId, cache: 'memory' })
  const [alice, bob] = [aKit('alice'), aKit('bob')]
  await Promise.all([alice.online(), bob.online()])
  const { id: conversationId } = await alice.dispatch({
    type: 'openConversation',
    target: { userId: 'bob' },
  })
  const heard: Message[] = []
  bob.onMessage((message) => heard.push(message))
  const say = (text: string, more: object = {}) =>
    alice.dispatch({ type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }], ...more })
  await say('counted')
  await say('not counted', { delivery: 'uncounted', data: { colour: 'red' } })
  await say('passing', { delivery: 'online-only', priority: 'low' })
  const patience = { timeout: 20_000 }
  await expect.poll(() => heard.length, patience).toBe(3)
  expect(heard.map(({ delivery, priority, data }) => [delivery, priority, data])).toEqual([
    ['stored', undefined, undefined],
    ['uncounted', undefined, { colour: 'red' }],
    ['online-only', 'low', undefined],
  ])
  await expect
    .poll(() => useConversationStore(bob.pinia).byId.get(conversationId)?.unreadCount, patience)
    .toBe(1)
  // Somebody who comes later finds what is kept.
  const later = aKit('bob')
  await later.online()
  await later.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
  const kept = useTimelineStore(later.pinia).timelineById.get(conversationId)?.entries() ?? []
  expect(textsOf(kept.map(({ message }) => message))).toEqual(['counted', 'not counted'])
  for (const kit of [alice, bob, later]) await kit.dispose()
  service.close()
})
