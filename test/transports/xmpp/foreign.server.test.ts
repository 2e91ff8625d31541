import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCovered } from '../../../src/core/receipts'
import { normaliseText } from '../../../src/core/text'
import type { ConversationId, Message } from '../../../src/model'
import { useReceiptStore } from '../../../src/stores'
import { foreignClient } from '../../support/foreignClient'
import type { ForeignClient } from '../../support/foreignClient'
import { bookmarkRoom, makeRoom, rawClient } from '../../support/rawClient'
import { openXmppKit, textOf } from '../../support/xmppKit'
import type { XmppKit } from '../../support/xmppKit'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

const HARD_TEXTS = [
  '<b>not bold</b> &amp; &lt;already&gt; "double" \'single\' ]]> <!-- -->',
  'family 👨‍👩‍👧‍👦 flag 🏳️‍🌈 tone 👍🏽 e\u0301',
  'مرحبا، كيف حالك؟ \u202eabc\u202c שלום',
  '你好，今天下午三点见？「引号」',
  '  two spaces\n\n\ttab\nlast line  ',
  '> looks like a quote\n/me waves',
]
/** What no XML can carry, or none gives back as it was. */
const NORMALISED = 'windows\r\nold mac\rend'
const FORBIDDEN = 'bell \u0007 null \u0000 lone \ud800 end\u009f'

describe.each(xmppServerNames)('a client that others have written, on %s', (name) => {
  let server: XmppServer
  let alice: XmppKit
  let carl: ForeignClient
  let direct: ConversationId
  let room: string
  let count = 0
  const newId = () => `foreign-${++count}`

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'carl')
    room = `mixed@${server.roomsDomain}`
    const owner = await rawClient(server, 'alice')
    await makeRoom(owner, room)
    await bookmarkRoom(owner, room)
    owner.close()
    carl = await foreignClient(server, 'carl')
    alice = openXmppKit(server, 'alice')
    await alice.kit.online()
    direct = `user:${carl.id}`
    for (const conversationId of [direct, `room:${room}`]) {
      await alice.kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    }
  })
  afterAll(async () => {
    await alice.dispose()
    await carl.close()
    await server.close()
  })

  const send = (body: string, id = newId()) => {
    carl.order({ do: 'send', to: alice.userId, type: 'chat', id, body })
    return id
  }
  const lastOf = (id: ConversationId) => alice.messages(id).at(-1)
  const arrived = async (text: string, id = direct): Promise<Message> => {
    await expect.poll(() => alice.messages(id).map(textOf), { timeout: 15_000 }).toContain(text)
    return alice.messages(id).findLast((message) => textOf(message) === text)!
  }
  const stored = async (text: string, id = direct): Promise<Message> => {
    const message = await arrived(text, id)
    await expect.poll(() => alice.waiting(), { timeout: 15_000 }).toEqual([])
    return alice.messages(id).find(({ keys }) => keys.some((key) => message.keys.includes(key)))!
  }
  const marks = () => useReceiptStore(alice.kit.pinia).marksById.get(direct)?.get(carl.id)

  it('reads byte for byte what a kit user writes, after the declared normalisation', async () => {
    for (const text of [...HARD_TEXTS, NORMALISED, FORBIDDEN]) {
      const wanted = normaliseText(text)
      await alice.write(direct, text)
      const heard = await carl.until(({ event, body }) => event === 'message' && body === wanted)
      expect(heard).toMatchObject({ type: 'chat', replaces: null })
    }
  })

  it('is read byte for byte by a kit user, and after a sign-in on a new device', async () => {
    const sent = [...HARD_TEXTS, NORMALISED].map((text) => `carl: ${text}`)
    for (const text of sent) {
      send(text)
      expect((await arrived(normaliseText(text))).senderId).toBe(carl.id)
    }
    const later = openXmppKit(server, 'alice')
    await later.kit.online()
    const found = (await later.loadAll(direct)).filter(({ senderId }) => senderId === carl.id)
    expect(found.map(textOf)).toEqual(sent.map(normaliseText))
    await later.dispose()
  })

  it('sees a kit user correct a message', async () => {
    await alice.write(direct, 'a mistkae')
    const first = await carl.until(({ body }) => body === 'a mistkae')
    const message = await stored('a mistkae')
    await alice.kit.dispatch({
      type: 'editMessage',
      message,
      body: { parts: [{ kind: 'text', text: 'a mistake & <corrected>' }] },
    })
    const second = await carl.until(({ body }) => body === 'a mistake & <corrected>')
    expect(second.replaces).toBe(first.id)
  })

  it('corrects a message of its own, which stays one for the kit user', async () => {
    const id = send('another mistkae')
    await arrived('another mistkae')
    const before = alice.messages(direct).length
    carl.order({
      do: 'send',
      to: alice.userId,
      type: 'chat',
      id: newId(),
      body: 'another mistake 😀',
      replaces: id,
    })
    await arrived('another mistake 😀')
    expect(alice.messages(direct)).toHaveLength(before)
    expect(alice.messages(direct).map(textOf)).not.toContain('another mistkae')
  })

  it('gets receipts and read marks from a kit user, and gives them', async () => {
    const id = send('have you got this?')
    const asked = await arrived('have you got this?')
    await carl.until((news) => news.event === 'receipt' && news.id === id)
    await alice.kit.dispatch({ type: 'markRead', conversationId: direct, upTo: asked })
    await carl.until((news) => news.event === 'displayed' && news.id === id)

    await alice.write(direct, 'yes, and you?')
    const heard = await carl.until(({ body }) => body === 'yes, and you?')
    await stored('yes, and you?')
    const answer = () => lastOf(direct)!
    await expect.poll(() => isCovered(marks()?.delivered, answer()), { timeout: 15_000 }).toBe(true)
    expect(isCovered(marks()?.read, answer())).toBe(false)
    carl.order({ do: 'displayed', to: alice.userId, id: heard.id! })
    await expect.poll(() => isCovered(marks()?.read, answer()), { timeout: 15_000 }).toBe(true)
  })

  it('talks with a kit user in a room', async () => {
    const id = `room:${room}`
    carl.order({ do: 'join', room, nick: 'carl' })
    await carl.until(({ event }) => event === 'joined')
    for (const text of HARD_TEXTS) {
      await alice.write(id, text)
      const heard = await carl.until(({ type, body }) => type === 'groupchat' && body === text)
      expect(heard.sender).toBe(`${room}/alice`)
      const answer = `carl in the room: ${text}`
      carl.order({ do: 'send', to: room, type: 'groupchat', id: newId(), body: answer })
      expect((await arrived(answer, id)).senderId).toBe(carl.id)
    }
    const wrong = newId()
    carl.order({ do: 'send', to: room, type: 'groupchat', id: wrong, body: 'rong' })
    await arrived('rong', id)
    carl.order({ do: 'send', to: room, type: 'groupchat', id: newId(), body: 'right', replaces: wrong })
    await arrived('right', id)
    expect(alice.messages(id).map(textOf)).not.toContain('rong')
    expect(alice.messages(id)).toHaveLength(2 * HARD_TEXTS.length + 1)
  })
})
