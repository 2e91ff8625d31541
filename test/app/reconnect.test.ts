import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import { useTimelineStore } from '../../src/stores'
import { createEmbeddedService, createEmbeddedTransport } from '../../src/transports/embedded'
import type { EmbeddedService } from '../../src/transports/embedded'
import { textsOf } from '../support/builders'
import { settle } from '../support/fakeClock'

let service: EmbeddedService
let alice: ChatKit
let bob: ChatKit
let id: string

const entriesIn = (kit: ChatKit) => useTimelineStore(kit.pinia).timelineById.get(id)?.entries() ?? []
const textsIn = (kit: ChatKit) => textsOf(entriesIn(kit).map(({ message }) => message))

/** A real service may be slow on a busy machine; it is waited for, not measured. */
const patiently = { timeout: 4_000 }

async function say(text: string): Promise<void> {
  await alice.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text }] })
}

beforeEach(async () => {
  service = createEmbeddedService({ name: 'reconnect', storage: 'memory' })
  for (const userId of ['alice', 'bob']) await service.addUser({ id: userId })
  const aKit = (userId: string) => createChatKit({ transport: createEmbeddedTransport({ service }), userId })
  alice = aKit('alice')
  bob = aKit('bob')
  await Promise.all([alice.online(), bob.online()])
  ;({ id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } }))
  for (const kit of [alice, bob]) {
    await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
  }
})
afterEach(async () => {
  await Promise.all([alice.dispose(), bob.dispose()])
  service.close()
})

describe('a connection that comes and goes', () => {
  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'loses, doubles and turns round nothing that is written meanwhile (story %i)',
    async (seed) => {
      let state = seed
      const pick = (count: number) => {
        state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
        return (state >> 8) % count
      }
      const written: string[] = []
      for (let step = 0; step < 12; step++) {
        const what = pick(3)
        if (what === 0) {
          written.push(`line ${step}`)
          await say(`line ${step}`)
        } else if (what === 1) void alice.disconnect()
        else alice.connect()
        for (let turns = pick(40); turns > 0; turns--) await Promise.resolve()
      }
      alice.connect()
      await alice.online()
      await vi.waitFor(() => expect(textsIn(bob)).toEqual(written), patiently)
      await vi.waitFor(() => {
        expect(textsIn(alice)).toEqual(written)
        expect(entriesIn(alice).map(({ outbox }) => outbox?.state)).toEqual(written.map(() => 'sent'))
      }, patiently)
    },
  )

  it('sends nothing that was given up while it was away', async () => {
    await alice.disconnect()
    await say('given up')
    await say('kept')
    await settle()
    const [given] = entriesIn(alice)
    if (!given) throw new Error('nothing is written')
    await alice.dispatch({ type: 'dropMessage', conversationId: id, rowKey: given.rowKey })
    alice.connect()
    await vi.waitFor(() => expect(textsIn(bob)).toEqual(['kept']), patiently)
    expect(textsIn(alice)).toEqual(['kept'])
  })
})
