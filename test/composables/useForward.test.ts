import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useCreateGroup, useForward } from '../../src/composables'
import type { Message, OutgoingMessage } from '../../src/model'
import { useContactStore, useProfileStore } from '../../src/stores'
import { aMessage } from '../support/builders'
import { settle } from '../support/fakeClock'
import { runInKit } from '../support/runInKit'
import { createScriptedTransport } from '../support/scriptedTransport'

let kit: ChatKit
let sent: OutgoingMessage[]
const endings: (() => void)[] = []
const REMARK = 'my boring boss'

beforeEach(async () => {
  sent = []
  const backend = createScriptedTransport({
    messages: {
      send(message) {
        sent.push(message)
        const { clientId: _id, forwardOf: _of, ...body } = message
        const keys = [`sent ${sent.length}`]
        return { result: Promise.resolve({ ...body, keys, sentAt: 1, senderId: 'alice' }), cancel() {} }
      },
    },
  })
  kit = createChatKit({ transport: backend.transport, userId: 'alice', cache: 'memory' })
  backend.goOnline()
  backend.tell(
    { type: 'profile.changed', profiles: [{ id: 'bob', name: 'Bob Tanaka' }] },
    { type: 'contact.changed', contacts: [{ userId: 'bob', remark: REMARK }] },
    {
      type: 'conversation.changed',
      conversations: [
        { id: 'c1', kind: 'direct', peerId: 'bob' },
        { id: 'c2', kind: 'direct', peerId: 'carol' },
      ],
    },
  )
  await settle()
  expect(useContactStore(kit.pinia).byId.get('bob')?.remark).toBe(REMARK)
  expect(useProfileStore(kit.pinia).byId.get('bob')?.name).toBe('Bob Tanaka')
})
afterEach(async () => {
  endings.splice(0).forEach((end) => end())
  await kit.dispose()
})

function using<View>(use: () => View): View {
  const { view, stop } = runInKit(kit, use)
  endings.push(stop)
  return view
}
async function passedOn(messages: readonly Message[], how: 'merged' | 'one-by-one'): Promise<string> {
  await using(() => useForward('c1')).forward(messages, ['c2'], how)
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0), { timeout: 20_000 })
  return JSON.stringify(sent)
}

describe('What is written to others', () => {
  it('never holds what the user alone calls somebody, in a chat history', async () => {
    const told = await passedOn([aMessage({ seq: 1 }), aMessage({ seq: 2 })], 'merged')
    expect(told).toContain('Bob Tanaka')
    expect(told).not.toContain(REMARK)
  })

  it('never holds what the user alone calls somebody, in the name of a new group', () => {
    expect(using(() => useCreateGroup()).nameFor(['bob'])).toContain('Bob Tanaka')
  })

  it('says nothing of what has become of the messages here', async () => {
    const reactions = [{ key: 'secret-like', count: 1, isMine: true, someIds: ['alice'] }]
    const traces = { openedAt: 987_654_321, reactions, extensions: { 'vote:alice': 'no' } }
    const told = await passedOn([aMessage({ seq: 1, ...traces }), aMessage({ seq: 2 })], 'merged')
    expect(told).toContain('message 1')
    expect(told).not.toMatch(/secret-like|987654321|vote:alice/)
  })

  it.each(['merged', 'one-by-one'] as const)('holds nothing that burns or was recalled: %s', async (how) => {
    const told = await passedOn(
      [
        aMessage({ seq: 1, text: 'for your eyes only', burnAfterMs: 10_000 }),
        aMessage({ seq: 2, text: 'taken back', recalled: { byId: 'bob' } }),
        aMessage({ seq: 3, text: 'hello' }),
      ],
      how,
    )
    expect(told).toContain('hello')
    expect(told).not.toMatch(/your eyes|taken back/)
  })
})
