import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { clientKey } from '../../../src/model'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { closeServices, freshName, openService, twoPeople } from './twoPeople'
import { outgoing, textOf, visit } from './visit'

afterEach(closeServices)

function sameDatabase({ name }: EmbeddedService): EmbeddedService {
  return openService({ name })
}

describe.each(['auto', 'memory'] as const)('two people of one service kept in %s', (storage) => {
  it('hear each other byte for byte', async () => {
    const service = await twoPeople({ storage })
    expect(service.storage()).toBe(storage === 'auto' ? 'indexeddb' : 'memory')
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    const text = ' <b>&amp;"\'</b>\n\t😀 شكرا \u202e e\u0301 '
    const sent = await alice.say(id, text)
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    expect(textOf(bob.received()[0])).toBe(text)
    expect(bob.received()[0]).toEqual(sent)
    expect(sent).toMatchObject({ senderId: 'alice', senderName: 'ALICE', order: { major: 1 } })
    expect(bob.told('message.received')[0]?.isLive).toBe(true)
  })

  it('are told of a conversation before its first message', async () => {
    const service = await twoPeople({ storage })
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    await alice.say(id, 'hello')
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    const types = bob.events.map((event) => event.type)
    expect(types.indexOf('conversation.changed')).toBeLessThan(types.indexOf('message.received'))
    expect(bob.told('conversation.changed')[0]?.conversations[0]).toMatchObject({
      id,
      kind: 'direct',
      peerId: 'alice',
      unreadCount: 1,
      isDense: true,
      last: { parts: [{ kind: 'text', text: 'hello' }] },
    })
  })

  it('count what is unread until it is read, and tell the sender', async () => {
    const service = await twoPeople({ storage })
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    await alice.say(id, 'one')
    const second = await alice.say(id, 'two')
    await alice.say(id, 'not counted', { delivery: 'uncounted' })
    const unread = async () => (await bob.transport.conversations.list()).items[0]?.unreadCount
    expect(await unread()).toBe(2)
    const first = (
      await bob.transport.messages.history({
        conversationId: id,
        from: 'oldest',
        direction: 'newer',
        count: 1,
      })
    ).messages[0]!
    expect(await bob.transport.conversations.markRead!(id, first)).toMatchObject({
      message: { order: { major: 1 } },
    })
    expect(await unread()).toBe(1)
    await bob.transport.conversations.markRead!(id, second)
    expect(await bob.transport.conversations.markRead!(id, first)).toMatchObject({
      message: { order: { major: 2 } },
    })
    expect(await unread()).toBe(0)
    const readReceipts = () =>
      alice
        .told('receipt.received')
        .flatMap((event) => event.receipts)
        .filter((receipt) => receipt.kind === 'upTo' && receipt.state === 'read' && receipt.userId === 'bob')
    await alice.until(() =>
      expect(readReceipts().at(-1)).toMatchObject({
        point: { message: { keys: expect.arrayContaining([second.keys[0]]) } },
      }),
    )
  })

  it('learn that a message has arrived', async () => {
    const service = await twoPeople({ storage })
    const alice = await visit(service, 'alice')
    const { id } = await alice.openWith('bob')
    await alice.say(id, 'are you there?')
    expect(alice.told('receipt.received')).toEqual([])
    await visit(service, 'bob')
    await alice.until(() =>
      expect(alice.told('receipt.received').at(-1)?.receipts).toMatchObject([
        { userId: 'bob', state: 'delivered', point: { message: { order: { major: 1 } } } },
      ]),
    )
  })

  it('see each other typing, and nothing of it is kept', async () => {
    const service = await twoPeople({ storage })
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    await alice.say(id, 'hm')
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    const checkpoint = bob.checkpoint()
    alice.transport.messages.setTyping!(id, true)
    expect(bob.told('typing.changed')).toEqual([
      { type: 'typing.changed', conversationId: id, userId: 'alice', isTyping: true },
    ])
    expect(alice.told('typing.changed')).toEqual([])
    expect(bob.checkpoint()).toBe(checkpoint)
  })

  it('pass online-only messages that nobody finds again', async () => {
    const service = await twoPeople({ storage })
    const alice = await visit(service, 'alice')
    const bob = await visit(service, 'bob')
    const { id } = await alice.openWith('bob')
    const sent = await alice.say(id, 'now or never', { delivery: 'online-only' })
    await bob.until(() => expect(bob.received()).toEqual([sent]))
    expect(sent.order).toBeUndefined()
    expect(await bob.transport.messages.find(sent)).toBe('absent')
    expect((await bob.transport.conversations.open({ id })).unreadCount).toBe(0)
  })
})

