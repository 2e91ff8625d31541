import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { isChatError } from '../../../src/model'
import type { MessageChange } from '../../../src/model'
import { closeServices, twoPeople } from './twoPeople'
import { textOf, visit } from './visit'
import type { Visit } from './visit'

afterEach(closeServices)

async function talk() {
  const service = await twoPeople()
  const [alice, bob] = [await visit(service, 'alice'), await visit(service, 'bob')]
  const { id } = await alice.openWith('bob')
  return { service, alice, bob, id }
}

const changes = (visitor: Visit): readonly MessageChange[] =>
  visitor.told('message.changed').flatMap((event) => event.changes)

async function codeOf(work: Promise<unknown> | undefined): Promise<unknown> {
  const thrown = await work?.then(
    () => undefined,
    (error: unknown) => error,
  )
  return isChatError(thrown) ? thrown.code : thrown
}

describe('Extensions', () => {
  it('are told as they stand, with what was deleted, to whoever comes back', async () => {
    const { service, alice, bob, id } = await talk()
    const sent = await alice.say(id, 'poll', { hasExtensions: true })
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    const checkpoint = bob.checkpoint()
    await bob.transport.messages.setExtensions!(sent, { 'vote:bob': '1', note: 'x' }, [])
    await bob.transport.disconnect()
    await alice.transport.messages.setExtensions!(sent, { 'vote:alice': '0' }, ['note'])
    const back = await visit(service, 'bob', checkpoint)
    expect(changes(back)).toMatchObject([
      { kind: 'extensions', set: { 'vote:alice': '0', 'vote:bob': '1' }, deleted: ['note'] },
    ])
  })

  it('are part of the history', async () => {
    const { alice, bob, id } = await talk()
    const sent = await alice.say(id, 'poll', { hasExtensions: true })
    await alice.transport.messages.setExtensions!(sent, { a: '1' }, [])
    const request = { conversationId: id, from: 'newest', direction: 'older', count: 10 } as const
    const { messages } = await bob.transport.messages.history(request)
    expect(messages.at(-1)?.extensions).toEqual({ a: '1' })
  })

  it('need a message that was made for them, room, and end with its recall', async () => {
    const { alice, id } = await talk()
    const { messages } = alice.transport
    const plain = await alice.say(id, 'no poll')
    expect(await codeOf(messages.setExtensions!(plain, { a: '1' }, []))).toBe('unsupported')
    const sent = await alice.say(id, 'poll', { hasExtensions: true })
    expect(await codeOf(messages.setExtensions!(sent, { a: 'x'.repeat(1_025) }, []))).toBe('field-too-long')
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, '']))
    await messages.setExtensions!(sent, many, [])
    expect(await codeOf(messages.setExtensions!(sent, { more: '' }, []))).toBe('extensions-full')
    await messages.setExtensions!(sent, { more: '' }, ['k0'])
    await messages.recall!(sent)
    expect(await codeOf(messages.setExtensions!(sent, { a: '1' }, []))).toBe(20023)
  })
})

describe('Pins', () => {
  it('are told, listed with the newest first, and gone with a recall', async () => {
    const { alice, bob, id } = await talk()
    const [one, two] = [await alice.say(id, 'one'), await alice.say(id, 'two')]
    await alice.transport.messages.setPinned!(one, true)
    await bob.transport.messages.setPinned!(two, true)
    await bob.until(() => expect(changes(bob)).toHaveLength(2))
    expect(changes(bob)).toMatchObject([
      { kind: 'pinned', isPinned: true },
      { kind: 'pinned', isPinned: true },
    ])
    expect((await alice.transport.messages.pinned!(id)).map(textOf)).toEqual(['two', 'one'])
    await alice.transport.messages.recall!(two)
    expect((await bob.transport.messages.pinned!(id)).map(textOf)).toEqual(['one'])
    await bob.transport.messages.setPinned!(one, false)
    expect(await alice.transport.messages.pinned!(id)).toEqual([])
  })

  it('are ten at the most', async () => {
    const { alice, id } = await talk()
    for (let index = 0; index < 10; index++) {
      await alice.transport.messages.setPinned!(await alice.say(id, `${index}`), true)
    }
    const one = await alice.say(id, 'one more')
    expect(await codeOf(alice.transport.messages.setPinned!(one, true))).toBe(10070)
  })

  it('are for those who lead a meeting', async () => {
    const { alice, bob } = await talk()
    const { group } = await alice.transport.groups!.create({ type: 'meeting', name: 'g' }, ['bob'])
    const { id } = await alice.transport.conversations.open({ groupId: group.id })
    const sent = await alice.say(id, 'the plan')
    await bob.until(() => expect(bob.received().map(textOf)).toContain('the plan'))
    expect(await codeOf(bob.transport.messages.setPinned!(sent, true))).toBe(10007)
    const message = bob.received().find((one) => textOf(one) === 'the plan')
    expect(bob.transport.can('messages.setPinned', { message: message! })).toMatchObject({ code: 10007 })
    expect(alice.transport.can('messages.setPinned', { message: sent })).toBe('yes')
    await alice.transport.messages.setPinned!(sent, true)
  })
})

describe('Readers', () => {
  it('are told apart from those who have not read, the sender left out', async () => {
    const { alice, bob } = await talk()
    const { group } = await alice.transport.groups!.create({ type: 'meeting', name: 'g' }, ['bob', 'carol'])
    const { id } = await alice.transport.conversations.open({ groupId: group.id })
    const sent = await alice.say(id, 'the plan')
    await bob.transport.conversations.markRead!(id, sent)
    expect((await alice.transport.messages.readers!(sent, 'read')).items).toEqual(['bob'])
    expect((await alice.transport.messages.readers!(sent, 'unread')).items).toEqual(['carol'])
  })
})
