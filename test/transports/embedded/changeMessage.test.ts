import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Message, MessageChange } from '../../../src/model'
import { closeServices, twoPeople } from './twoPeople'
import { textOf, visit } from './visit'
import type { Visit } from './visit'

afterEach(closeServices)

/** A clock that stands until it is moved. */
function standingClock() {
  let at = 1_700_000_000_000
  return { now: () => at, after: () => () => undefined, move: (ms: number) => void (at += ms) }
}

async function talk() {
  const clock = standingClock()
  const service = await twoPeople({ clock })
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  const { id } = await alice.openWith('bob')
  return { clock, service, alice, bob, id }
}

async function group(more: readonly string[] = ['bob', 'carol']) {
  const clock = standingClock()
  const service = await twoPeople({ clock })
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  const { group: made } = await alice.transport.groups!.create({ type: 'meeting', name: 'g' }, more)
  const { id } = await alice.transport.conversations.open({ groupId: made.id })
  return { clock, service, alice, bob, id }
}

const changes = (visit: Visit): readonly MessageChange[] =>
  visit.told('message.changed').flatMap((event) => event.changes)

const rowOf = async (visit: Visit, id: string) =>
  (await visit.transport.conversations.list()).items.find((item) => item.id === id)

async function historyOf(visit: Visit, conversationId: string): Promise<readonly Message[]> {
  const request = { conversationId, from: 'newest', direction: 'older', count: 50 } as const
  return (await visit.transport.messages.history(request)).messages
}

