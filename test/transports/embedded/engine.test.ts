import { describe, expect, it, vi } from 'vitest'
import type { TransportEvent } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import { createFakeClock } from '../../support/fakeClock'
import { countingIds, outgoing, visit } from './visit'

describe('A service with a clock, ids and a seed of its own', () => {
  async function play(seed: number): Promise<readonly (readonly TransportEvent[])[]> {
    const clock = createFakeClock()
    const service = createEmbeddedService({
      world: 'demo',
      storage: 'memory',
      seed,
      clock,
      ids: countingIds(),
    })
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    await alice.transport.messages.send({ ...outgoing(id, 'one'), clientId: 'a' }).result
    await clock.advance(1000)
    await bob.transport.messages.send({ ...outgoing(id, 'two'), clientId: 'b' }).result
    await alice.transport.groups!.create({ type: 'work', name: 'we' }, ['bob'])
    await bob.transport.profiles!.updateOwn!({ id: 'bob', name: 'Bobby' })
    await alice.until(() => expect(alice.told('profile.changed').length).toBeGreaterThan(0))
    const list = (await alice.transport.conversations.list()).items
    await alice.transport.disconnect()
    await bob.transport.disconnect()
    service.close()
    return [alice.events, bob.events, [{ type: 'conversation.changed', conversations: list }]]
  }

  it('does the same again, and looks at no other clock and no dice', async () => {
    const now = vi.spyOn(Date, 'now')
    const random = vi.spyOn(Math, 'random')
    const bytes = vi.spyOn(crypto, 'getRandomValues')
    const first = await play(7)
    const readers = [now, random, bytes].flatMap((spy) => spy.mock.calls.length)
    vi.restoreAllMocks()
    expect(readers).toEqual([0, 0, 0])
    expect(await play(7)).toEqual(first)
    expect(await play(8)).not.toEqual(first)
  })
})