describe('Two tabs with one database', () => {
  it('are two people who hear each other', async () => {
    const here = await twoPeople()
    const there = sameDatabase(here)
    const alice = await visit(here, 'alice')
    const bob = await visit(there, 'bob')
    const { id } = await alice.openWith('bob')
    await alice.say(id, 'from the other tab')
    await bob.until(() => expect(bob.received().map(textOf)).toEqual(['from the other tab']))
    bob.transport.messages.setTyping!(id, true)
    await alice.until(() => expect(alice.told('typing.changed')).toHaveLength(1))
  })

  it('fill an empty database once', async () => {
    const name = freshName()
    const world = {
      people: [
        { id: 'ann', name: 'Ann' },
        { id: 'ben', name: 'Ben' },
      ],
      friendships: [['ann', 'ben']] as const,
      groups: [],
      conversations: [
        {
          between: ['ann', 'ben'] as const,
          messages: [1, 2, 3].map((n) => ({
            senderId: 'ann',
            sentAt: n,
            parts: [{ kind: 'text' as const, text: `${n}` }],
          })),
          readCounts: { ben: 1 },
        },
      ],
    }
    const tabs = [1, 2, 3].map(() => openService({ name, world }))
    const visits = await Promise.all(tabs.map((tab) => visit(tab, 'ben')))
    for (const { transport } of visits) {
      const { items } = await transport.conversations.list()
      expect(items).toMatchObject([{ unreadCount: 2, last: { order: { major: 3 } } }])
    }
  })

  it('find what a lost announcement kept from them when they come to the front', async () => {
    const here = await twoPeople()
    const alice = await visit(here, 'alice')
    const { id } = await alice.openWith('bob')
    vi.stubGlobal('BroadcastChannel', undefined)
    const deaf = sameDatabase(here)
    const bob = await visit(deaf, 'bob')
    vi.unstubAllGlobals()
    await alice.say(id, 'unheard')
    expect(bob.received()).toEqual([])
    bob.transport.hint!('foreground')
    await bob.until(() => expect(bob.received().map(textOf)).toEqual(['unheard']))
  })
})

describe('One person in two tabs', () => {
  it('sees own messages and the own read position in both', async () => {
    const here = await twoPeople()
    const first = await visit(here, 'alice')
    const second = await visit(sameDatabase(here), 'alice')
    const bob = await visit(here, 'bob')
    const { id } = await first.openWith('bob')
    const own = await first.say(id, 'mine')
    await second.until(() => expect(second.received()).toEqual([own]))
    const theirs = await bob.say(id, 'yours')
    const unread = () => second.told('conversation.changed').at(-1)?.conversations[0]?.unreadCount
    await second.until(() => expect(unread()).toBe(1))
    await first.transport.conversations.markRead!(id, theirs)
    await second.until(() => expect(unread()).toBe(0))
    expect(second.told('receipt.received').at(-1)?.receipts).toMatchObject([
      { userId: 'alice', state: 'read', point: { message: { keys: theirs.keys } } },
    ])
  })

  it('hears nothing of messages it discards', async () => {
    const service = await twoPeople()
    const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
    const { id } = await alice.openWith('bob')
    await bob.openWith('alice')
    await bob.transport.conversations.setNotify!([id], 'discard')
    await alice.say(id, 'unwanted')
    await bob.until(() => expect(bob.checkpoint()).toBe(alice.checkpoint()))
    expect(bob.received()).toEqual([])
    expect((await bob.openWith('alice')).unreadCount).toBe(0)
  })
})

describe('Sending', () => {
  it('makes one message however often it is called', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const { id } = await alice.openWith('bob')
    const message = outgoing(id, 'once')
    const answers = await Promise.all([1, 2, 3].map(() => alice.transport.messages.send(message).result))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    const page = await alice.transport.messages.history({
      conversationId: id,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    expect(page.messages).toEqual([answers[0]])
    expect(
      await alice.transport.messages.find({
        conversationId: id,
        keys: [clientKey('alice', message.clientId)],
      }),
    ).toEqual(answers[0])
  })

  it('numbers messages of senders in several tabs without holes and never back in time', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const bob = await visit(sameDatabase(service), 'bob')
    const { id } = await alice.openWith('bob')
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_n, i) => (i % 2 ? alice : bob).say(id, `${i}`)),
    )
    expect(sent.map((message) => message.order!.major).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_n, i) => i + 1),
    )
    const { messages } = await alice.transport.messages.history({
      conversationId: id,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    expect(messages.every((message, i) => i === 0 || message.sentAt >= messages[i - 1]!.sentAt)).toBe(true)
  })

  it('takes 12,288 bytes of text and not one more', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const { id } = await alice.openWith('bob')
    const full = '好'.repeat(4096)
    await expect(alice.say(id, full)).resolves.toMatchObject({ parts: [{ text: full }] })
    await expect(alice.say(id, full + '.')).rejects.toMatchObject({
      domain: 'tencent',
      code: 80002,
      kind: 'too-large',
    })
  })

  it('is given up when cancelled before it is written', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const { id } = await alice.openWith('bob')
    const task = alice.transport.messages.send(outgoing(id, 'never'))
    task.cancel()
    await expect(task.result).rejects.toMatchObject({ kind: 'cancelled', effect: 'none' })
    const { messages } = await alice.transport.messages.history({
      conversationId: id,
      from: 'newest',
      direction: 'older',
      count: 20,
    })
    expect(messages).toEqual([])
  })

  it('refuses strangers to a conversation', async () => {
    const service = await twoPeople()
    const alice = await visit(service, 'alice')
    const carol = await visit(service, 'carol')
    const { id } = await alice.openWith('bob')
    await expect(carol.say(id, 'let me in')).rejects.toMatchObject({ kind: 'not-member' })
    const { group } = await alice.transport.groups!.create({ type: 'work', name: 'two' }, ['bob'])
    const { id: groupConversation } = await alice.transport.conversations.open({ groupId: group.id })
    await expect(carol.say(groupConversation, 'me too')).rejects.toMatchObject({
      domain: 'tencent',
      code: 10007,
      kind: 'not-member',
    })
  })
})