describe('Recalling', () => {
  it('erases the message for everybody, wherever it shows', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'a secret', { mentions: { userIds: ['bob'], isAll: true } })
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    expect(await rowOf(bob, id)).toMatchObject({ unreadCount: 1, mention: { isMe: true, isAll: true } })
    await alice.transport.messages.recall!(sent, 'typo')
    await bob.until(() => expect(changes(bob)).toHaveLength(1))
    expect(changes(bob)[0]).toMatchObject({
      kind: 'recalled',
      isVouched: true,
      byId: 'alice',
      reason: 'typo',
      ref: { keys: sent.keys },
    })
    const order = bob.events.map((event) => event.type)
    expect(order.lastIndexOf('conversation.changed')).toBeLessThan(order.indexOf('message.changed'))
    expect(await rowOf(bob, id)).toMatchObject({
      unreadCount: 0,
      mention: { isMe: false, isAll: false },
      last: { parts: [], recalled: { byId: 'alice' } },
    })
    expect(JSON.stringify(await historyOf(bob, id))).not.toContain('secret')
    expect(await bob.transport.messages.find(sent)).toMatchObject({ parts: [], recalled: { byId: 'alice' } })
  })

  it('done again changes nothing', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'x')
    await alice.transport.messages.recall!(sent)
    await alice.transport.messages.recall!(sent)
    await bob.say(id, 'after')
    await alice.until(() => expect(textOf(alice.received().at(-1))).toBe('after'))
    expect(changes(alice)).toHaveLength(1)
  })

  it('keeps the unread count right whatever is read when', async () => {
    const { alice, bob, id } = await talk()
    const sent: Message[] = []
    for (const text of ['1', '2', '3', '4']) sent.push(await alice.say(id, text))
    await alice.transport.messages.recall!(sent[1]!)
    expect((await rowOf(bob, id))?.unreadCount).toBe(3)
    await bob.transport.conversations.markRead!(id, sent[0]!)
    expect((await rowOf(bob, id))?.unreadCount).toBe(2)
    await bob.transport.conversations.markRead!(id, sent[2]!)
    expect((await rowOf(bob, id))?.unreadCount).toBe(1)
    await bob.transport.messages.deleteForMe!([sent[3]!])
    expect((await rowOf(bob, id))?.unreadCount).toBe(0)
    await alice.transport.messages.recall!(sent[3]!)
    expect((await rowOf(bob, id))?.unreadCount).toBe(0)
  })

  it('is too late after two minutes of the service', async () => {
    const { alice, clock, id } = await talk()
    const sent = await alice.say(id, 'x')
    clock.move(120_000)
    expect(alice.transport.can('messages.recall', { message: sent })).toBe('yes')
    clock.move(1)
    const late = { domain: 'tencent', code: 20016, kind: 'too-late' }
    expect(alice.transport.can('messages.recall', { message: sent })).toMatchObject(late)
    await expect(alice.transport.messages.recall!(sent)).rejects.toMatchObject(late)
    expect(textOf((await historyOf(alice, id))[0])).toBe('x')
  })

  it('is too late when the service says so', async () => {
    const clock = standingClock()
    const service = await twoPeople({ clock, recallWindowMs: 5_000 })
    const alice = await visit(service, 'alice')
    const { id } = await alice.openWith('bob')
    expect(alice.transport.limits().recallWindowMs).toBe(5_000)
    const sent = await alice.say(id, 'x')
    const later = await alice.say(id, 'y')
    clock.move(5_000)
    expect(alice.transport.can('messages.recall', { message: sent })).toBe('yes')
    await alice.transport.messages.recall!(sent)
    clock.move(1)
    const late = { code: 20016, kind: 'too-late' }
    expect(alice.transport.can('messages.recall', { message: later })).toMatchObject(late)
    await expect(alice.transport.messages.recall!(later)).rejects.toMatchObject(late)
  })

  it('is for the sender, and in a group for those who lead it at any time', async () => {
    const { alice, bob, id } = await talk()
    const hers = await alice.say(id, 'x')
    await expect(bob.transport.messages.recall!(hers)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(bob.transport.can('messages.recall', { message: hers })).toMatchObject({ kind: 'forbidden' })
    const g = await group()
    const [byBob, byAlice] = [await g.bob.say(g.id, 'b'), await g.alice.say(g.id, 'a')]
    g.clock.move(200_000)
    await expect(g.bob.transport.messages.recall!(byAlice)).rejects.toMatchObject({ code: 10007 })
    await expect(g.bob.transport.messages.recall!(byBob)).rejects.toMatchObject({ code: 10031 })
    await g.alice.transport.messages.recall!(byBob)
    await expect(g.bob.transport.messages.recall!(byBob)).rejects.toMatchObject({ code: 20023 })
    await g.bob.until(() => expect(changes(g.bob)).toMatchObject([{ kind: 'recalled', byId: 'alice' }]))
  })

  it('refuses notices, strangers and nonsense', async () => {
    const { alice, id } = await group()
    const notice = (await historyOf(alice, id)).find((message) => message.parts[0]?.kind === 'notice')
    await expect(alice.transport.messages.recall!(notice!)).rejects.toMatchObject({ code: 10032 })
    const ref = { conversationId: id, keys: ['seq:nowhere:1'] }
    await expect(alice.transport.messages.recall!(ref)).rejects.toMatchObject({ code: 10030 })
    await expect(alice.transport.messages.recall!({} as never)).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('Editing', () => {
  const words = (text: string) => ({ parts: [{ kind: 'text', text }] }) as const

  it('grows the revision and tells everybody', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'helo')
    const first = await alice.transport.messages.edit!(sent, words('hello'))
    expect(first).toMatchObject({ revision: 1, keys: sent.keys, sentAt: sent.sentAt })
    const second = await alice.transport.messages.edit!(first, words('hello!'))
    expect(second.revision).toBe(2)
    await bob.until(() => expect(changes(bob).at(-1)).toMatchObject({ kind: 'edited', revision: 2 }))
    expect(changes(bob).at(-1)).toMatchObject({ body: words('hello!'), isVouched: true, byId: 'alice' })
    expect((await historyOf(bob, id)).map(textOf)).toEqual(['hello!'])
    expect((await rowOf(bob, id))?.last).toMatchObject(words('hello!'))
  })

  it('made again is made once', async () => {
    const { alice, id } = await talk()
    const sent = await alice.say(id, 'helo')
    const edited = await alice.transport.messages.edit!(sent, words('hello'))
    expect(await alice.transport.messages.edit!(sent, words('hello'))).toEqual(edited)
  })

  it('of an old version loses to the newer one and hands it over', async () => {
    const { alice, service, id } = await talk()
    const phone = await visit(service, 'alice')
    const sent = await alice.say(id, 'helo')
    await phone.transport.messages.edit!(sent, words('from the phone'))
    await expect(alice.transport.messages.edit!(sent, words('from here'))).rejects.toMatchObject({
      code: 20028,
      kind: 'conflict',
      latest: { ...words('from the phone'), revision: 1 },
    })
    expect((await historyOf(alice, id)).map(textOf)).toEqual(['from the phone'])
  })

  it('is for the sender, of what still stands, within its window and bounds', async () => {
    const { alice, bob, clock, id } = await talk()
    const sent = await alice.say(id, 'x')
    const { edit, recall } = alice.transport.messages
    await expect(bob.transport.messages.edit!(sent, words('y'))).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(edit!(sent, words(''))).rejects.toMatchObject({ code: 'empty-message' })
    await expect(edit!(sent, words('x'.repeat(12_289)))).rejects.toMatchObject({ code: 80002 })
    await expect(edit!(sent, {} as never)).rejects.toMatchObject({ kind: 'invalid' })
    const later = await alice.say(id, 'z')
    await recall!(later)
    await expect(edit!(later, words('y'))).rejects.toMatchObject({ code: 20023 })
    clock.move(alice.transport.limits().editWindowMs! + 1)
    await expect(edit!(sent, words('y'))).rejects.toMatchObject({ kind: 'too-late' })
    expect(alice.transport.can('messages.edit', { message: sent })).toMatchObject({ kind: 'too-late' })
  })

  it('moves the marks of those it points at', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'hey')
    const named = { ...words('hey @bob'), mentions: { userIds: ['bob'], isAll: false } }
    const edited = await alice.transport.messages.edit!(sent, named)
    expect((await rowOf(bob, id))?.mention?.isMe).toBe(true)
    await alice.transport.messages.edit!(edited, words('hey'))
    expect((await rowOf(bob, id))?.mention?.isMe).toBe(false)
  })
})

