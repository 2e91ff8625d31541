import { expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import { clientKey } from '../../src/model'
import { useSessionStore, useTimelineStore } from '../../src/stores'
import { aMessage, aPage } from '../support/builders'
import { settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { aTask, createScriptedTransport } from '../support/scriptedTransport'

it('does not stumble over a page with nothing in place of a message', async () => {
  const backend = createScriptedTransport()
  const kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    logger: createRecordingLogger(),
  })
  backend.goOnline()
  backend.answers.push(aPage([null as never, aMessage({ seq: 1 })]))
  await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
  await settle()
  expect(useSessionStore(kit.pinia).rejectedCount).toBe(1)
  await kit.dispose()
})

it('hears the echo of an own message though a broken one stands before it in the batch', async () => {
  let fail: () => void = () => {}
  const sends: string[] = []
  const backend = createScriptedTransport({
    messages: {
      send(message) {
        sends.push(message.clientId)
        return aTask(
          new Promise((_, reject) => {
            fail = () =>
              reject(
                Object.assign(new Error(), {
                  domain: 'x',
                  code: 1,
                  kind: 'other',
                  effect: 'none',
                  retry: 'never',
                }),
              )
          }),
        )
      },
    },
  })
  const kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    logger: createRecordingLogger(),
  })
  backend.goOnline()
  await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
  const rowKey = await kit.dispatch({
    type: 'sendMessage',
    conversationId: 'c1',
    parts: [{ kind: 'text', text: 'a' }],
  })
  await vi.waitFor(() => expect(sends).toHaveLength(1))
  fail()
  await vi.waitFor(() =>
    expect(useTimelineStore(kit.pinia).timelineById.get('c1')?.entry(rowKey)?.outbox?.state).toBe('failed'),
  )
  const clientId = sends[0] ?? ''
  expect(rowKey).toBe(clientKey('alice', clientId))
  backend.tell({
    type: 'message.received',
    isLive: true,
    messages: [
      { conversationId: 'c1', senderId: 'alice' } as never,
      aMessage({ seq: 1, senderId: 'alice', clientId }),
    ],
  })
  await kit.dispatch({ type: 'resendMessage', conversationId: 'c1', rowKey })
  await settle()
  expect(sends).toEqual([clientId])
  await kit.dispose()
})
