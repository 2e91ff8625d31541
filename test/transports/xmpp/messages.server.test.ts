import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clientKey } from '../../../src/model'
import type { HistoryRequest, Message, OutgoingMessage, Part } from '../../../src/model'
import { rawClient } from '../../support/rawClient'
import { openXmppKit, textOf } from '../../support/xmppKit'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'
import { openTunnel } from '../../support/tunnel'
import { changesTold, inOrder, outgoing, received, refOf, texts } from '../../support/xmppMessages'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'

/** What a server writes late is looked for twenty seconds after the sign-in. */
const ALL_HEARD_WITHIN_MS = 45_000

describe.each(xmppServerNames)('messages between two people on %s', (name) => {
  let server: XmppServer
  const users: XmppUser[] = []
  const come = async (who: string, more?: Parameters<typeof signIn>[2]) => {
    const user = await signIn(server, who, more)
    users.push(user)
    return user
  }
  /** Two people who have never written to each other. */
  let pairs = 0
  const newPair = async () => {
    const names = [`a${++pairs}`, `b${pairs}`] as const
    await server.register(...names)
    const [a, b] = await Promise.all(names.map((who) => come(who)))
    return {
      a: a!,
      b: b!,
      toB: `user:${names[1]}@${server.domain}`,
      toA: `user:${names[0]}@${server.domain}`,
    }
  }

  beforeAll(async () => {
    server = await startXmppServer(name)
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(() => server.close())

  it('arrive as they were sent, and both know them by the same name', async () => {
    const { a, b, toB, toA } = await newPair()
    const text = '  <b>&amp; "quotes" \'single\'\n\ttab 你好 😀 e\u0301 \u202Eabc ]]>  '
    const draft = outgoing(toB, text, { data: { some: ['data', 1, null] } })
    const sent = await a.transport.messages.send(draft).result
    expect(sent).toMatchObject({ conversationId: toB, senderId: a.id, delivery: 'stored', data: draft.data })
    expect(sent.keys).toContain(clientKey(a.id, draft.clientId))
    expect(sent.order).toBeDefined()
    const [message] = await b.until(() => received(b).length > 0 && received(b))
    expect(message).toMatchObject({
      conversationId: toA,
      senderId: a.id,
      parts: draft.parts,
      data: draft.data,
    })
    expect(message!.keys).toContain(clientKey(a.id, draft.clientId))
    expect(b.told('conversation.changed')[0]?.conversations).toEqual([
      { id: toA, kind: 'direct', peerId: a.id },
    ])
    expect(b.told('message.received')[0]?.isLive).toBe(true)
    expect(b.told('wire.rejected')).toEqual([])
    await a.until(() =>
      a
        .told('receipt.received')
        .some(({ receipts }) => receipts.some((one) => one.kind === 'upTo' && one.state === 'delivered')),
    )
  })

  it('never break the stream, whatever stands in them', async () => {
    const { a, b, toB } = await newPair()
    await a.transport.messages.send(outgoing(toB, 'a\u0000\u0008\u001Fb\uFFFE\uFFFF\uD800c')).result
    await a.transport.messages.send(outgoing(toB, 'after')).result
    await b.until(() => received(b).length === 2)
    expect(texts(received(b))).toEqual(['ab\uFFFD\uFFFD\uFFFDc', 'after'])
    expect(a.told('session.changed').filter(({ session }) => session.state === 'reconnecting')).toEqual([])
  })

  it('keep their order, once each, when many go at once', async () => {
    const { a, b, toB, toA } = await newPair()
    const wanted = Array.from({ length: 40 }, (_, index) => `number ${index}`)
    const sends = wanted.map((text) => a.transport.messages.send(outgoing(toB, text)).result)
    await Promise.all(sends)
    await b.until(() => received(b).length >= 40)
    expect(texts(inOrder(received(b)))).toEqual(wanted)
    const page = await b.transport.messages.history({
      conversationId: toA,
      from: 'newest',
      direction: 'older',
      count: 30,
    })
    const first = wanted.length - page.messages.length
    expect(first).toBeLessThan(30)
    expect(texts(page.messages)).toEqual(wanted.slice(first))
    expect(page.newer).toEqual({ end: 'live' })
    if (!('cursor' in page.older)) throw new Error('no way to older messages')
    const before = await b.transport.messages.history({
      conversationId: toA,
      from: { cursor: page.older.cursor },
      direction: 'older',
      count: 100,
    })
    expect(texts(before.messages)).toEqual(wanted.slice(0, first))
    expect(before.older).toEqual({ end: 'start' })
    const from = { message: refOf(page.messages[0]!) }
    const around = await b.transport.messages.history({
      conversationId: toA,
      from,
      direction: 'around',
      count: 20,
    })
    const found = texts(around.messages)
    expect(found).toContain(wanted[first])
    expect(found).toEqual(wanted.slice(wanted.indexOf(found[0]!), wanted.indexOf(found.at(-1)!) + 1))
    const { keys: _keys, ...unnamed } = from.message
    const byTime = await b.transport.messages.history({
      conversationId: toA,
      from: { message: { ...unnamed, keys: [] } },
      direction: 'newer',
      count: 100,
    })
    expect(texts(byTime.messages)).toContain(wanted[first])
    const oldest = await b.transport.messages.history({
      conversationId: toA,
      from: 'oldest',
      direction: 'newer',
      count: 5,
    })
    expect(texts(oldest.messages)[0]).toBe('number 0')
    expect(oldest.older).toEqual({ end: 'start' })
    await expect(
      b.transport.messages.history({
        conversationId: toA,
        from: { cursor: 'x|y|z' },
        direction: 'older',
        count: 5,
      }),
    ).rejects.toMatchObject({ kind: 'cursor-expired' })
  })

  it('of every kind come back as they went', async () => {
    const { a, b, toB } = await newPair()
    const bodies: readonly (readonly Part[])[] = [
      [{ kind: 'face', index: 3, key: 'smile' }],
      [{ kind: 'location', latitude: 31.23, longitude: 121.47, label: 'The Bund' }],
      [{ kind: 'card', of: 'user', id: b.id }],
      [{ kind: 'custom', type: 'poll', data: { options: ['<a>', 'b\u0001'] }, fallback: 'A poll' }],
      [
        {
          kind: 'image',
          file: { at: 'remote', url: 'http://x.test/a.png', name: 'a.png', bytes: 7 },
          width: 3,
          height: 4,
        },
      ],
      [
        { kind: 'text', text: 'two' },
        { kind: 'text', text: 'parts' },
      ],
      [{ kind: 'merged', title: 'Chat', abstracts: ['one', 'two'] }],
    ]
    for (const parts of bodies) await a.transport.messages.send(outgoing(toB, parts)).result
    await b.until(() => received(b).length === bodies.length)
    expect(received(b).map(({ parts }) => parts)).toEqual(bodies)
  })

  it('can be answered, edited, reacted to and taken back', async () => {
    const { a, b, toB } = await newPair()
    const sent = await a.transport.messages.send(
      outgoing(toB, 'first', { mentions: { userIds: [b.id], isAll: false } }),
    ).result
    const [heard] = await b.until(() => received(b).length === 1 && received(b))
    expect(heard!.mentions).toEqual({ userIds: [b.id], isAll: false })
    const replyTo = { ref: refOf(heard!), abstract: 'first' }
    await b.transport.messages.send(outgoing(heard!.conversationId, 'answer', { replyTo })).result
    const answer = await a.until(() => received(a).find(({ senderId }) => senderId === b.id))
    expect(answer.replyTo?.abstract).toBe('first')
    expect(answer.replyTo?.ref.keys.some((key) => sent.keys.includes(key))).toBe(true)

    const body = { parts: [{ kind: 'text', text: 'second' }] } as const
    const edited = await a.transport.messages.edit!(sent, body)
    expect(edited.parts).toEqual(body.parts)
    await b.transport.messages.setReactions!(refOf(heard!), [], ['👍', '❤️'])
    await a.transport.messages.recall!(refOf(sent))
    await b.until(() => changesTold(b).some(({ kind }) => kind === 'recalled'))
    await a.until(() => changesTold(a).some(({ kind }) => kind === 'reactions-of'))
    const edit = changesTold(b).find(({ kind }) => kind === 'edited')
    expect(edit).toMatchObject({ byId: a.id, isVouched: false, body, revision: edited.revision })
    expect(edit!.ref.keys.some((key) => heard!.keys.includes(key))).toBe(true)
    const reaction = changesTold(a).find(({ kind }) => kind === 'reactions-of')
    expect(reaction).toMatchObject({ userId: b.id, reactionKeys: ['👍', '❤️'] })
    expect(reaction!.ref.keys.some((key) => sent.keys.includes(key))).toBe(true)
    const recalled = changesTold(b).find(({ kind }) => kind === 'recalled')
    expect(recalled).toMatchObject({ byId: a.id, isVouched: false })
    expect(recalled!.ref.keys.some((key) => heard!.keys.includes(key))).toBe(true)
    await expect(b.transport.messages.edit!(heard!, body)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(b.transport.messages.recall!(refOf(heard!))).rejects.toMatchObject({ kind: 'forbidden' })

    const page = await b.transport.messages.history({
      conversationId: heard!.conversationId,
      from: 'newest',
      direction: 'older',
      count: 50,
    })
    expect(page.changes.map(({ kind }) => kind).sort()).toEqual(['edited', 'reactions-of', 'recalled'])
  })

  it('show who is writing and who has read, on all devices of both', async () => {
    const { a, b, toB, toA } = await newPair()
    const phone = await come(b.id.split('@')[0]!)
    // That a stranger writes is nobody's business; these two talk to each other.
    for (const one of [b, phone]) await one.transport.conversations.open({ userId: a.id })
    a.transport.messages.setTyping!(toB, true)
    await b.until(() => b.told('typing.changed').length > 0)
    expect(b.told('typing.changed')[0]).toMatchObject({ conversationId: toA, userId: a.id, isTyping: true })
    const sent = await a.transport.messages.send(outgoing(toB, 'read me')).result
    const [heard] = await b.until(() => received(b).length === 1 && received(b))
    await phone.until(() => received(phone).length === 1)
    await b.transport.conversations.markRead!(toA, refOf(heard!))
    const readBy = (user: XmppUser, id: string) =>
      user
        .told('receipt.received')
        .flatMap(({ receipts }) => receipts)
        .find((one) => one.kind === 'upTo' && one.state === 'read' && one.userId === id)
    const receipt = await a.until(() => readBy(a, b.id))
    if (receipt.kind !== 'upTo' || !('message' in receipt.point)) throw new Error('no point')
    expect(receipt.point.message.keys.some((key) => sent.keys.includes(key))).toBe(true)
    await phone.until(() => readBy(phone, b.id))
    await phone.transport.disconnect()
    const later = await come(b.id.split('@')[0]!)
    await later.until(() => readBy(later, b.id))
    await b.transport.messages.send(outgoing(toA, 'from my other device')).result
    await later.until(() => received(later).some(({ senderId }) => senderId === b.id))
  })

  it('that were missed are caught up with from the checkpoint', async () => {
    const { a, b, toB } = await newPair()
    await a.transport.messages.send(outgoing(toB, 'before')).result
    await b.until(() => received(b).length === 1)
    const { checkpoint } = await b.until(() => b.told('checkpoint.advanced').at(-1))
    await b.transport.disconnect()
    for (const text of ['one', 'two', 'three']) await a.transport.messages.send(outgoing(toB, text)).result
    const later = await come(b.id.split('@')[0]!, { checkpoint })
    // What was told a moment before may be told again: it changes nothing.
    expect(texts(received(later)).filter((text) => text !== 'before')).toEqual(['one', 'two', 'three'])
    expect(later.told('message.received').every(({ isLive }) => !isLive)).toBe(true)
    expect(later.transport.session()).toMatchObject({ hasContinuity: true })
    const unknowing = await come(b.id.split('@')[0]!)
    expect(unknowing.transport.session()).toMatchObject({ hasContinuity: false })
    expect(received(unknowing)).toEqual([])
  })

  it('are found by name and time, and only what is not there is absent', async () => {
    const { a, toB } = await newPair()
    const draft = outgoing(toB, 'find me')
    const sent = await a.transport.messages.send(draft).result
    const keys = [clientKey(a.id, draft.clientId)]
    expect(await a.transport.messages.find({ conversationId: toB, keys, sentAt: Date.now() })).toMatchObject({
      parts: draft.parts,
      keys: sent.keys,
    })
    const nothing = { conversationId: toB, keys: [clientKey(a.id, 'never')], sentAt: Date.now() - 20_000 }
    expect(await a.transport.messages.find(nothing)).toBe('absent')
    expect(await a.transport.messages.find({ conversationId: toB, keys })).toBe('unknown')
  })

  it('to nobody come back', async () => {
    const { a } = await newPair()
    const task = a.transport.messages.send(outgoing(`user:nobody@${server.domain}`, 'hello?'))
    const outcome = await task.result.then(
      () => a.until(() => a.told('message.changed').flatMap(({ changes }) => changes)[0]),
      (error: unknown) => ({ kind: 'failed', error }),
    )
    expect(outcome).toMatchObject({ kind: 'failed', error: { domain: 'xmpp', kind: 'not-found' } })
  })

  it('are refused before they leave when they cannot be sent', async () => {
    const { a, toB } = await newPair()
    const { messages } = a.transport
    await expect(messages.send(outgoing('nonsense', 'x')).result).rejects.toMatchObject({ kind: 'not-found' })
    await expect(messages.send(outgoing(toB, '')).result).rejects.toMatchObject({ kind: 'invalid' })
    await expect(messages.send(outgoing(toB, [])).result).rejects.toMatchObject({ kind: 'invalid' })
    for (const text of ['&'.repeat(60_000), 'x'.repeat(3_000_000)]) {
      const refusal = { kind: 'too-large', effect: 'none', retry: 'never' }
      await expect(messages.send(outgoing(toB, text)).result).rejects.toMatchObject(refusal)
    }
    const task = messages.send(outgoing(toB, 'given up'))
    task.cancel()
    await expect(task.result).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('are refused before they leave where the app says that the server takes less', async () => {
    const { b, toB } = await newPair()
    await server.register('small')
    const small = await signIn({ ...server, stanzaBytes: 10_000 }, 'small')
    users.push(small)
    const { messages } = small.transport
    const refusal = { kind: 'too-large' }
    await expect(messages.send(outgoing(toB, 'x'.repeat(9_700))).result).rejects.toMatchObject(refusal)
    await messages.send(outgoing(toB, 'y'.repeat(5_000))).result
    await b.until(() => received(b).some(({ parts }) => textOf({ parts }) === 'y'.repeat(5_000)))
  })

  it('arrive up to the size that servers take', async () => {
    const { a, b, toB } = await newPair()
    const text = '\u6c49'.repeat(83_000)
    await a.transport.messages.send(outgoing(toB, text)).result
    await b.until(() => received(b).some(({ parts }) => textOf({ parts }) === text))
  })

  it('survive cuts of both sockets while they are in flight: none lost, none twice', async () => {
    const { a, b, toB, toA } = await newPair()
    await Promise.all([a.transport.disconnect(), b.transport.disconnect()])
    const tunnel = await openTunnel(server.service)
    const names = [a.id, b.id].map((id) => id.split('@')[0]!)
    const [ann, ben] = await Promise.all(
      names.map((who) => signIn({ ...server, service: tunnel.service }, who)),
    )
    users.push(ann!, ben!)
    const wanted = Array.from({ length: 60 }, (_, index) => `in flight ${index}`)
    const speak = async (user: XmppUser, to: string) => {
      for (const text of wanted) {
        await sendSurely(user, outgoing(to, text))
      }
    }
    let isDone = false
    const cutting = (async () => {
      for (let cuts = 0; cuts < 6 && !isDone; cuts++) {
        await new Promise((resolve) => setTimeout(resolve, 250))
        tunnel.cut()
      }
    })()
    await Promise.all([speak(ann!, toB), speak(ben!, toA)])
    isDone = true
    await cutting
    for (const user of [ann!, ben!]) {
      const fromOther = () => received(user).filter(({ senderId }) => senderId !== user.id)
      await user.until(() => namesOf(fromOther()).size >= wanted.length, ALL_HEARD_WITHIN_MS)
      expect(namesOf(fromOther()).size).toBe(wanted.length)
      expect([...new Set(texts(fromOther()))].sort()).toEqual([...wanted].sort())
    }
    await ann!.untilState('online')
    const kept = (await readAll(ann!, toB)).filter(({ senderId }) => senderId === ann!.id)
    expect(texts(kept)).toEqual(wanted)
    await Promise.all([ann, ben].map((user) => user!.transport.disconnect()))
    await tunnel.close()
  }, 180_000)

  it('survive the sudden death of the server while they are in flight: none lost, none twice', async () => {
    const { a, b, toB, toA } = await newPair()
    const wanted = Array.from({ length: 60 }, (_, index) => `at risk ${index}`)
    const speak = async (user: XmppUser, to: string) => {
      for (const text of wanted) await sendSurely(user, outgoing(to, text))
    }
    const dying = (async () => {
      await b.until(() => received(b).length >= 20)
      await server.killAndRestart()
      for (const user of [a, b]) user.transport.hint?.('network-up')
    })()
    await Promise.all([speak(a, toB), speak(b, toA), dying])
    for (const [user, other, conversationId] of [
      [a, b, toB],
      [b, a, toA],
    ] as const) {
      const fromOther = () => received(user).filter(({ senderId }) => senderId === other.id)
      await user.until(() => namesOf(fromOther()).size >= wanted.length, ALL_HEARD_WITHIN_MS)
      const kept = await readAll(user, conversationId)
      for (const writer of [user, other]) {
        expect(texts(kept.filter(({ senderId }) => senderId === writer.id))).toEqual(wanted)
      }
      expect(namesOf(fromOther())).toEqual(namesOf(kept.filter(({ senderId }) => senderId === other.id)))
    }
  }, 180_000)

  it('that the archive holds twice stand where they stood first, wherever a page ends', async () => {
    const { a, b, toA, toB } = await newPair()
    const raw = await rawClient(server, a.id.split('@')[0]!)
    const texts = ['one', 'two', 'three', 'four']
    const copies = ['two', 'three'].map((text) => [text, '<copy xmlns="urn:parley:copy:1"/>'] as const)
    // All in one second, which is as finely as some servers tell the time.
    await new Promise((resolve) => setTimeout(resolve, 1_000 - (Date.now() % 1_000)))
    for (const [text, mark] of [
      ...texts.slice(0, 3).map((text) => [text, ''] as const),
      ...copies,
      ['four', ''] as const,
    ]) {
      const id = `<origin-id xmlns="urn:xmpp:sid:0" id="${text}"/>`
      raw.send(`<message to="${b.id}" type="chat" id="${text}"><body>${text}</body>${id}${mark}</message>`)
    }
    await b.until(() => received(b).some(({ parts }) => textOf({ parts }) === 'four'))
    raw.close()
    for (const [user, conversationId] of [
      [a, toB],
      [b, toA],
    ] as const) {
      for (const historyPageSize of [2, 3, 4, 5]) {
        const fresh = openXmppKit(server, user.id.split('@')[0]!, { historyPageSize })
        await fresh.kit.online()
        expect((await fresh.loadAll(conversationId)).map(textOf)).toEqual(texts)
        await fresh.dispose()
      }
      for (const count of [1, 2, 3, 4]) {
        expect((await readAll(user, conversationId, count)).map(textOf)).toEqual(texts)
      }
    }
  })

  /** What is told again is no other message. */
  function namesOf(messages: readonly Message[]): ReadonlySet<string | undefined> {
    return new Set(messages.map(({ keys }) => keys.at(-1)))
  }

  async function readAll(user: XmppUser, conversationId: string, count = 100): Promise<readonly Message[]> {
    const messages: Message[] = []
    let from: HistoryRequest['from'] = 'oldest'
    for (;;) {
      const request = { conversationId, from, direction: 'newer', count } as const
      const page = await user.transport.messages.history(request)
      messages.push(...page.messages)
      if (!('cursor' in page.newer)) return messages
      from = { cursor: page.newer.cursor }
    }
  }

  /** As the kit's outbox does: what failed in doubt is looked for before it is sent again. */
  async function sendSurely(user: XmppUser, message: OutgoingMessage): Promise<void> {
    const at = Date.now()
    let last: unknown
    for (let tries = 0; tries < 20; tries++) {
      try {
        await user.transport.messages.send(message).result
        return
      } catch (error) {
        last = error
        const { effect } = error as { effect: string }
        await user.untilState('online')
        const keys = [clientKey(user.id, message.clientId)]
        const ref = { conversationId: message.conversationId, keys, sentAt: at }
        if (effect === 'unknown' && (await user.transport.messages.find(ref)) !== 'absent') return
      }
    }
    throw new Error(`not sent: ${String(last)}`)
  }
})