describe('Deleting for oneself', () => {
  it('takes messages out of every view of one user and of nobody else', async () => {
    const { alice, bob, service, id } = await talk()
    const phone = await visit(service, 'bob')
    const [first, second] = [await alice.say(id, 'one'), await alice.say(id, 'two')]
    await bob.transport.messages.deleteForMe!([second])
    await bob.transport.messages.deleteForMe!([second])
    await phone.until(() => expect(changes(phone)).toMatchObject([{ kind: 'removed', isVouched: true }]))
    expect((await historyOf(phone, id)).map(textOf)).toEqual(['one'])
    expect(await phone.transport.messages.find(second)).toBe('absent')
    expect(await rowOf(phone, id)).toMatchObject({ last: { keys: first.keys }, unreadCount: 1 })
    expect((await historyOf(alice, id)).map(textOf)).toEqual(['one', 'two'])
    expect(changes(alice)).toEqual([])
    await expect(phone.transport.messages.recall!(second)).rejects.toMatchObject({ code: 20022 })
  })

  it('is heard by a device that was away, which is never told the message', async () => {
    const { alice, bob, service, id } = await talk()
    const checkpoint = bob.checkpoint()
    await bob.transport.disconnect()
    const phone = await visit(service, 'bob')
    const sent = await alice.say(id, 'gone')
    await phone.transport.messages.deleteForMe!([sent])
    const back = await visit(service, 'bob', checkpoint)
    expect(back.received()).toEqual([])
    expect(changes(back)).toMatchObject([{ kind: 'removed', ref: { keys: sent.keys } }])
    expect((await rowOf(back, id))?.last).toBeUndefined()
  })
})

