import { describe, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import { catalogueError } from '../../../src/core/errors'
import { refOf } from '../../../src/model'
import type { Limits, MessageRef, OutgoingMessage } from '../../../src/model'
import { useTimelineStore } from '../../../src/stores'
import { aMessage, aPage } from '../../support/builders'
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
