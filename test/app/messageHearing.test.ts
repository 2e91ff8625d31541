import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import type { Message } from '../../src/model'
import { aMessage } from '../support/builders'
import { settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { createScriptedTransport } from '../support/scriptedTransport'

let kit: ChatKit | undefined
afterEach(() => kit?.dispose())

function aKit() {
  const backend = createScriptedTransport()
  const logger = createRecordingLogger()
  kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory', logger })
  backend.goOnline()
  const heard: string[] = []
  const hear = ({ keys }: Message) => void heard.push(keys[0] ?? '')
  const says = (isLive: boolean, ...messages: Message[]) =>
    backend.tell({ type: 'message.received', messages, isLive })
  return { kit, backend, logger, heard, hear, says }
}

describe('an app that wants to hear of messages', () => {
  it('hears of each one of others as it comes in, once, and of nothing else', async () => {
    const { kit, backend, heard, hear, says } = aKit()
    kit.onMessage(hear)
    const first = aMessage({ seq: 1, senderId: 'bob' })
    says(true, first, aMessage({ seq: 2, senderId: 'alice' }))
    says(true, first)
    says(false, aMessage({ seq: 3, senderId: 'bob' }))
    backend.answers.push({
      messages: [aMessage({ seq: 4, senderId: 'bob' })],
      changes: [],
      older: { end: 'start' },
      newer: { end: 'live' },
    })
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
    says(true, aMessage({ seq: 5, senderId: 'bob' }))
    expect(heard).toEqual([first.keys[0], aMessage({ seq: 5 }).keys[0]])
  })

  it('hears nothing any more once it has stopped, or the kit has ended', async () => {
    const { kit, heard, hear, says } = aKit()
    const stop = kit.onMessage(hear)
    kit.onMessage(hear)
    stop()
    says(true, aMessage({ seq: 1, senderId: 'bob' }))
    expect(heard).toHaveLength(1)
    await kit.dispose()
    says(true, aMessage({ seq: 2, senderId: 'bob' }))
    expect(heard).toHaveLength(1)
  })

  it('does no harm to anybody else when it fails', async () => {
    const { kit, heard, hear, logger, says } = aKit()
    kit.onMessage(() => {
      throw new Error('first')
    })
    kit.onMessage(() => Promise.reject(new Error('second')))
    kit.onMessage(hear)
    says(true, aMessage({ seq: 1, senderId: 'bob' }))
    await settle()
    expect(heard).toHaveLength(1)
    expect(logger.said.filter((words) => words.includes('listener of messages'))).toHaveLength(2)
  })
})
