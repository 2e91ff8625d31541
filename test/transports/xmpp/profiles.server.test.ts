import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { befriend } from '../../support/xmppFriends'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.each(xmppServerNames)('profiles on %s', (name) => {
  let server: XmppServer
  const users: XmppUser[] = []

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob', 'carol')
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(() => server.close())

  it('are written by oneself and read by anybody', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const { updateOwn } = profilesOf(alice)
    await updateOwn!({ id: alice.id, name: 'Älice & Co <3', signature: 'two\nlines', avatar: PIXEL })
    const wanted = { id: alice.id, name: 'Älice & Co <3', signature: 'two\nlines', avatar: PIXEL }
    expect((await profilesOf(bob).fetch([alice.id])).found).toEqual([wanted])
    const told = await alice.until(() => alice.told('profile.changed')[0]?.profiles)
    expect(told).toEqual([wanted])
    await updateOwn!({ id: alice.id, name: 'Alice' })
    expect((await profilesOf(bob).fetch([alice.id])).found).toEqual([{ ...wanted, name: 'Alice' }])
    await updateOwn!({ id: alice.id, avatar: null, signature: null })
    expect((await profilesOf(bob).fetch([alice.id])).found).toEqual([{ id: alice.id, name: 'Alice' }])
  })

  it('may have a picture that lives elsewhere', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const avatar = 'https://pictures.example/alice.png?a=1&b=2'
    await profilesOf(alice).updateOwn!({ id: alice.id, name: 'Alice', avatar })
    expect((await profilesOf(bob).fetch([alice.id])).found).toEqual([{ id: alice.id, name: 'Alice', avatar }])
    await profilesOf(alice).updateOwn!({ id: alice.id, avatar: null })
    expect((await profilesOf(bob).fetch([alice.id])).found).toEqual([{ id: alice.id, name: 'Alice' }])
  })

  it('are answered for every id, also where it is nobody', async () => {
    const [alice] = await present('alice')
    const nobody = `nobody@${server.domain}`
    const occupant = `room@${server.roomsDomain}/Nick`
    const { found, missing } = await profilesOf(alice).fetch([nobody, 'not an id', occupant, alice.id])
    expect(missing).toEqual(['not an id'])
    expect(found.map(({ id }) => id)).toEqual([nobody, occupant, alice.id])
    // To both servers somebody without a card is the same as nobody.
    expect(found[0]).toEqual({ id: nobody })
    expect(found[1]).toEqual({ id: occupant, name: 'Nick', onlyInId: `room@${server.roomsDomain}` })
  })

  it('are told to contacts when they change', async () => {
    const [alice, carol] = await present('alice', 'carol')
    await befriend(alice, carol)
    await carol.until(() => carol.told('presence.changed').some(isOnline), 10_000)
    await profilesOf(alice).updateOwn!({ id: alice.id, name: 'Alice the Second' })
    const told = () => carol.told('profile.changed').flatMap(({ profiles }) => profiles)
    await carol.until(() => told().at(-1)?.name === 'Alice the Second')
    expect(told().every(({ id }) => id === alice.id)).toBe(true)

    function isOnline({ presences }: { presences: readonly { userId: string; state: string }[] }) {
      return presences.some(({ userId, state }) => userId === alice.id && state === 'online')
    }
  })

  it('are refused what they cannot hold', async () => {
    const [alice] = await present('alice')
    const { updateOwn } = profilesOf(alice)
    await expect(updateOwn!({ id: alice.id, avatar: 'javascript:alert(1)' })).rejects.toMatchObject({
      kind: 'invalid',
    })
    await expect(updateOwn!({ id: alice.id, gender: 'female' })).rejects.toMatchObject({
      kind: 'unsupported',
    })
    await expect(updateOwn!({ id: 'bob', name: 'x' })).rejects.toMatchObject({ kind: 'invalid' })
    const huge = `data:image/png;base64,${'A'.repeat(300_000)}`
    await expect(updateOwn!({ id: alice.id, avatar: huge })).rejects.toMatchObject({ kind: 'too-large' })
  })

  async function present<const N extends readonly string[]>(...names: N) {
    const here = await Promise.all(names.map((user) => signIn(server, user)))
    users.push(...here)
    here.forEach((user) => user.transport.presence!.watch(['alice', 'bob', 'carol'].map(idOf)))
    return here as { readonly [I in keyof N]: XmppUser }
  }

  function idOf(user: string): string {
    return `${user}@${server.domain}`
  }
})

function profilesOf(user: XmppUser) {
  return user.transport.profiles!
}
