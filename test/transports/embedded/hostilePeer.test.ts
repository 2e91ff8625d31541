import { afterEach, describe, expect, it } from 'vitest'
import type { GroupsFacet, MessagesFacet } from '../../../src/core/ports'
import type { GroupType } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedServiceOptions } from '../../../src/transports/embedded'
import { visit } from './visit'
import type { Visit } from './visit'

const endings: (() => void)[] = []
afterEach(() => endings.splice(0).forEach((end) => end()))

async function people(options: EmbeddedServiceOptions = {}) {
  const service = createEmbeddedService({ name: 'hostile', storage: 'memory', ...options })
  endings.push(() => service.close())
  for (const id of ['alice', 'bob', 'mallory']) await service.addUser({ id, name: id })
  const [alice, bob, mallory] = [
    await visit(service, 'alice'),
    await visit(service, 'bob'),
    await visit(service, 'mallory'),
  ]
  return { service, alice, bob, mallory }
}
const groupsOf = (person: Visit) => person.transport.groups as Required<GroupsFacet>
const messagesOf = (person: Visit) => person.transport.messages as Required<MessagesFacet>

async function groupOf(owner: Visit, type: GroupType, memberIds: readonly string[]) {
  const { group } = await groupsOf(owner).create({ type, name: type }, memberIds)
  const { id } = await owner.transport.conversations.open({ groupId: group.id })
  return { groupId: group.id, conversationId: id }
}
const words = (text: string) => ({ parts: [{ kind: 'text' as const, text }] })

describe('Whoever has no voice', () => {
  it('cannot speak by putting other words into what he said before', async () => {
    const { alice, mallory } = await people()
    const { groupId, conversationId } = await groupOf(alice, 'public', ['mallory'])
    const sent = await mallory.say(conversationId, 'hello')
    await groupsOf(alice).setMuted(groupId, ['mallory'], 'forever')
    await mallory.until(() =>
      expect(mallory.transport.can('messages.edit', { message: sent })).toMatchObject({ code: 10017 }),
    )
    await expect(messagesOf(mallory).edit(sent, words('buy now'))).rejects.toMatchObject({ code: 10017 })
    await groupsOf(alice).setMuted(groupId, ['mallory'], null)
    await messagesOf(mallory).edit(sent, words('sorry'))
    await groupsOf(alice).update({ id: groupId, isMuted: true })
    await expect(messagesOf(mallory).edit(sent, words('buy now'))).rejects.toMatchObject({ code: 10017 })
  })

  it('cannot reach whom has blocked him by putting other words into what he said before', async () => {
    const { alice, mallory } = await people()
    const { id } = await mallory.openWith('alice')
    const sent = await mallory.say(id, 'hello')
    await alice.transport.contacts!.setBlocked!(['mallory'], true)
    await expect(messagesOf(mallory).edit(sent, words('you cannot get rid of me'))).rejects.toMatchObject({
      code: 20007,
    })
  })
})

describe('Pins', () => {
  it('of messages that were recalled take up no room', async () => {
    const { alice, mallory } = await people()
    const { id } = await mallory.openWith('alice')
    for (let count = 0; count < 12; count++) {
      const sent = await mallory.say(id, `${count}`)
      await messagesOf(mallory).setPinned(sent, true)
      await messagesOf(mallory).recall(sent)
    }
    const important = await alice.say(id, 'important')
    await messagesOf(alice).setPinned(important, true)
    expect(await messagesOf(mallory).pinned(id)).toHaveLength(1)
  })
})

