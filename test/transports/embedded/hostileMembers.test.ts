import { afterEach, describe, expect, it } from 'vitest'
import type { GroupsFacet, MessagesFacet } from '../../../src/core/ports'
import { signalPart } from '../../../src/core/live'
import type { LiveSignal } from '../../../src/core/live'
import type { Group, TransportEvent } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedServiceOptions } from '../../../src/transports/embedded'
import { createVirtualClock } from '../../support/virtualClock'
import { outgoing, visit } from './visit'
import type { Visit } from './visit'

const endings: (() => void)[] = []
afterEach(() => endings.splice(0).forEach((end) => end()))

async function people<const I extends string>(ids: readonly I[], options: EmbeddedServiceOptions = {}) {
  const clock = createVirtualClock()
  const service = createEmbeddedService({ name: 'hostile-members', storage: 'memory', clock, ...options })
  endings.push(() => service.close())
  for (const id of ids) await service.addUser({ id, name: id })
  const visits: [string, Visit][] = []
  for (const id of ids) visits.push([id, await visit(service, id)])
  return { service, clock, ...(Object.fromEntries(visits) as Record<I, Visit>) }
}
const groupsOf = (person: Visit) => person.transport.groups as Required<GroupsFacet>
const messagesOf = (person: Visit) => person.transport.messages as Required<MessagesFacet>

async function groupOf(
  owner: Visit,
  group: Pick<Group, 'type'> & Partial<Group>,
  memberIds: readonly string[],
) {
  const { group: made } = await groupsOf(owner).create({ name: group.type, ...group }, memberIds)
  const { id } = await owner.transport.conversations.open({ groupId: made.id })
  return { groupId: made.id, conversationId: id }
}
const order = (from: Visit, conversationId: string, signal: LiveSignal) =>
  from.transport.messages.send({
    ...outgoing(conversationId, ''),
    parts: [signalPart(signal, 'order')],
    priority: 'high',
  }).result
const since = (person: Visit, from: number, type: TransportEvent['type']) =>
  person.events.slice(from).filter((event) => event.type === type)

describe('In a live room', () => {
  it('a mute of one keeps out nobody whose id every object knows', async () => {
    const { alice, constructor: odd, bob } = await people(['alice', 'bob', 'constructor'])
    const { groupId, conversationId } = await groupOf(alice, { type: 'live' }, [])
    await groupsOf(bob).join(groupId)
    await order(alice, conversationId, { kind: 'mute', userId: 'bob', until: 'forever' })
    expect(await groupsOf(odd).join(groupId)).toBe('joined')
    await odd.say(conversationId, 'hello')
  })

  it('orders about people who are none leave nothing behind', async () => {
    const { service, alice } = await people(['alice'])
    const { groupId, conversationId } = await groupOf(alice, { type: 'live' }, [])
    await order(alice, conversationId, { kind: 'mute', userId: 'ghost', until: 'forever' })
    await service.addUser({ id: 'ghost', name: 'ghost' })
    const ghost = await visit(service, 'ghost')
    await groupsOf(ghost).join(groupId)
    await ghost.say(conversationId, 'boo')
  })

  it('nobody goes past the flood by changing what he has said', async () => {
    const { alice, mallory } = await people(['alice', 'mallory'])
    const { groupId, conversationId } = await groupOf(alice, { type: 'live' }, [])
    await groupsOf(mallory).join(groupId)
    await mallory.transport.conversations.open({ groupId })
    const said = await mallory.say(conversationId, 'hello', { hasExtensions: true })
    const messages = messagesOf(mallory)
    const words = { parts: [{ kind: 'text' as const, text: 'buy now' }] }
    const refusal = { code: 'unsupported' }
    await expect(messages.edit(said, words)).rejects.toMatchObject(refusal)
    await expect(messages.setReactions(said, [], ['👍'])).rejects.toMatchObject(refusal)
    await expect(messages.setExtensions(said, { a: 'b' }, [])).rejects.toMatchObject(refusal)
    for (const ability of ['messages.edit', 'messages.setReactions', 'messages.setExtensions'] as const) {
      expect(mallory.transport.can(ability, { message: said })).toMatchObject(refusal)
    }
    expect(mallory.transport.can('messages.recall', { message: said })).toBe('yes')
    await messages.recall(said)
  })

  it('nobody is told of name cards, for nobody is listed', async () => {
    const { clock, alice, mallory } = await people(['alice', 'mallory'])
    const { groupId } = await groupOf(alice, { type: 'live' }, [])
    await groupsOf(mallory).join(groupId)
    const from = alice.events.length
    await groupsOf(mallory).updateMember(groupId, { userId: 'mallory', nameCard: 'Look at me' })
    await clock.advance(1_000)
    expect(since(alice, from, 'member.changed')).toEqual([])
  })

  it('nobody is told who writes, for there may be thousands', async () => {
    const { clock, alice, mallory } = await people(['alice', 'mallory'])
    const { groupId, conversationId } = await groupOf(alice, { type: 'live' }, [])
    await groupsOf(mallory).join(groupId)
    await mallory.transport.conversations.open({ groupId })
    const from = alice.events.length
    messagesOf(mallory).setTyping(conversationId, true)
    await clock.advance(1_000)
    expect(since(alice, from, 'typing.changed')).toEqual([])
  })

  it('nobody likes more than a finger can', async () => {
    const { clock, alice, mallory } = await people(['alice', 'mallory'])
    const { groupId, conversationId } = await groupOf(alice, { type: 'live' }, [])
    await groupsOf(mallory).join(groupId)
    const parts = [signalPart({ kind: 'like', count: 9_999 }, 'like')]
    for (let i = 0; i < 20; i++) await mallory.say(conversationId, '', { parts, priority: 'low' })
    await clock.advance(5_000)
    expect((await groupsOf(alice).fetch([groupId]))[0]?.custom).toEqual({ likes: 100 })
  })
})

