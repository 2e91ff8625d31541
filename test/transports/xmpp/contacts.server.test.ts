import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { befriend, requestsOf } from '../../support/xmppFriends'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

describe.each(xmppServerNames)('contacts on %s', (name) => {
  let server: XmppServer
  let count = 0
  const users: XmppUser[] = []

  beforeAll(async () => {
    server = await startXmppServer(name)
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(() => server.close())

  it('come about by a request with wording, accepted both ways', async () => {
    const [alice, bob] = await twoPeople()
    const outcome = await contactsOf(alice).ask({ userId: bob.id, remark: 'Bobby' }, 'It is me & <you>')
    expect(outcome).toBe('pending')
    expect((await contactsOf(alice).requests()).items).toMatchObject([
      { userId: bob.id, direction: 'out', state: 'pending', wording: 'It is me & <you>' },
    ])
    const request = await asked(bob, alice)
    expect(request).toMatchObject({ state: 'pending', wording: 'It is me & <you>' })
    await contactsOf(bob).answer(request.id, 'accept-and-add', 'Ally')
    await alice.until(() => requestsOf(alice).find(({ state }) => state === 'accepted'))
    await alice.until(() => alice.told('contact.changed').length > 0)
    await bob.until(() => bob.told('contact.changed').length > 0)
    expect((await contactsOf(alice).list()).items).toEqual([{ userId: bob.id, remark: 'Bobby' }])
    expect((await contactsOf(bob).list()).items).toEqual([{ userId: alice.id, remark: 'Ally' }])
    expect((await contactsOf(bob).requests()).items).toEqual([])
    expect((await contactsOf(alice).requests()).items).toEqual([])
    expect(alice.told('wire.rejected')).toEqual([])
    expect(bob.told('wire.rejected')).toEqual([])
  })

  it('wait for who is not there, and are asked in the same words at the next sign-in', async () => {
    const [alice, bob] = await twoPeople()
    await bob.transport.disconnect()
    await contactsOf(alice).ask({ userId: bob.id }, '你好')
    const again = keep(await signIn(server, bob.id.split('@')[0]!))
    const request = await asked(again, alice)
    expect(request).toMatchObject({ state: 'pending', wording: '你好', direction: 'in' })
    await contactsOf(again).answer(request.id, 'accept')
    await alice.until(() => alice.told('contact.changed').length > 0)
    expect((await contactsOf(alice).list()).items).toMatchObject([{ userId: bob.id }])
    // One way only: who accepts without adding has no contact.
    expect((await contactsOf(again).list()).items).toEqual([])
  })

  it('are refused to whoever is refused', async () => {
    const [alice, bob] = await twoPeople()
    await contactsOf(alice).ask({ userId: bob.id })
    const request = await asked(bob, alice)
    await contactsOf(bob).answer(request.id, 'refuse')
    await alice.until(() => requestsOf(alice).find(({ state }) => state === 'refused'))
    expect((await contactsOf(alice).requests()).items).toEqual([])
    expect((await contactsOf(bob).requests()).items).toEqual([])
    expect((await contactsOf(alice).list()).items).toEqual([])
    await expect(contactsOf(bob).answer(request.id, 'accept')).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('can be asked for and the question taken back', async () => {
    const [alice, bob] = await twoPeople()
    await contactsOf(alice).ask({ userId: bob.id })
    await asked(bob, alice)
    const [mine] = (await contactsOf(alice).requests()).items
    await contactsOf(alice).deleteRequest!(mine!.id)
    if (name === 'prosody') {
      await bob.until(() => requestsOf(bob).find(({ state }) => state === 'gone'))
      expect((await contactsOf(bob).requests()).items).toEqual([])
    }
    // ejabberd forgets it without a word.
    const again = keep(await signIn(server, bob.id.split('@')[0]!))
    expect((await contactsOf(again).requests()).items).toEqual([])
    expect((await contactsOf(alice).requests()).items).toEqual([])
  })

  it('have remarks and folders', async () => {
    const [alice, bob] = await twoPeople()
    await befriend(alice, bob)
    const { update, setFolder, list } = contactsOf(alice)
    await update!({ userId: bob.id, remark: 'B & Co', folders: ['Work', 'Friends'] })
    await alice.until(() =>
      alice.told('contact.changed').some(({ contacts }) => contacts[0]?.remark === 'B & Co'),
    )
    const [contact] = (await list()).items
    expect(contact).toMatchObject({ userId: bob.id, remark: 'B & Co' })
    expect([...contact!.folders!].sort()).toEqual(['Friends', 'Work'])
    await setFolder!('Office', [], 'Work')
    expect([...(await list()).items[0]!.folders!].sort()).toEqual(['Friends', 'Office'])
    await setFolder!('Friends', [])
    expect((await list()).items[0]!.folders).toEqual(['Office'])
    await update!({ userId: bob.id, remark: null, folders: null })
    expect((await list()).items).toEqual([{ userId: bob.id }])
    await expect(update!({ userId: `nobody@${server.domain}`, remark: 'x' })).rejects.toMatchObject({
      kind: 'not-related',
    })
  })

  it('end on both sides when one ends them', async () => {
    const [alice, bob] = await twoPeople()
    await befriend(alice, bob)
    const stranger = `nobody@${server.domain}`
    const result = await contactsOf(alice).remove([bob.id, stranger, 'a b'])
    expect(result.done).toEqual([bob.id])
    expect(result.failed.map(({ id, error }) => [id, error.kind]).sort()).toEqual(
      [
        [stranger, 'not-related'],
        ['a b', 'invalid'],
      ].sort(),
    )
    await alice.until(() => alice.told('contact.removed').length > 0)
    await bob.until(() => bob.told('contact.removed').some(({ userIds }) => userIds[0] === alice.id))
    expect((await contactsOf(alice).list()).items).toEqual([])
    expect((await contactsOf(bob).list()).items).toEqual([])
  })

  it('do not come about with nobody, oneself, or nonsense', async () => {
    const [alice] = await twoPeople()
    await expect(contactsOf(alice).ask({ userId: alice.id })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(contactsOf(alice).ask({ userId: 'a b' })).rejects.toMatchObject({ kind: 'invalid' })
    await expect(contactsOf(alice).ask(undefined as never)).rejects.toMatchObject({ kind: 'invalid' })
    await expect(contactsOf(alice).answer('in:nobody', 'accept')).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('can be blocked, on all devices', async () => {
    const [alice, bob] = await twoPeople()
    const other = keep(await signIn(server, alice.id.split('@')[0]!))
    const { setBlocked, blocked } = contactsOf(alice)
    expect(await blocked!()).toEqual([])
    expect(await setBlocked!([bob.id], true)).toMatchObject({ done: [bob.id], failed: [] })
    await other.until(() => other.told('blocklist.changed').some(({ userIds }) => userIds[0] === bob.id))
    expect(await blocked!()).toEqual([bob.id])
    expect(await contactsOf(other).blocked!()).toEqual([bob.id])
    await setBlocked!([bob.id], false)
    await other.until(() => other.told('blocklist.changed').at(-1)?.userIds.length === 0)
    expect(await contactsOf(other).blocked!()).toEqual([])
    expect(alice.transport.can('contacts.setBlocked')).toBe('yes')
  })

  function keep(user: XmppUser): XmppUser {
    users.push(user)
    return user
  }

  /** Two people whom nobody knows yet. */
  async function twoPeople(): Promise<readonly [XmppUser, XmppUser]> {
    const names = [`alice${++count}`, `bob${count}`] as const
    await server.register(...names)
    const [alice, bob] = await Promise.all(names.map((user) => signIn(server, user)))
    return [keep(alice!), keep(bob!)]
  }
})

function contactsOf(user: XmppUser) {
  return user.transport.contacts!
}

/** The request of somebody, once it has come. */
function asked(user: XmppUser, from: XmppUser) {
  return user.until(() =>
    requestsOf(user).find(({ userId, direction }) => userId === from.id && direction === 'in'),
  )
}
