import { expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import type { MessageRef } from '../../../src/model'
import { aMessage } from '../../support/builders'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createScriptedTransport } from '../../support/scriptedTransport'

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
