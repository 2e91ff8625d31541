import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { registerXmppAccount } from '../../../src/transports/xmpp'
import { openTunnel } from '../../support/tunnel'
import { signIn, xmppUser } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

/** How the last bytes of a WebSocket begin. */
const CLOSE_FRAME = 0x88

describe.each(xmppServerNames)('a session on %s', (name) => {
  let server: XmppServer
  const users: XmppUser[] = []
  const keep = (user: XmppUser) => {
    users.push(user)
    return user
  }

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob')
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(() => server.close())

  it('comes about with the right password', async () => {
    const alice = keep(await signIn(server, 'alice'))
    const states = alice.told('session.changed').map(({ session }) => session.state)
    expect(states[0]).toBe('connecting')
    expect(states.at(-1)).toBe('online')
    expect(alice.transport.scope).toBe(server.domain)
    expect(alice.told('clock.measured')).toHaveLength(1)
    // Both have the clock of one machine: nothing is off by more than what the measuring itself leaves in doubt.
    const { offsetMs, errorMs } = alice.told('clock.measured')[0]!
    expect(Math.abs(offsetMs)).toBeLessThanOrEqual(errorMs + 1)
    expect(alice.told('wire.rejected')).toEqual([])
    expect(alice.transport.can('messages.send')).toBe('yes')
    expect(alice.transport.can('messages.search')).toMatchObject({ kind: 'unsupported' })
  })

  it('calls people as the user calls himself', async () => {
    const bob = keep(xmppUser(server, 'bob'))
    bob.transport.connect({ userId: 'bob', credentials: async () => ({ secret: 'bob' }) })
    await bob.untilState('online')
  })

  it('asks once more for a password that is refused, and then leaves it', async () => {
    const alice = keep(xmppUser(server, 'alice'))
    const reasons: string[] = []
    alice.transport.connect({
      userId: alice.id,
      credentials: async ({ reason }) => {
        reasons.push(reason)
        return { secret: 'wrong' }
      },
    })
    const session = await alice.untilState('credentials-needed')
    expect(reasons).toEqual(['sign-in', 'rejected'])
    expect(session).toMatchObject({ error: { domain: 'xmpp', code: 'not-authorized', kind: 'signed-out' } })
  })

  it('comes about when the second password is right', async () => {
    const alice = keep(xmppUser(server, 'alice'))
    alice.transport.connect({
      userId: alice.id,
      credentials: async ({ reason }) => ({ secret: reason === 'rejected' ? 'alice' : 'wrong' }),
    })
    await alice.untilState('online')
  })

  it.each(['alice@elsewhere.test', 'Alice@parley.test', 'a b', '', 'alice@parley.test/phone'])(
    'is refused to "%s"',
    async (userId) => {
      const alice = keep(xmppUser(server, 'alice'))
      alice.transport.connect({ userId, credentials: async () => ({ secret: 'alice' }) })
      expect(alice.transport.session()).toMatchObject({
        state: 'credentials-needed',
        error: { kind: 'invalid' },
      })
    },
  )

  it('begins with an account made on the spot, where the server makes any', async () => {
    await registerXmppAccount({ ...where(), userId: 'newcomer', secret: 'newcomer' })
    keep(await signIn(server, 'newcomer'))
    await expect(
      registerXmppAccount({ ...where(), userId: 'newcomer', secret: 'other' }),
    ).rejects.toMatchObject({ domain: 'xmpp', code: 'conflict' })
  })

  it('survives a cut of the socket', async () => {
    const tunnel = await openTunnel(server.service)
    const alice = keep(await signIn({ ...server, service: tunnel.service }, 'alice'))
    tunnel.cut()
    await alice.untilState('reconnecting')
    const session = await alice.untilState('online')
    expect(session).toMatchObject({ hasContinuity: true, isCatchingUp: false })
    expect(alice.told('clock.measured')).toHaveLength(1)
    await tunnel.close()
  })

  it('comes back after the server has been killed', async () => {
    const alice = keep(await signIn(server, 'alice'))
    const before = alice.events.length
    await server.kill()
    await alice.untilState('reconnecting')
    await server.restart()
    alice.transport.hint?.('network-up')
    await alice.untilState('online', 20_000)
    expect(alice.events.slice(before).some(({ type }) => type === 'session.changed')).toBe(true)
  })

  it('waits for a server that is not there, and ends when told', async () => {
    const alice = keep(xmppUser({ service: 'ws://127.0.0.1:9/none', domain: server.domain }, 'alice'))
    alice.transport.connect({ userId: alice.id, credentials: async () => ({ secret: 'alice' }) })
    await alice.until(() => {
      const session = alice.transport.session()
      return session.state === 'connecting' && session.retryInMs
    })
    await alice.transport.disconnect()
    const after = alice.events.length
    expect(alice.transport.session()).toEqual({ state: 'offline' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(alice.events).toHaveLength(after)
  })

  it('closes its socket when the server has said goodbye too', async () => {
    let isAnswered = false
    let isCutShort = false
    const tunnel = await openTunnel(server.service, (from, bytes) => {
      if (from === 'server') isAnswered ||= bytes.includes('<close ')
      else if (bytes[0] === CLOSE_FRAME) isCutShort ||= !isAnswered
    })
    const alice = keep(await signIn({ ...where(), service: tunnel.service }, 'alice'))
    await alice.transport.disconnect()
    expect({ isAnswered, isCutShort }).toEqual({ isAnswered: true, isCutShort: false })
    await tunnel.close()
  })

  it('ends for good at an address that is none', () => {
    const alice = keep(xmppUser({ service: 'ws://', domain: server.domain }, 'alice'))
    alice.transport.connect({ userId: alice.id, credentials: async () => ({ secret: 'alice' }) })
    return alice.untilState('offline')
  })

  function where() {
    return { service: server.service, domain: server.domain }
  }
})
