import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clientKey } from '../../../src/model'
import { bookmarkRoom, makeRoom, rawClient } from '../../support/rawClient'
import type { RawClient } from '../../support/rawClient'
import { changesTold, inOrder, outgoing, received, refOf, texts } from '../../support/xmppMessages'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'

describe.each(xmppServerNames)('messages in rooms on %s', (name) => {
  let server: XmppServer
  let owner: RawClient
  const users: XmppUser[] = []
  let rooms = 0

  const come = async (who: string, more?: Parameters<typeof signIn>[2]) => {
    const user = await signIn(server, who, more)
    users.push(user)
    return user
  }
  /** A room that alice and bob enter by themselves when they sign in. */
  const newRoom = async (fields?: Readonly<Record<string, string>>) => {
    const room = `room${++rooms}@${server.roomsDomain}`
    await makeRoom(owner, room, fields)
    for (const who of ['alice', 'bob']) {
      const raw = await rawClient(server, who)
      await bookmarkRoom(raw, room)
      raw.close()
    }
    return { room, id: `room:${room}` }
  }

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob', 'olga', 'mallory')
    owner = await rawClient(server, 'olga')
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(async () => {
    owner.close()
    await server.close()
  })

  it('reach everybody once, in one order, from the person who wrote them', async () => {
    const { id, room } = await newRoom()
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    expect(alice.told('conversation.changed').flatMap(({ conversations }) => conversations)).toContainEqual({
      id,
      kind: 'group',
      groupId: room,
    })
    const wanted = Array.from({ length: 12 }, (_, index) => `number ${index}`)
    for (const text of wanted) {
      const draft = outgoing(id, text)
      const sent = await alice.transport.messages.send(draft).result
      expect(sent).toMatchObject({ conversationId: id, senderId: alice.id })
      expect(sent.keys).toContain(clientKey(alice.id, draft.clientId))
      expect(sent.order).toBeDefined()
    }
    for (const user of [alice, bob]) {
      await user.until(() => received(user).length >= 12)
      expect(texts(inOrder(received(user)))).toEqual(wanted)
      expect(received(user).every(({ senderId }) => senderId === alice.id)).toBe(true)
    }
    const keysOf = (user: XmppUser) => inOrder(received(user)).map(({ keys }) => keys)
    expect(keysOf(bob)).toEqual(keysOf(alice))
    const page = await bob.transport.messages.history({
      conversationId: id,
      from: 'newest',
      direction: 'older',
      count: 5,
    })
    expect(texts(page.messages)).toEqual(wanted.slice(7))
    expect(page.messages.map(({ senderId }) => senderId)).toEqual(Array(5).fill(alice.id))
    expect(page.newer).toEqual({ end: 'live' })
    const cursor = 'cursor' in page.older ? page.older.cursor : ''
    const older = await bob.transport.messages.history({
      conversationId: id,
      from: { cursor },
      direction: 'older',
      count: 50,
    })
    expect(texts(older.messages)).toEqual(wanted.slice(0, 7))
    expect(older.older).toEqual({ end: 'start' })
  })

  it('can be answered, edited, reacted to, read and taken back', async () => {
    const { id } = await newRoom()
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    const sent = await alice.transport.messages.send(
      outgoing(id, 'first', { mentions: { userIds: [bob.id], isAll: true } }),
    ).result
    const [heard] = await bob.until(() => received(bob).length === 1 && received(bob))
    expect(heard!.mentions).toEqual({ userIds: [bob.id], isAll: true })
    alice.transport.messages.setTyping!(id, true)
    await bob.until(() =>
      bob.told('typing.changed').some(({ isTyping, userId }) => isTyping && userId === alice.id),
    )
    const replyTo = { ref: refOf(heard!), abstract: 'first' }
    await bob.transport.messages.send(outgoing(id, 'answer', { replyTo })).result
    const answer = await alice.until(() => received(alice).find(({ senderId }) => senderId === bob.id))
    expect(answer.replyTo?.ref.keys.some((key) => sent.keys.includes(key))).toBe(true)
    const body = { parts: [{ kind: 'text', text: 'second' }] } as const
    await alice.transport.messages.edit!(sent, body)
    await bob.transport.messages.setReactions!(refOf(heard!), [], ['👍'])
    await bob.transport.conversations.markRead!(id, refOf(heard!))
    await alice.transport.messages.recall!(refOf(sent))
    await bob.until(() => changesTold(bob).some(({ kind }) => kind === 'recalled'))
    await alice.until(() => changesTold(alice).some(({ kind }) => kind === 'reactions-of'))
    for (const kind of ['edited', 'recalled']) {
      const change = changesTold(bob).find((one) => one.kind === kind)
      expect(change).toMatchObject({ byId: alice.id, isVouched: false })
      expect(change!.ref.keys.some((key) => heard!.keys.includes(key))).toBe(true)
    }
    const reaction = changesTold(alice).find(({ kind }) => kind === 'reactions-of')
    expect(reaction).toMatchObject({ userId: bob.id, reactionKeys: ['👍'] })
    expect(reaction!.ref.keys.some((key) => sent.keys.includes(key))).toBe(true)
    const read = await alice.until(() =>
      alice
        .told('receipt.received')
        .flatMap(({ receipts }) => receipts)
        .find((one) => one.kind === 'upTo' && one.state === 'read' && one.userId === bob.id),
    )
    expect(read).toMatchObject({ conversationId: id })
  })

  it('that were missed are caught up with from the checkpoint', async () => {
    const { id } = await newRoom()
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    await alice.transport.messages.send(outgoing(id, 'before')).result
    await bob.until(() => received(bob).length === 1)
    await bob.until(() => bob.told('checkpoint.advanced').at(-1)?.checkpoint.includes('room'))
    const { checkpoint } = bob.told('checkpoint.advanced').at(-1)!
    await bob.transport.disconnect()
    for (const text of ['one', 'two', 'three']) await alice.transport.messages.send(outgoing(id, text)).result
    const later = await come('bob', { checkpoint })
    const missed = received(later).filter(({ conversationId }) => conversationId === id)
    expect(texts(missed).filter((text) => text !== 'before')).toEqual(['one', 'two', 'three'])
    expect(missed.map(({ senderId }) => senderId)).toEqual(missed.map(() => alice.id))
    expect(later.transport.session()).toMatchObject({ hasContinuity: true })
  })

  it('come again after the server was killed', async () => {
    const { id } = await newRoom()
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    await alice.transport.messages.send(outgoing(id, 'before')).result
    await bob.until(() => received(bob).length === 1)
    owner.close()
    await server.killAndRestart()
    for (const user of [alice, bob]) {
      user.transport.hint?.('network-up')
      await user.untilState('online', 30_000)
    }
    await alice.transport.messages.send(outgoing(id, 'after')).result
    await bob.until(() => texts(received(bob)).includes('after'))
    owner = await rawClient(server, 'olga')
  })

  it('of somebody without a voice are refused, and so are those from outside', async () => {
    const { room, id } = await newRoom({ 'muc#roomconfig_moderatedroom': '1' })
    const alice = await come('alice')
    owner.send(`<presence to="${room}/owner"><x xmlns="http://jabber.org/protocol/muc"/></presence>`)
    await owner.ask(
      'set',
      room,
      '<query xmlns="http://jabber.org/protocol/muc#admin"><item nick="alice" role="visitor"/></query>',
    )
    await expect(alice.transport.messages.send(outgoing(id, 'psst')).result).rejects.toMatchObject({
      domain: 'xmpp',
      code: 'forbidden',
      kind: 'muted',
    })
    expect(alice.transport.can('messages.send', { conversationId: id })).toMatchObject({ kind: 'muted' })
    const mallory = await come('mallory')
    await expect(mallory.transport.messages.send(outgoing(id, 'let me in')).result).rejects.toMatchObject({
      kind: 'not-member',
    })
  })

  it('can be taken out by a moderator, where the server lets him', async () => {
    const { room, id } = await newRoom()
    const admins =
      '<query xmlns="http://jabber.org/protocol/muc#admin"><item affiliation="admin" jid="bob@parley.test"/></query>'
    await owner.ask('set', room, admins)
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    const sent = await alice.transport.messages.send(outgoing(id, 'rude')).result
    const heard = await bob.until(() => received(bob).find(({ conversationId }) => conversationId === id))
    const verdict = bob.transport.can('messages.recall', { message: heard })
    expect(alice.transport.can('messages.recall', { message: sent })).toBe('yes')
    if (name === 'ejabberd') {
      expect(verdict).toMatchObject({ kind: 'unsupported' })
      return expect(bob.transport.messages.recall!(refOf(heard))).rejects.toMatchObject({ domain: 'parley' })
    }
    expect(verdict).toBe('yes')
    await bob.transport.messages.recall!(refOf(heard), 'be kind')
    const change = await alice.until(() => changesTold(alice).find(({ kind }) => kind === 'recalled'))
    expect(change).toMatchObject({ isVouched: true, byId: bob.id, reason: 'be kind' })
    expect(change.ref.keys.some((key) => sent.keys.includes(key))).toBe(true)
    return undefined
  })

  it('appear in the list of conversations, with those of people', async () => {
    const { id, room } = await newRoom()
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    await alice.transport.messages.send(outgoing(id, 'in the room')).result
    await bob.transport.messages.send(outgoing(`user:${alice.id}`, 'to you')).result
    const { items } = await bob.transport.conversations.list()
    const inRoom = items.find((one) => one.id === id)
    expect(inRoom).toMatchObject({ kind: 'group', groupId: room, last: { parts: [{ text: 'in the room' }] } })
    const direct = items.find((one) => one.peerId === alice.id)
    expect(direct).toMatchObject({
      id: `user:${alice.id}`,
      kind: 'direct',
      last: { parts: [{ text: 'to you' }] },
    })
    const { conversations } = bob.transport
    expect(await conversations.open({ userId: alice.id })).toMatchObject({ id: `user:${alice.id}` })
    expect(await conversations.open({ groupId: room })).toEqual({
      id,
      kind: 'group',
      groupId: room,
      isPinned: false,
      notify: 'all',
    })
    expect(await conversations.open({ id })).toMatchObject({ groupId: room })
    await expect(conversations.open({ id: 'nonsense' })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(conversations.open({ userId: 'a b' })).rejects.toMatchObject({ kind: 'invalid' })
    const noRoom = { groupId: `none@${server.roomsDomain}` }
    await expect(conversations.open(noRoom)).rejects.toMatchObject({ kind: 'not-found' })
  })
})