/** Written by hand from the requirements. */
const RECEIPTS = { work: 'told', public: 'told', meeting: 'told', community: 'untold' } as const

describe('In a group', () => {
  it('a member cannot undo the invitation of an admin by proposing the same person', async () => {
    const { alice, bob, mallory } = await people(['alice', 'bob', 'mallory'], { invitees: 'asked' })
    const { groupId } = await groupOf(alice, { type: 'public', joining: 'free', inviting: 'approval' }, [])
    await groupsOf(mallory).join(groupId)
    await groupsOf(alice).invite(groupId, ['bob'])
    const [invitation] = (await groupsOf(bob).applications()).items
    expect(await groupsOf(mallory).invite(groupId, ['bob'])).toMatchObject({ pending: ['bob'] })
    await groupsOf(bob).answer(invitation!.id, 'accept')
    expect((await groupsOf(bob).list()).items).toMatchObject([{ id: groupId }])
  })

  it('a proposal takes the place of an invitation that does not count any more', async () => {
    const { alice, bob, carol } = await people(['alice', 'bob', 'carol'], { invitees: 'asked' })
    const { groupId } = await groupOf(alice, { type: 'public', joining: 'free', inviting: 'approval' }, [])
    await groupsOf(carol).join(groupId)
    await groupsOf(alice).setRole(groupId, ['carol'], 'admin')
    await groupsOf(carol).invite(groupId, ['bob'])
    await groupsOf(alice).setRole(groupId, ['carol'], 'member')
    await groupsOf(carol).invite(groupId, ['bob'])
    const [proposal] = (await groupsOf(alice).applications()).items
    expect(proposal).toMatchObject({ kind: 'proposed', userId: 'bob', byId: 'carol' })
    await groupsOf(alice).answer(proposal!.id, 'accept')
    expect((await groupsOf(bob).list()).items).toMatchObject([{ id: groupId }])
  })

  it('nobody hears of it by being let back where he was never kept out', async () => {
    const { clock, alice, bob, mallory } = await people(['alice', 'bob', 'mallory'])
    const { groupId } = await groupOf(mallory, { type: 'public', name: 'Win now' }, [])
    const from = alice.events.length
    await groupsOf(mallory).setBanned(groupId, ['bob'], 'forever')
    await groupsOf(mallory).setBanned(groupId, ['alice', 'bob'], null)
    await clock.advance(1_000)
    expect(since(alice, from, 'group.changed')).toEqual([])
    expect(bob.told('group.changed').at(-1)?.groups).toMatchObject([{ id: groupId, bannedUntil: null }])
  })

  it.each(['work', 'public', 'meeting', 'community'] as const)(
    'of type %s whoever asks is told who has read what only where the table says so',
    async (type) => {
      const { clock, alice, bob } = await people(['alice', 'bob'])
      const { conversationId } = await groupOf(alice, { type }, ['bob'])
      const said = await alice.say(conversationId, 'read this', { hasReceipts: true })
      await clock.advance(100)
      await bob.transport.conversations.markRead!(conversationId, said)
      await clock.advance(100)
      const verdict = alice.transport.can('messages.readers', { conversationId })
      const told = () =>
        alice
          .told('receipt.received')
          .flatMap(({ receipts: all }) => all)
          .filter(({ kind, ...it }) => kind === 'upTo' && 'userId' in it && it.userId === 'bob')
      const receipts = () => messagesOf(alice).fetchReceipts(conversationId, [])
      if (RECEIPTS[type] === 'told') {
        expect(verdict).toBe('yes')
        expect((await messagesOf(alice).readers(said, 'read')).items).toEqual(['bob'])
        expect(await receipts()).toMatchObject([{ userId: 'bob', state: 'read' }])
        expect(told()).not.toEqual([])
      } else {
        const refusal = { code: 'unsupported' }
        expect(verdict).toMatchObject(refusal)
        await expect(messagesOf(alice).readers(said, 'read')).rejects.toMatchObject(refusal)
        expect(await receipts()).toEqual([])
        expect(told()).toEqual([])
      }
    },
  )

  it('what ends after the last day of any calendar has no end', async () => {
    const { alice, bob } = await people(['alice', 'bob', 'carol'])
    const { groupId, conversationId } = await groupOf(alice, { type: 'public' }, ['bob', 'carol'])
    await groupsOf(alice).setMuted(groupId, ['bob'], Number.MAX_VALUE)
    await groupsOf(alice).setBanned(groupId, ['carol'], Number.MAX_VALUE)
    await expect(bob.say(conversationId, 'hello')).rejects.toSatisfy(
      (error: { code: unknown; untilAt?: unknown }) => error.code === 10017 && error.untilAt === undefined,
    )
    expect((await groupsOf(alice).members(groupId, { only: 'banned' })).items).toMatchObject([
      { userId: 'carol', bannedUntil: 'forever' },
    ])
  })
})
