import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { closeServices, twoPeople } from './twoPeople'
import { textOf, visit } from './visit'
import type { Visit } from './visit'

afterEach(closeServices)

async function talk() {
  const service = await twoPeople()
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  const phone = await visit(service, 'bob')
  const { id } = await alice.openWith('bob')
  for (const text of ['one', 'two']) await alice.say(id, text)
  return { service, alice, bob, phone, id }
}

const rowOf = async (visit: Visit, id: string) =>
  (await visit.transport.conversations.list()).items.find((item) => item.id === id)

function page(visit: Visit, conversationId: string) {
  return visit.transport.messages.history({ conversationId, from: 'newest', direction: 'older', count: 50 })
}

describe('Clearing the history', () => {
  it('leaves the row and nothing before it, for one user on all his devices', async () => {
    const { alice, bob, phone, id } = await talk()
    const [, second] = (await page(alice, id)).messages
    await bob.transport.conversations.clearHistory!(id)
    await phone.until(() =>
      expect(phone.told('conversation.cleared')).toEqual([
        { type: 'conversation.cleared', id, upToAt: second?.sentAt },
      ]),
    )
    const order = phone.events.map((event) => event.type)
    expect(order.indexOf('conversation.changed')).toBeLessThan(order.indexOf('conversation.cleared'))
    expect(await rowOf(phone, id)).toMatchObject({ unreadCount: 0 })
    expect((await rowOf(phone, id))?.last).toBeUndefined()
    expect(await page(phone, id)).toMatchObject({ messages: [], older: { end: 'start' } })
    expect((await page(alice, id)).messages).toHaveLength(2)
    expect(alice.told('receipt.received').flatMap((event) => event.receipts)).not.toContainEqual(
      expect.objectContaining({ userId: 'bob', state: 'read' }),
    )
    const third = await alice.say(id, 'three')
    expect(third.sentAt).toBeGreaterThan(second!.sentAt)
    expect((await page(phone, id)).messages.map(textOf)).toEqual(['three'])
    expect((await rowOf(phone, id))?.unreadCount).toBe(1)
  })
})

describe('Removing a conversation', () => {
  it.each([true, false])('hides it until a newer message (with history: %s)', async (withHistory) => {
    const { alice, bob, phone, id } = await talk()
    expect(await bob.transport.conversations.remove!([id, 'nowhere'], withHistory)).toMatchObject({
      done: [id],
      failed: [{ id: 'nowhere', error: { kind: 'not-found' } }],
    })
    await phone.until(() =>
      expect(phone.told('conversation.removed')).toEqual([
        { type: 'conversation.removed', ids: [id], withHistory },
      ]),
    )
    expect(await rowOf(phone, id)).toBeUndefined()
    expect(await rowOf(alice, id)).toBeDefined()
    const [, second] = (await page(alice, id)).messages
    await alice.transport.messages.recall!(second!)
    await alice.say(id, 'three')
    await phone.until(() => expect(textOf(phone.received().at(-1))).toBe('three'))
    expect(await rowOf(phone, id)).toMatchObject({ unreadCount: withHistory ? 1 : 2 })
    expect((await page(phone, id)).messages.map(textOf)).toEqual(
      withHistory ? ['three'] : ['one', undefined, 'three'],
    )
    const told = phone.events.findLastIndex((event) => event.type === 'conversation.removed')
    const changed = phone.events.slice(told).flatMap((e) => (e.type === 'conversation.changed' ? [e] : []))
    expect(changed.every((event) => event.conversations.every((c) => c.last?.recalled === undefined))).toBe(
      true,
    )
  })

  it('ends when it is opened again', async () => {
    const { bob, phone, id } = await talk()
    await bob.transport.conversations.remove!([id], false)
    expect((await phone.openWith('alice')).id).toBe(id)
    expect(await rowOf(bob, id)).toMatchObject({ unreadCount: 2 })
  })

  it('is told to a device that was away, with what came after it', async () => {
    const { alice, bob, phone, service, id } = await talk()
    await phone.until(() => expect(phone.received()).toHaveLength(2))
    const checkpoint = phone.checkpoint()
    await phone.transport.disconnect()
    await alice.say(id, 'unheard')
    await bob.transport.conversations.remove!([id], true)
    const away = await visit(service, 'bob', checkpoint)
    expect(away.told('conversation.removed')).toHaveLength(1)
    expect(away.received()).toEqual([])
    expect(away.told('conversation.changed')).toEqual([])
    await alice.say(id, 'new')
    const later = await visit(service, 'bob', checkpoint)
    expect(later.received().map(textOf)).toEqual(['new'])
    const order = later.events.map((event) => event.type)
    expect(order.indexOf('conversation.removed')).toBeLessThan(order.indexOf('conversation.changed'))
  })
})

describe('Reading everything', () => {
  it('leaves nothing unread anywhere, and tells the others', async () => {
    const { alice, bob, phone, id } = await talk()
    const made = await alice.transport.groups!.create({ type: 'meeting', name: 'g' }, ['bob'])
    const group = await alice.transport.conversations.open({ groupId: made.group.id })
    await alice.say(group.id, 'hello')
    await bob.transport.conversations.setMarkedUnread!(id, true)
    await bob.transport.conversations.markAllRead!()
    const { items } = await phone.transport.conversations.list()
    expect(items.map((item) => [item.unreadCount, item.isMarkedUnread])).toEqual([
      [0, false],
      [0, false],
    ])
    await alice.until(() =>
      expect(
        alice
          .told('receipt.received')
          .flatMap((event) => event.receipts)
          .filter(
            (receipt) => receipt.kind === 'upTo' && receipt.state === 'read' && receipt.userId === 'bob',
          )
          .map((receipt) => receipt.kind === 'upTo' && receipt.conversationId)
          .sort(),
      ).toEqual([id, group.id].sort()),
    )
  })
})