describe('Names that every object has', () => {
  it('are counters like others, which stay numbers', async () => {
    const { alice, mallory } = await people()
    const { groupId } = await groupOf(alice, 'public', ['mallory'])
    expect(await groupsOf(mallory).writeCounter(groupId, 'constructor', { add: 1 })).toBe(1)
    expect(await groupsOf(alice).readCounters(groupId)).toEqual({ constructor: 1 })
  })

  it('are extensions like others, whose end is told', async () => {
    const { alice, mallory } = await people()
    const { id } = await mallory.openWith('alice')
    const sent = await mallory.say(id, 'poll', { hasExtensions: true })
    const told = () => alice.told('message.changed').flatMap(({ changes }) => changes)
    await messagesOf(mallory).setExtensions(sent, { toString: 'x' }, [])
    await alice.until(() => expect(told().at(-1)).toMatchObject({ set: { toString: 'x' } }))
    await messagesOf(mallory).setExtensions(sent, {}, ['toString'])
    await alice.until(() => expect(told()).toHaveLength(2))
    expect(told().at(-1)).toMatchObject({ set: {}, deleted: ['toString'] })
    const proto = JSON.parse('{"__proto__":"x"}') as Record<string, string>
    await expect(messagesOf(mallory).setExtensions(sent, proto, [])).rejects.toMatchObject({
      kind: 'invalid',
    })
  })
})

it('A counter is never more than a number can say', async () => {
  const { alice, mallory } = await people()
  const { groupId } = await groupOf(alice, 'public', ['mallory'])
  await groupsOf(mallory).writeCounter(groupId, 'votes', { set: Number.MAX_VALUE })
  await expect(
    groupsOf(mallory).writeCounter(groupId, 'votes', { add: Number.MAX_VALUE }),
  ).rejects.toMatchObject({ kind: 'invalid' })
  expect(await groupsOf(alice).readCounters(groupId)).toEqual({ votes: Number.MAX_VALUE })
})

describe('Groups', () => {
  it('that are built under the id of one that has ended owe nothing to its invitations', async () => {
    const { alice, bob, mallory } = await people({ invitees: 'asked' })
    const id = 'finance'
    await groupsOf(mallory).create({ type: 'work', name: 'bait', id }, [])
    await groupsOf(mallory).invite(id, ['bob'])
    const [invitation] = (await groupsOf(bob).applications()).items
    // The last one out ends it.
    await groupsOf(mallory).quit(id)
    await groupsOf(alice).create({ type: 'public', name: 'Finance', id, joining: 'closed' }, [])
    expect((await groupsOf(bob).applications()).items).toEqual([])
    await expect(groupsOf(bob).answer(invitation?.id ?? '', 'accept')).rejects.toMatchObject({
      kind: 'not-found',
    })
    expect((await groupsOf(alice).members(id, {})).items.map(({ userId }) => userId)).toEqual(['alice'])
  })

  it('that are built under the id of one that has ended keep out nobody whom that one has banned', async () => {
    const { alice, bob, mallory } = await people()
    const id = 'finance'
    await groupsOf(mallory).create({ type: 'work', name: 'bait', id }, [])
    await groupsOf(mallory).setBanned(id, ['bob'], 'forever')
    await groupsOf(mallory).quit(id)
    await groupsOf(alice).create({ type: 'public', name: 'Finance', id, joining: 'free' }, [])
    expect(await groupsOf(bob).join(id)).toBe('joined')
  })

  it('put nobody in at their making who is to be asked first', async () => {
    const { alice, mallory } = await people({ invitees: 'asked' })
    const { group, members } = await groupsOf(mallory).create({ type: 'public', name: 'Win now' }, ['alice'])
    expect(members).toMatchObject({ done: [], pending: ['alice'], failed: [] })
    expect(group.memberCount).toBe(1)
    expect((await groupsOf(alice).list()).items).toEqual([])
    const [invitation] = (await groupsOf(alice).applications()).items
    expect(invitation).toMatchObject({ kind: 'invites-me', byId: 'mallory', state: 'pending' })
    await groupsOf(alice).answer(invitation?.id ?? '', 'accept')
    expect((await groupsOf(alice).list()).items).toHaveLength(1)
  })

  it('announce to their members, and to nobody else', async () => {
    const { alice, mallory } = await people()
    const { groupId } = await groupOf(alice, 'work', ['mallory'])
    await groupsOf(alice).update({ id: groupId, announcement: 'The door code is 4711' })
    await groupsOf(alice).kick(groupId, ['mallory'])
    const [seen] = await groupsOf(mallory).fetch([groupId])
    expect(seen).toMatchObject({ state: 'not-joined' })
    expect(seen?.announcement).toBeUndefined()
    expect((await groupsOf(alice).fetch([groupId]))[0]?.announcement).toBe('The door code is 4711')
  })
})
