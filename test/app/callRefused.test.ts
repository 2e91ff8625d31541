import { afterEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit, ChatKitOptions } from '../../src/app'
import type { Clock } from '../../src/core/ports'
import type { CredentialsAsk } from '../../src/model'
import { useSessionStore, useTimelineStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { createRecordingLogger } from '../support/recordingLogger'

/** A real service may be slow on a busy machine; it is waited for, not measured. */
const patiently = { timeout: 4_000 }
let service: EmbeddedService
let alice: ChatKit
let id: string

/** Waiting is short here, so that a look after half a minute comes soon. */
const hastyClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms / 100)
    return () => clearTimeout(timer)
  },
}

const asks: CredentialsAsk[] = []
async function begin(options: Partial<ChatKitOptions> = {}): Promise<void> {
  asks.length = 0
  service = createEmbeddedService({ name: 'call-refused', storage: 'memory', credentials: () => 'ok' })
  for (const userId of ['alice', 'bob']) await service.addUser({ id: userId })
  alice = createChatKit({
    transport: createEmbeddedTransport({ service }),
    userId: 'alice',
    cache: 'memory',
    logger: createRecordingLogger(),
    async credentials(ask) {
      asks.push(ask)
      return { secret: `s${ask.attempt}` }
    },
    ...options,
  })
  await alice.online()
  ;({ id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } }))
  await alice.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
}
const say = (text: string) =>
  alice.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text }] })
const states = () =>
  (useTimelineStore(alice.pinia).timelineById.get(id)?.entries() ?? []).map(
    ({ outbox }) => outbox?.state ?? 'sent',
  )

afterEach(async () => {
  await alice.dispose()
  service.close()
})

describe('a message that is refused for want of a sign-in', () => {
  it('leads to fresh credentials, and then goes by itself', async () => {
    await begin()
    service.failNext({ call: 'messages.send', code: 70001 })
    await say('hello')
    await vi.waitFor(() => expect(states()).toEqual(['sent']), patiently)
    expect(asks.map(({ reason }) => reason)).toEqual(['sign-in', 'rejected'])
    expect(useSessionStore(alice.pinia).session.state).toBe('online')
  })

  it('leads to the sign-in of a person where the app has no credentials to give', async () => {
    await begin({ credentials: async () => ({ secret: 's' }) })
    service.failNext({ call: 'messages.send', code: 6208 })
    await say('hello')
    await vi.waitFor(
      () =>
        expect(useSessionStore(alice.pinia).session).toMatchObject({ state: 'kicked', by: 'other-device' }),
      patiently,
    )
    expect(states()).toEqual(['queued'])
  })
})

describe('a message that is refused for now', () => {
  it.each([20004, 10002, 9508, 9514, 9519, 60018])('goes again without a word: %i', async (code) => {
    await begin({ clock: hastyClock, random: () => 0.01 })
    service.failNext({ call: 'messages.send', code, times: 2 })
    await say('hello')
    await vi.waitFor(() => expect(states()).toEqual(['sent']), patiently)
  })
})

describe('a message that may have arrived', () => {
  it.each([9520, 9521, 9524, 9525, 6201])('is asked about, and goes once: %i', async (code) => {
    await begin({ random: () => 0.01 })
    service.failNext({ call: 'messages.send', code })
    await say('hello')
    await vi.waitFor(() => expect(states()).toEqual(['sent']), patiently)
  })
})

describe('a message that is refused for good', () => {
  it.each([9522, 9501, 9516, 80001, 20007])('says so at once: %i', async (code) => {
    await begin()
    service.failNext({ call: 'messages.send', code })
    await say('hello')
    await vi.waitFor(() => expect(states()).toEqual(['failed']), patiently)
  })
})
