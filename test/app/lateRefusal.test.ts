import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { catalogueError } from '../../src/core/errors'
import type { Message } from '../../src/model'
import { useConversationStore, useSessionStore } from '../../src/stores'
import { createFakeClock, settle } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { aTask, createScriptedTransport } from '../support/scriptedTransport'
import type { Script } from '../support/scriptedTransport'

let kit: ChatKit
afterEach(() => kit.dispose())

const expired = () => catalogueError('tencent', 70001)

async function begin(script: Script) {
  const backend = createScriptedTransport(script)
  kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    cache: 'memory',
    clock: createFakeClock(),
    logger: createRecordingLogger(),
    credentials: async ({ attempt }) => ({ secret: `s${attempt}` }),
  })
  await settle()
  backend.goOnline()
  await settle()
  const session = () => useSessionStore(kit.pinia).session.state
  /** The line ends for want of fresh credentials, and the next one stands. */
  async function renew(): Promise<void> {
    backend.tell({ type: 'session.changed', session: { state: 'credentials-needed', error: expired() } })
    await settle()
    expect(backend.connects).toHaveLength(2)
    backend.goOnline()
    await settle()
  }
  return { backend, session, renew }
}

describe('a refusal for want of a sign-in that comes when the next line stands', () => {
  it('does not end that line, and is asked again on it: a question', async () => {
    let refuse: (error: unknown) => void = () => {}
    let calls = 0
    const list = async () =>
      calls++ > 0 ? { items: [] } : new Promise<never>((_, reject) => (refuse = reject))
    const { backend, session, renew } = await begin({ conversations: { list } })
    const asked = kit.dispatch({ type: 'loadConversations' })
    await settle()
    await renew()
    refuse(expired())
    await asked
    expect(calls).toBe(2)
    expect(useConversationStore(kit.pinia)).toMatchObject({ state: 'ready', error: undefined })
    expect(session()).toBe('online')
    expect(backend.connects).toHaveLength(2)
  })

  it('does not end that line, and goes on it: a message', async () => {
    let refuse: (error: unknown) => void = () => {}
    let calls = 0
    const send = () => aTask(new Promise<Message>((_, reject) => void (calls++, (refuse = reject))))
    const { backend, session, renew } = await begin({ messages: { send } })
    await kit.dispatch({
      type: 'sendMessage',
      conversationId: 'c1',
      parts: [{ kind: 'text', text: 'hello' }],
    })
    await settle()
    await renew()
    refuse(expired())
    await settle()
    expect(calls).toBe(2)
    expect(session()).toBe('online')
    expect(backend.connects).toHaveLength(2)
  })
})