describe('Reacting', () => {
  it('is told as whole totals from each one’s point of view', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'x')
    await bob.transport.messages.setReactions!(sent, [], ['👍', '🎉'])
    await alice.transport.messages.setReactions!(sent, [], ['👍'])
    await alice.transport.messages.setReactions!(sent, [], ['👍'])
    const totals = [
      { key: '👍', count: 2, isMine: true, someIds: ['bob', 'alice'] },
      { key: '🎉', count: 1, isMine: false, someIds: ['bob'] },
    ]
    await alice.until(() =>
      expect(changes(alice).at(-1)).toMatchObject({ kind: 'reaction-totals', isWhole: true, totals }),
    )
    expect((await historyOf(alice, id))[0]?.reactions).toEqual(totals)
    expect(await alice.transport.messages.find(sent)).toMatchObject({ reactions: totals })
    expect(await alice.transport.messages.fetchReactions!([sent])).toMatchObject([{ totals }])
    expect(await alice.transport.messages.reactors!(sent, '👍')).toEqual({ items: ['bob', 'alice'] })
    await bob.transport.messages.setReactions!(sent, ['👍', '🎉'], [])
    await alice.until(() =>
      expect(changes(alice).at(-1)).toMatchObject({ totals: [{ key: '👍', count: 1, isMine: true }] }),
    )
    await alice.transport.messages.setReactions!(sent, ['👍'], [])
    // Whoever heard nothing of it meanwhile learns from the page that none is left.
    expect((await historyOf(bob, id))[0]?.reactions).toEqual([])
    await alice.transport.messages.recall!(sent)
    await expect(bob.transport.messages.setReactions!(sent, [], ['👍'])).rejects.toMatchObject({
      code: 20023,
    })
    expect((await historyOf(bob, id))[0]?.reactions).toBeUndefined()
  })

  it('knows ten kinds', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'x')
    const ten = Array.from({ length: 10 }, (_n, i) => `r${i}`)
    await alice.transport.messages.setReactions!(sent, [], ten)
    await expect(bob.transport.messages.setReactions!(sent, [], ['r10'])).rejects.toMatchObject({
      kind: 'full',
    })
    await bob.transport.messages.setReactions!(sent, [], ['r1'])
    await expect(bob.transport.messages.setReactions!(sent, [], [''])).rejects.toMatchObject({
      kind: 'invalid',
    })
  })

  it('is given by a hundred people at the most', async () => {
    const service = await twoPeople({ storage: 'memory' })
    const ids = Array.from({ length: 101 }, (_n, i) => `u${i}`)
    for (const id of ids) await service.addUser({ id })
    const alice = await visit(service, 'alice')
    const { group: made } = await alice.transport.groups!.create({ type: 'meeting', name: 'g' }, ids)
    const { id } = await alice.transport.conversations.open({ groupId: made.id })
    const sent = await alice.say(id, 'x')
    for (const userId of ids.slice(0, 100)) {
      const each = await visit(service, userId)
      await each.transport.messages.setReactions!(sent, [], ['👍'])
      await each.transport.disconnect()
    }
    const last = await visit(service, 'u100')
    await expect(last.transport.messages.setReactions!(sent, [], ['👍'])).rejects.toMatchObject({
      kind: 'full',
    })
  })
})

describe('A device that was away', () => {
  it('ends up where all the others are', async () => {
    const { alice, bob, service, id } = await talk()
    const [kept, edited, gone] = [
      await alice.say(id, '1'),
      await alice.say(id, '2'),
      await alice.say(id, '3'),
    ]
    await bob.until(() => expect(bob.received()).toHaveLength(3))
    const checkpoint = bob.checkpoint()
    await bob.transport.disconnect()
    await alice.transport.messages.setReactions!(kept, [], ['👍'])
    await alice.transport.messages.edit!(edited, { parts: [{ kind: 'text', text: 'two' }] })
    await alice.transport.messages.recall!(gone)
    const back = await visit(service, 'bob', checkpoint)
    expect(changes(back).map((change) => change.kind)).toEqual(['reaction-totals', 'edited', 'recalled'])
    expect(back.told('conversation.changed').at(-1)?.conversations).toMatchObject([
      { id, unreadCount: 2, last: { recalled: { byId: 'alice' } } },
    ])
  })
})
