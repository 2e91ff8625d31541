import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Presence } from '../../../src/model'
import { befriend } from '../../support/xmppFriends'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

describe.each(xmppServerNames)('presence on %s', (name) => {
  let server: XmppServer
  const users: XmppUser[] = []

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob', 'stranger')
    const [alice, bob] = [await enter('alice'), await enter('bob')]
    await befriend(alice, bob)
    await leave()
  })
  afterEach(leave)
  afterAll(() => server.close())

  it('follows a contact in and out', async () => {
    const alice = await enter('alice')
    alice.transport.presence!.watch([idOf('bob')])
    await alice.until(() => last(alice, 'bob')?.state === 'offline')
    await alice.until(() => last(alice, 'bob')?.lastSeenAt !== undefined)
    expect(Math.abs(Date.now() - last(alice, 'bob')!.lastSeenAt!)).toBeLessThan(120_000)
    const bob = await enter('bob')
    await alice.until(() => last(alice, 'bob')?.state === 'online')
    await bob.transport.presence!.setOwn!('Gone fishing & back at <5>')
    await alice.until(() => last(alice, 'bob')?.status === 'Gone fishing & back at <5>')
    const second = await enter('bob')
    await bob.transport.disconnect()
    await second.transport.disconnect()
    await alice.until(() => last(alice, 'bob')?.state === 'offline')
    expect(last(alice, 'bob')!.lastSeenAt).toBeGreaterThan(0)
    expect(alice.told('wire.rejected')).toEqual([])
  })

  it('is kept over a new sign-in of the same session', async () => {
    const [alice, bob] = [await enter('alice'), await enter('bob')]
    alice.transport.presence!.watch([idOf('bob')])
    await bob.transport.presence!.setOwn!('here')
    await alice.until(() => last(alice, 'bob')?.status === 'here')
    await server.kill()
    await alice.untilState('reconnecting')
    await server.restart()
    const before = alice.events.length
    for (const user of [alice, bob]) user.transport.hint?.('network-up')
    await Promise.all([alice.untilState('online', 20_000), bob.untilState('online', 20_000)])
    await alice.until(() => last(alice, 'bob', before)?.status === 'here')
  })

  it('of strangers is unknown, and of nonsense too', async () => {
    const alice = await enter('alice')
    await enter('stranger')
    alice.transport.presence!.watch([idOf('stranger'), 'no id', 7 as never])
    await alice.until(() => last(alice, 'stranger')?.state === 'unknown')
    const presences = alice.told('presence.changed').flatMap((event) => event.presences)
    expect(presences.map(({ userId, state }) => [userId, state])).toEqual([
      [idOf('stranger'), 'unknown'],
      ['no id', 'unknown'],
    ])
  })

  it('is told no more when nobody watches', async () => {
    const alice = await enter('alice')
    const stop = alice.transport.presence!.watch([idOf('bob')])
    const other = alice.transport.presence!.watch([idOf('bob'), alice.id])
    stop()
    stop()
    const bob = await enter('bob')
    await alice.until(() => last(alice, 'bob')?.state === 'online')
    other()
    const before = alice.told('presence.changed').length
    await bob.transport.presence!.setOwn!('unheard')
    // What comes after it has come through the same stream.
    await alice.transport.profiles!.fetch([bob.id])
    expect(alice.told('presence.changed')).toHaveLength(before)
  })

  async function enter(user: string): Promise<XmppUser> {
    const entered = await signIn(server, user)
    users.push(entered)
    return entered
  }

  async function leave(): Promise<void> {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  }

  function idOf(user: string): string {
    return `${user}@${server.domain}`
  }

  function last(watcher: XmppUser, user: string, after = 0): Presence | undefined {
    const events = watcher.events
      .slice(after)
      .flatMap((event) => (event.type === 'presence.changed' ? event.presences : []))
    return events.filter(({ userId }) => userId === idOf(user)).at(-1)
  }
})
