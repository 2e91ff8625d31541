import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { createEmbeddedTransport } from '../../../src/transports/embedded'
import { closeServices, twoPeople } from './twoPeople'
import { heard, noCredentials, outgoing, textOf, visit } from './visit'

afterEach(closeServices)

describe('Signing in', () => {
  it('refuses whoever the service does not know', async () => {
    const service = await twoPeople()
    const transport = createEmbeddedTransport({ service })
    transport.connect({ userId: 'mallory', credentials: noCredentials })
    await heard(transport, () =>
      expect(transport.session()).toMatchObject({
        state: 'credentials-needed',
        error: { domain: 'tencent', code: 70107 },
      }),
    )
    await expect(transport.conversations.list()).rejects.toMatchObject({ code: 6014 })
  })

  it('comes before everything else', async () => {
    const service = await twoPeople()
    const transport = createEmbeddedTransport({ service })
    await expect(transport.conversations.list()).rejects.toMatchObject({
      domain: 'tencent',
      code: 6014,
      kind: 'signed-out',
      retry: 'after-sign-in',
    })
    await expect(transport.messages.send(outgoing('x', 'y')).result).rejects.toMatchObject({ code: 6014 })
    expect(transport.can('messages.send')).toMatchObject({ code: 6014 })
  })

  it('twice as the same user is one sign-in', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const told = alice.events.length
    alice.transport.connect({ userId: 'alice', credentials: noCredentials })
    await alice.transport.conversations.list()
    expect(alice.events).toHaveLength(told)
  })

  it('tells what was missed since the checkpoint, once and not as live', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const { id } = await alice.openWith('bob')
    const before = await visit(service, 'bob')
    await alice.say(id, 'heard')
    await before.until(() => expect(before.received()).toHaveLength(1))
    await before.transport.disconnect()
    for (let i = 0; i < 450; i += 1) await alice.say(id, `missed ${i}`)
    expect(before.received()).toHaveLength(1)
    const bob = await visit(service, 'bob', before.checkpoint())
    expect(bob.received().map(textOf)).toEqual(Array.from({ length: 450 }, (_n, i) => `missed ${i}`))
    expect(bob.told('message.received').every((event) => !event.isLive)).toBe(true)
    expect(bob.told('session.changed').map((event) => event.session)).toEqual([
      { state: 'connecting' },
      { state: 'online', isCatchingUp: true, hasContinuity: true },
      { state: 'online', isCatchingUp: false, hasContinuity: true },
    ])
  })

  it('goes on where it ended when the same transport connects again', async () => {
    const service = await twoPeople()
    const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
    const { id } = await alice.openWith('bob')
    await alice.say(id, 'heard')
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    for (const round of [1, 2]) {
      const checkpoint = bob.checkpoint()
      await bob.transport.disconnect()
      await alice.say(id, `missed ${round}`)
      const before = bob.events.length
      bob.transport.connect({ userId: 'bob', credentials: noCredentials, checkpoint })
      await bob.until(() =>
        expect(bob.transport.session()).toEqual({
          state: 'online',
          isCatchingUp: false,
          hasContinuity: true,
        }),
      )
      const replayed = bob.events.slice(before).filter((event) => event.type === 'message.received')
      expect(replayed.map(({ isLive }) => isLive)).toEqual([false])
      await alice.say(id, `live ${round}`)
      await bob.until(() => expect(textOf(bob.received().at(-1))).toBe(`live ${round}`))
      expect(bob.told('message.received').at(-1)?.isLive).toBe(true)
    }
    expect(bob.received().map(textOf)).toEqual(['heard', 'missed 1', 'live 1', 'missed 2', 'live 2'])
  })

  it.each(['nonsense', 'another-era:0', ':', 'x'.repeat(5000)])(
    'promises nothing for the checkpoint %.20s',
    async (checkpoint) => {
      const service = await twoPeople()
      const alice = await visit(service, 'alice', checkpoint)
      expect(alice.transport.session()).toEqual({
        state: 'online',
        isCatchingUp: false,
        hasContinuity: false,
      })
    },
  )

  it('ends without a trace', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    await bob.transport.disconnect()
    const told = bob.events.length
    expect(bob.transport.session()).toEqual({ state: 'offline' })
    await alice.say(id, 'gone?')
    bob.transport.hint!('foreground')
    expect(bob.events).toHaveLength(told)
    await expect(bob.transport.conversations.list()).rejects.toMatchObject({ code: 6014 })
  })

  it('ends with its service', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    service.close()
    expect(alice.transport.session()).toMatchObject({ state: 'offline', error: { code: 'service-closed' } })
    await expect(alice.transport.conversations.list()).rejects.toMatchObject({ code: 'service-closed' })
    await expect(service.addUser({ id: 'late' })).rejects.toMatchObject({ code: 'service-closed' })
  })
})
