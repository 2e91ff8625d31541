import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bookmarkRoom, makeRoom, rawClient } from '../../support/rawClient'
import type { RawClient } from '../../support/rawClient'
import { received, texts } from '../../support/xmppMessages'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'

const USER = 'http://jabber.org/protocol/muc#user'

describe.each(xmppServerNames)(
  'what somebody with bad intentions says of people and groups on %s',
  (name) => {
    let server: XmppServer
    let mallory: RawClient
    let room: string
    let alice: XmppUser
    let device: string
    let count = 0

    beforeAll(async () => {
      server = await startXmppServer(name)
      await server.register('alice', 'bob', 'mallory')
      mallory = await rawClient(server, 'mallory')
      room = `den@${server.roomsDomain}`
      await makeRoom(mallory, room)
      const raw = await rawClient(server, 'alice')
      await bookmarkRoom(raw, room)
      raw.close()
      alice = await signIn(server, 'alice')
      // A room that shows who is in it shows their devices too.
      const shown = await mallory.until((xml) => xml.includes('alice@parley.test/parley-'))
      device = /alice@parley\.test\/parley-\w+/.exec(shown)![0]
    })
    afterEach(() => {
      expect(alice.transport.session().state).toBe('online')
    })
    afterAll(async () => {
      await alice.transport.disconnect()
      mallory.close()
      await server.close()
    })

    it('makes no friends in the name of another', async () => {
      const item = '<item jid="mallory@parley.test" subscription="both" name="Mother"/>'
      mallory.send(
        `<iq type="set" id="r1" to="${device}"><query xmlns="jabber:iq:roster">${item}</query></iq>`,
      )
      mallory.send(`<presence type="subscribed" to="${alice.id}"/>`)
      mallory.send(`<presence type="unsubscribed" to="${alice.id}"/>`)
      await mallory.until((xml) => xml.startsWith('<iq') && xml.includes('r1') && /type=['"]error/.test(xml))
      await settled()
      expect((await alice.transport.contacts!.list()).items).toEqual([])
      expect(alice.told('contact.changed')).toEqual([])
      expect(alice.told('friendRequest.changed')).toEqual([])
      expect(rejections()).toContain('a forged roster push')
    })

    it('blocks and unblocks nobody', async () => {
      await alice.transport.contacts!.setBlocked!([`bob@${server.domain}`], true)
      for (const inside of [
        '<block xmlns="urn:xmpp:blocking"><item jid="x@y"/></block>',
        '<unblock xmlns="urn:xmpp:blocking"/>',
      ]) {
        mallory.send(`<iq type="set" id="b1" to="${device}">${inside}</iq>`)
      }
      await settled()
      expect(await alice.transport.contacts!.blocked!()).toEqual([`bob@${server.domain}`])
      expect(rejections().filter((reason) => reason === 'a forged blocklist push')).toHaveLength(2)
    })

    it('is there for nobody who has not asked', async () => {
      alice.transport.presence!.watch([`mallory@${server.domain}`])
      mallory.send(`<presence to="${device}"><status>Hello!</status></presence>`)
      mallory.send(`<presence to="${device}" type="unavailable"><x xmlns="${USER}"><destroy/></x></presence>`)
      await settled()
      const told = alice.told('presence.changed').flatMap(({ presences }) => presences)
      expect(told.every(({ state }) => state === 'unknown')).toBe(true)
      expect(rejections()).toContain('the presence of a stranger')
    })

    it('does not speak for a room', async () => {
      const before = alice.events.length
      const rights = `<item jid="bob@${server.domain}" affiliation="owner"/><status code="104"/>`
      const invite = `<invite from="bob@${server.domain}"/>`
      for (const [to, type] of [
        [room, 'groupchat'],
        [`${room}/alice`, 'chat'],
        [device, 'normal'],
        [device, 'headline'],
      ]) {
        mallory.send(`<message to="${to}" type="${type}"><x xmlns="${USER}">${rights}${invite}</x></message>`)
      }
      await settled()
      const types = alice.events.slice(before).map(({ type }) => type)
      expect(types).not.toContain('group.changed')
      expect(types).not.toContain('member.changed')
      expect(types).not.toContain('application.changed')
      const [group] = await alice.transport.groups!.fetch([room])
      expect(group).toMatchObject({ state: 'joined', ownerId: `mallory@${server.domain}` })
    })

    it('invites only in his own name, and only to what can be a room', async () => {
      for (const jid of ['', 'no jid', 'rooms.parley.test', `${room}/nick`, 'a@b@c']) {
        mallory.send(`<message to="${alice.id}"><x xmlns="jabber:x:conference" jid="${jid}"/></message>`)
      }
      const elsewhere = `elsewhere@${server.roomsDomain}`
      mallory.send(
        `<message to="${alice.id}"><x xmlns="jabber:x:conference" jid="${elsewhere}" reason="${'long '.repeat(1000)}"/></message>`,
      )
      const application = await alice.until(() => alice.told('application.changed')[0]?.applications[0])
      expect(application).toMatchObject({ groupId: elsewhere, byId: `mallory@${server.domain}` })
      expect(application.wording!.length).toBeLessThanOrEqual(1000)
      await expect(alice.transport.groups!.answer!(application.id, 'accept')).rejects.toMatchObject({
        kind: 'not-found',
      })
      expect(alice.told('application.changed')).toHaveLength(1)
    })

    it('has no picture that does more than be seen', async () => {
      const photos = [
        '<EXTVAL>javascript:alert(1)</EXTVAL>',
        '<EXTVAL>data:text/html,x</EXTVAL>',
        '<TYPE>text/html</TYPE><BINVAL>PHNjcmlwdD4=</BINVAL>',
        '<TYPE>image/svg+xml</TYPE><BINVAL>PHN2Zz4=</BINVAL>',
      ]
      for (const photo of photos) {
        const card = `<vCard xmlns="vcard-temp"><FN>Mallory ${++count}</FN><PHOTO>${photo}</PHOTO></vCard>`
        await mallory.ask('set', `mallory@${server.domain}`, card)
        const { found } = await alice.transport.profiles!.fetch([`mallory@${server.domain}`])
        expect(found).toEqual([{ id: `mallory@${server.domain}`, name: `Mallory ${count}` }])
      }
    })

    /** A message that has come through says that all sent before it has been dealt with. */
    async function settled(): Promise<void> {
      const word = `word ${++count}`
      mallory.send(`<message to="${device}" type="chat" id="w${count}"><body>${word}</body></message>`)
      mallory.send(`<message to="${room}" type="groupchat" id="g${count}"><body>${word}</body></message>`)
      await alice.until(() => texts(received(alice)).filter((text) => text === word).length === 2)
    }

    function rejections(): readonly string[] {
      return alice.told('wire.rejected').map(({ reason }) => reason)
    }
  },
)
