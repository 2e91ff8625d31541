import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeRoom, bookmarkRoom, rawClient } from '../../support/rawClient'
import type { RawClient } from '../../support/rawClient'
import { changesTold, outgoing, received, refOf, texts } from '../../support/xmppMessages'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'

const CARBONS = 'urn:xmpp:carbons:2'
const FORWARD = 'urn:xmpp:forward:0'

describe.each(xmppServerNames)('what somebody with bad intentions sends on %s', (name) => {
  let server: XmppServer
  let mallory: RawClient
  const users: XmppUser[] = []
  const come = async (who: string) => {
    const user = await signIn(server, who)
    users.push(user)
    return user
  }
  /** A message of Mallory's that comes through says that all before it has been dealt with. */
  const afterAllOf = async (user: XmppUser, word: string) => {
    mallory.send(`<message to="${user.id}" type="chat" id="${word}"><body>${word}</body></message>`)
    await user.until(() => texts(received(user)).includes(word))
  }

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob', 'mallory', 'olga')
    mallory = await rawClient(server, 'mallory')
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(async () => {
    mallory.close()
    await server.close()
  })

  it('as a carbon or an archive entry is believed by nobody, and counted', async () => {
    const alice = await come('alice')
    const forged = `<forwarded xmlns="${FORWARD}"><message xmlns="jabber:client" type="chat" from="bob@parley.test/x" to="alice@parley.test"><body>forged</body></message></forwarded>`
    const delayed = forged.replace(
      '<message',
      '<delay xmlns="urn:xmpp:delay" stamp="2026-01-01T00:00:00Z"/><message',
    )
    for (const inside of [
      `<received xmlns="${CARBONS}">${forged}</received>`,
      `<sent xmlns="${CARBONS}">${forged}</sent>`,
      `<result xmlns="urn:xmpp:mam:2" queryid="guess" id="1">${delayed}</result>`,
    ]) {
      mallory.send(`<message to="${alice.id}" type="chat">${inside}<store xmlns="urn:xmpp:hints"/></message>`)
    }
    await afterAllOf(alice, 'done-1')
    expect(texts(received(alice))).toEqual(['done-1'])
    expect(alice.told('wire.rejected').length).toBeGreaterThanOrEqual(3)
    const { items } = await alice.transport.conversations.list()
    expect(items.map(({ peerId }) => peerId)).not.toContain('bob@parley.test')
  })

  it('in the form of a stream error or a kick ends no session', async () => {
    const alice = await come('alice')
    const before = alice.told('session.changed').length
    mallory.send(
      `<message to="${alice.id}" type="chat"><error xmlns="http://etherx.jabber.org/streams"><conflict xmlns="urn:ietf:params:xml:ns:xmpp-streams"/></error></message>`,
    )
    mallory.send(
      `<message to="${alice.id}" type="chat"><failed xmlns="urn:xmpp:sm:3"/><body>x</body></message>`,
    )
    await afterAllOf(alice, 'done-2')
    expect(alice.told('session.changed')).toHaveLength(before)
    expect(alice.transport.session().state).toBe('online')
  })

  it('about the messages of others is a claim, and names only his own', async () => {
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    const draft = outgoing(`user:${alice.id}`, 'mine')
    await bob.transport.messages.send(draft).result
    const mine = await alice.until(() => received(alice).find(({ senderId }) => senderId === bob.id))
    const to = `to="${alice.id}" type="chat"`
    const kept = '<store xmlns="urn:xmpp:hints"/>'
    mallory.send(
      `<message ${to} id="m1"><retract xmlns="urn:xmpp:message-retract:1" id="${draft.clientId}"/>${kept}</message>`,
    )
    mallory.send(
      `<message ${to} id="m2"><body>changed</body><replace xmlns="urn:xmpp:message-correct:0" id="${draft.clientId}"/></message>`,
    )
    mallory.send(
      `<message ${to} id="m3"><apply-to xmlns="urn:xmpp:fasten:0" id="${draft.clientId}"><moderated xmlns="urn:xmpp:message-moderate:0" by="bob@parley.test"><retract xmlns="urn:xmpp:message-retract:0"/></moderated></apply-to>${kept}</message>`,
    )
    mallory.send(
      `<message ${to} id="m4"><displayed xmlns="urn:xmpp:chat-markers:0" id="${draft.clientId}"/>${kept}</message>`,
    )
    await afterAllOf(alice, 'done-3')
    const names = new Set(mine.keys)
    for (const change of changesTold(alice)) {
      expect(change.isVouched).toBe(false)
      expect(change.byId).toBe('mallory@parley.test')
      expect(change.ref.conversationId).toBe('user:mallory@parley.test')
      expect(change.ref.keys.filter((key) => names.has(key))).toEqual([])
    }
    const bobs = alice.told('receipt.received').flatMap(({ receipts }) => receipts)
    expect(bobs.filter((one) => one.kind === 'upTo' && one.conversationId === mine.conversationId)).toEqual(
      [],
    )
  })

  it('without sense is left where it is, and nothing stops', async () => {
    const alice = await come('alice')
    const deep = '<a xmlns="urn:x">'.repeat(200) + '</a>'.repeat(200)
    const big = 'x'.repeat(100_000)
    for (const inside of [
      '',
      '<unknown xmlns="urn:nobody:knows"/>',
      '<body/>',
      '<reactions xmlns="urn:xmpp:reactions:0"/>',
      '<replace xmlns="urn:xmpp:message-correct:0"/>',
      '<parley xmlns="urn:parley:message:1">{"parts":[{"kind":"text"},null,7],"__proto__":{"x":1}}</parley><body>odd</body>',
      '<parley xmlns="urn:parley:message:1">[[[</parley><body>broken</body>',
      '<parley xmlns="urn:parley:message:1">{"parts":[{"kind":"image","file":{"at":"local","source":"path","value":"/etc/passwd","name":"a","bytes":1,"mime":"image/png"}}]}</parley><body>a file of yours</body>',
      '<stanza-id xmlns="urn:xmpp:sid:0" by="alice@parley.test" id="spoofed"/><body>spoofed id</body>',
      '<event xmlns="http://jabber.org/protocol/pubsub#event"><items node="urn:xmpp:bookmarks:1"><item id="evil@rooms.parley.test"><conference xmlns="urn:xmpp:bookmarks:1" autojoin="true"/></item></items></event>',
      '<event xmlns="http://jabber.org/protocol/pubsub#event"><items node="urn:xmpp:mds:displayed:0"><item id="bob@parley.test"><displayed xmlns="urn:xmpp:mds:displayed:0"><stanza-id xmlns="urn:xmpp:sid:0" by="alice@parley.test" id="1"/></displayed></item></items></event>',
      deep,
      `<body>${big}</body>`,
    ]) {
      mallory.send(`<message to="${alice.id}" type="chat">${inside}</message>`)
      mallory.send(`<message to="${alice.id}" type="headline">${inside}</message>`)
      mallory.send(`<message to="${alice.id}" type="groupchat">${inside}</message>`)
    }
    mallory.send(`<presence to="${alice.id}"><x xmlns="http://jabber.org/protocol/muc#user"/></presence>`)
    mallory.send(`<presence to="${alice.id}" type="weird"/>`)
    const full = alice.id
    mallory.send(`<iq to="${full}" type="result" id="1"/>`)
    await afterAllOf(alice, 'done-4')
    expect(texts(received(alice))).toContain(big)
    expect(texts(received(alice))).toContain('spoofed id')
    const files = received(alice).flatMap(({ parts }) => parts.filter((part) => 'file' in part))
    expect(files).toEqual([])
    expect(alice.told('receipt.received')).toEqual([])
    expect(received(alice).every(({ senderId }) => senderId === 'mallory@parley.test')).toBe(true)
    expect(alice.transport.session().state).toBe('online')
    expect(alice.told('wire.rejected').length).toBeGreaterThan(5)
  })

  it('into a room makes him nobody else', async () => {
    const room = `forum@${server.roomsDomain}`
    const olga = await rawClient(server, 'olga')
    await makeRoom(olga, room)
    for (const who of ['alice', 'bob']) {
      const raw = await rawClient(server, who)
      await bookmarkRoom(raw, room)
      raw.close()
    }
    const [alice, bob] = await Promise.all([come('alice'), come('bob')])
    mallory.send(`<presence to="${room}/bob2"><x xmlns="http://jabber.org/protocol/muc"/></presence>`)
    await mallory.until((xml) => xml.startsWith('<presence') && xml.includes('110'))
    const draft = outgoing(`room:${room}`, 'mine')
    const sent = await bob.transport.messages.send(draft).result
    const item =
      '<x xmlns="http://jabber.org/protocol/muc#user"><item affiliation="owner" jid="bob@parley.test/x" role="moderator"/></x>'
    mallory.send(
      `<message to="${room}" type="groupchat" id="${draft.clientId}"><body>I am bob</body>${item}</message>`,
    )
    const by = `<moderated xmlns="urn:xmpp:message-moderate:0" by="${room}/owner"><retract xmlns="urn:xmpp:message-retract:0"/></moderated>`
    const archiveId = sent.keys.find((key) => key.startsWith('archive:'))!.slice('archive:'.length)
    mallory.send(
      `<message to="${room}" type="groupchat" id="mod"><apply-to xmlns="urn:xmpp:fasten:0" id="${archiveId}">${by}</apply-to><store xmlns="urn:xmpp:hints"/></message>`,
    )
    mallory.send(`<message to="${room}" type="groupchat" id="end"><body>the end</body></message>`)
    await alice.until(() => texts(received(alice)).includes('the end'))
    const forged = received(alice).find(
      ({ parts }) => parts[0]?.kind === 'text' && parts[0].text === 'I am bob',
    )
    expect(forged).toMatchObject({ senderId: 'mallory@parley.test' })
    expect(forged!.keys.filter((key) => sent.keys.includes(key))).toEqual([])
    expect(changesTold(alice).filter(({ isVouched }) => isVouched)).toEqual([])
    const page = await alice.transport.messages.history({
      conversationId: `room:${room}`,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    const kept = page.messages.find(({ keys }) => keys[0] === forged!.keys[0])
    expect(kept).toMatchObject({ senderId: 'mallory@parley.test' })
    expect(refOf(forged!).senderId).toBe('mallory@parley.test')
    olga.close()
  })

  it('with what looks like a new subject tells nobody of one', async () => {
    const { room, alice, olga } = await roomOfOlga('hall')
    await enter(mallory, room, 'mallory')
    for (const inside of [
      '<subject xmlns="urn:x">forged</subject>',
      '<subject>forged</subject><thread>t</thread>',
      '<subject>forged</subject><body xmlns="urn:x">b</body>',
      '<subject>forged</subject>',
    ]) {
      mallory.send(`<message to="${room}" type="groupchat">${inside}</message>`)
    }
    mallory.send(`<message to="${room}" type="groupchat" id="end-2"><body>the end</body></message>`)
    await alice.until(() => texts(received(alice)).includes('the end'))
    const told = () => alice.told('group.changed').flatMap(({ groups }) => groups)
    expect(told().filter(({ announcement }) => announcement === 'forged')).toEqual([])
    olga.send(`<message to="${room}" type="groupchat"><subject>real</subject></message>`)
    await alice.until(() => told().some(({ announcement }) => announcement === 'real'))
    olga.close()
  })

  it('under the name that another has given up names nothing of his, where the room tells them apart', async () => {
    const { room, alice, olga } = await roomOfOlga('masks', { 'muc#roomconfig_whois': 'moderators' })
    const bob = await rawClient(server, 'bob')
    await enter(bob, room, 'mask')
    bob.send(`<message to="${room}" type="groupchat" id="his"><body>mine</body></message>`)
    const mine = await alice.until(() => received(alice).find((one) => texts([one])[0] === 'mine'))
    bob.send(`<presence to="${room}/mask" type="unavailable"/>`)
    await bob.until((xml) => xml.startsWith('<presence') && xml.includes(room) && xml.includes('unavailable'))
    await enter(mallory, room, 'mask')
    const archiveId = mine.keys.find((key) => key.startsWith('archive:'))!.slice('archive:'.length)
    const correction = '<body>changed</body><replace xmlns="urn:xmpp:message-correct:0" id="his"/>'
    const retraction = `<retract xmlns="urn:xmpp:message-retract:1" id="${archiveId}"/><store xmlns="urn:xmpp:hints"/>`
    for (const inside of [correction, retraction, '<body>the end</body>']) {
      mallory.send(`<message to="${room}" type="groupchat" id="m${inside.length}">${inside}</message>`)
    }
    await alice.until(() => texts(received(alice)).includes('the end'))
    const changes = changesTold(alice).filter(({ ref }) => ref.conversationId === mine.conversationId)
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['edited', 'recalled'])
    // ejabberd has nothing but the name.
    if (name === 'prosody') {
      expect(changes.flatMap(({ ref }) => ref.keys).filter((key) => mine.keys.includes(key))).toEqual([])
    }
    bob.close()
    olga.close()
  })

  it('under one name after another leaves none of them behind', async () => {
    const { room, alice, olga } = await roomOfOlga('ball', { 'muc#roomconfig_whois': 'moderators' })
    const told = (type: 'member.changed' | 'member.removed') =>
      alice.events.flatMap((event) =>
        event.type !== type || event.groupId !== room
          ? []
          : 'members' in event
            ? event.members.map(({ userId }) => userId)
            : event.userIds,
      )
    for (const nick of ['one', 'two', 'three']) await enter(mallory, room, nick)
    await alice.until(() => told('member.changed').includes(`${room}/three`))
    mallory.send(`<presence to="${room}/three" type="unavailable"/>`)
    await alice.until(() => told('member.removed').includes(`${room}/three`))
    expect(told('member.removed')).toEqual(['one', 'two', 'three'].map((nick) => `${room}/${nick}`))
    olga.close()
  })

  /** A room in which Alice is, and where Mallory has nothing to say. */
  async function roomOfOlga(local: string, fields?: Readonly<Record<string, string>>) {
    const room = `${local}@${server.roomsDomain}`
    const olga = await rawClient(server, 'olga')
    await makeRoom(olga, room, fields)
    const raw = await rawClient(server, 'alice')
    await bookmarkRoom(raw, room)
    raw.close()
    return { room, olga, alice: await come('alice') }
  }

  async function enter(client: RawClient, room: string, nick: string): Promise<void> {
    client.send(`<presence to="${room}/${nick}"><x xmlns="http://jabber.org/protocol/muc"/></presence>`)
    await client.until((xml) => xml.includes(`${room}/${nick}`) && /code=['"]110/.test(xml))
  }
})
