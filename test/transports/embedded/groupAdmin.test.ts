import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/core/ports'
import type { Group, GroupType, Json } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { createFakeClock } from '../../support/fakeClock'
import { visit, visitAll } from './visit'
import type { Visit } from './visit'

let service: EmbeddedService
let clock: ReturnType<typeof createFakeClock>
let alice: Visit
let bob: Visit
let carol: Visit

beforeEach(async () => {
  clock = createFakeClock()
  service = createEmbeddedService({ name: 'group-admin', storage: 'memory', clock: clock satisfies Clock })
  ;({ alice, bob, carol } = await visitAll(service, ['alice', 'bob', 'carol'], { away: ['dave'] }))
})
afterEach(() => service.close())

/** Alice owns it, Bob is an admin where there are any, Carol a member. */
async function groupOf(type: GroupType, more: Partial<Group> = {}) {
  const groups = alice.transport.groups!
  const { group } = await groups.create({ type, name: type, ...more }, ['bob', 'carol'])
  if (type !== 'work') await groups.setRole!(group.id, ['bob'], 'admin')
  const { id } = await alice.transport.conversations.open({ groupId: group.id })
  return { groupId: group.id, conversationId: id }
}
const groupsOf = (person: Visit) => person.transport.groups!
const noticesOf = (person: Visit) =>
  person.received().flatMap(({ parts }) => parts.filter((part) => part.kind === 'notice'))

describe('The fields of the app', () => {
  it('are written key by key, so that two admins do not undo each other', async () => {
    const { group } = await groupsOf(alice).create({ type: 'work', name: 'Office' }, ['bob'])
    const write = (person: Visit, custom: Json | null) => groupsOf(person).update!({ id: group.id, custom })
    const read = async () => (await groupsOf(alice).fetch([group.id]))[0]?.custom
    await Promise.all([write(alice, { floor: 3 }), write(bob, { colour: 'green', plan: { rooms: 2 } })])
    expect(await read()).toEqual({ floor: 3, colour: 'green', plan: { rooms: 2 } })
    await Promise.all([write(alice, { floor: null }), write(bob, { plan: { rooms: 4 } })])
    expect(await read()).toEqual({ colour: 'green', plan: { rooms: 4 } })
    await write(bob, null)
    expect(await read()).toBeUndefined()
  })

  it('have one bound, however many calls they are written in', async () => {
    const { group } = await groupsOf(alice).create({ type: 'work', name: 'Office' }, ['bob'])
    const write = (key: string) =>
      groupsOf(bob).update!({ id: group.id, custom: { [key]: 'x'.repeat(7_000) } })
    await write('a')
    await write('b')
    await expect(write('c')).rejects.toMatchObject({ code: 'field-too-long' })
    expect(Object.keys((await groupsOf(alice).fetch([group.id]))[0]?.custom ?? {})).toEqual(['a', 'b'])
    await write('a')
  })
})

describe('A mute', () => {
  it('takes the voice until its end, which the member is told, and no longer', async () => {
    const { groupId, conversationId } = await groupOf('public')
    const until = clock.now() + 600_000
    await groupsOf(bob).setMuted!(groupId, ['carol'], until)
    const refusal = { domain: 'tencent', code: 10017, kind: 'muted', untilAt: until }
    await carol.until(() =>
      expect(carol.transport.can('messages.send', { conversationId })).toMatchObject(refusal),
    )
    await expect(carol.say(conversationId, 'hm')).rejects.toMatchObject(refusal)
    expect(carol.told('group.changed').at(-1)?.groups[0]?.me).toMatchObject({ mutedUntil: until })
    expect(alice.told('member.changed').at(-1)?.members).toMatchObject([
      { userId: 'carol', mutedUntil: until },
    ])
    expect((await groupsOf(alice).members(groupId, { only: 'muted' })).items).toMatchObject([
      { userId: 'carol', mutedUntil: until },
    ])
    expect(noticesOf(carol).at(-1)).toMatchObject({ about: 'muted', byId: 'bob', userIds: ['carol'] })
    await clock.advance(600_000)
    await carol.say(conversationId, 'at last')
    expect((await groupsOf(alice).members(groupId, { only: 'muted' })).items).toEqual([])
  })

  it('of all spares those who lead', async () => {
    const { groupId, conversationId } = await groupOf('meeting')
    await groupsOf(bob).update!({ id: groupId, isMuted: true })
    await expect(carol.say(conversationId, 'hm')).rejects.toMatchObject({ code: 10017 })
    await bob.say(conversationId, 'quiet please')
    await groupsOf(alice).update!({ id: groupId, isMuted: false })
    await carol.say(conversationId, 'thank you')
    await carol.until(() =>
      expect(noticesOf(carol).flatMap(({ changes }) => changes?.isMuted ?? [])).toEqual([true, false]),
    )
  })

  it('is for nobody of the same rank or above', async () => {
    const { groupId } = await groupOf('public')
    const result = await groupsOf(bob).setMuted!(groupId, ['alice', 'bob', 'carol', 'dave'], 'forever')
    expect(result.done).toEqual(['carol'])
    expect(result.failed.map(({ id, error }) => [id, error.code])).toEqual([
      ['alice', 10007],
      ['bob', 10007],
      ['dave', 10007],
    ])
  })
})

describe('Whoever asks to come in', () => {
  it('waits until a leader says yes, and no second leader can', async () => {
    const { groupId } = await groupOf('public', { joining: 'approval' })
    const dave = await visit(service, 'dave')
    expect(await groupsOf(dave).join(groupId, 'let me in')).toBe('pending')
    await bob.until(() =>
      expect(bob.told('application.changed').at(-1)?.applications).toMatchObject([
        { groupId, userId: 'dave', kind: 'asks', state: 'pending', wording: 'let me in' },
      ]),
    )
    expect(carol.told('application.changed')).toEqual([])
    const [application] = (await groupsOf(alice).applications!()).items
    await expect(groupsOf(carol).answer!(application!.id, 'accept')).rejects.toMatchObject({ code: 10007 })
    await groupsOf(alice).answer!(application!.id, 'accept')
    await expect(groupsOf(bob).answer!(application!.id, 'refuse')).rejects.toMatchObject({ code: 10024 })
    await dave.until(() =>
      expect(dave.told('group.changed').at(-1)?.groups[0]).toMatchObject({ state: 'joined' }),
    )
    await bob.until(() =>
      expect(bob.told('application.changed').at(-1)?.applications).toMatchObject([{ state: 'accepted' }]),
    )
  })

  it('may be refused, and ask again', async () => {
    const { groupId } = await groupOf('community', { joining: 'approval' })
    const dave = await visit(service, 'dave')
    await groupsOf(dave).join(groupId)
    const [first] = (await groupsOf(alice).applications!()).items
    await groupsOf(alice).answer!(first!.id, 'refuse')
    await dave.until(() =>
      expect(dave.told('application.changed').at(-1)?.applications).toMatchObject([{ state: 'refused' }]),
    )
    expect(await groupsOf(dave).join(groupId)).toBe('pending')
    await expect(groupsOf(alice).answer!(first!.id, 'accept')).rejects.toMatchObject({ code: 10024 })
  })

  it('is proposed where members cannot bring anybody in themselves', async () => {
    const { groupId } = await groupOf('public')
    expect(await groupsOf(carol).invite!(groupId, ['dave'])).toMatchObject({ pending: ['dave'], done: [] })
    const [application] = (await groupsOf(bob).applications!()).items
    expect(application).toMatchObject({ kind: 'proposed', byId: 'carol', userId: 'dave' })
    // Somebody else brings him in meanwhile.
    expect(await groupsOf(alice).invite!(groupId, ['dave'])).toMatchObject({ done: ['dave'] })
    await expect(groupsOf(bob).answer!(application!.id, 'accept')).rejects.toMatchObject({ code: 10024 })
  })
})

describe('An invitation', () => {
  it('says for each why he does not come in', async () => {
    const { groupId } = await groupOf('work')
    const result = await groupsOf(carol).invite!(groupId, ['bob', 'nobody', 'dave'])
    expect(result).toMatchObject({
      done: ['dave'],
      failed: [{ error: { code: 10013 } }, { error: { code: 20003 } }],
    })
    await expect(groupsOf(carol).invite!(groupId, [])).rejects.toMatchObject({ code: 8510 })
  })
})

describe('Who leads', () => {
  it('puts somebody out, who hears it, and everybody else with the words', async () => {
    const { groupId, conversationId } = await groupOf('public')
    await groupsOf(bob).kick!(groupId, ['carol'], 'enough')
    await carol.until(() =>
      expect(carol.told('member.removed')).toMatchObject([
        { groupId, userIds: ['carol'], how: 'kicked', byId: 'bob' },
      ]),
    )
    await expect(carol.say(conversationId, 'why')).rejects.toMatchObject({ code: 10007 })
    await alice.until(() =>
      expect(noticesOf(alice).at(-1)).toMatchObject({ about: 'kicked', userIds: ['carol'], text: 'enough' }),
    )
    expect((await groupsOf(alice).fetch([groupId]))[0]?.memberCount).toBe(2)
  })

  it('hands the group over, and is a member then', async () => {
    const { groupId } = await groupOf('public')
    await groupsOf(alice).transfer!(groupId, 'carol')
    const { items } = await groupsOf(alice).members(groupId, {})
    expect(items.map(({ userId, role }) => [userId, role])).toEqual([
      ['carol', 'owner'],
      ['bob', 'admin'],
      ['alice', 'member'],
    ])
    await groupsOf(alice).quit(groupId)
  })

  it('dissolves it for everybody, who keep nothing', async () => {
    const { groupId, conversationId } = await groupOf('public')
    await groupsOf(alice).dissolve!(groupId)
    await carol.until(() =>
      expect(carol.told('conversation.removed')).toMatchObject([
        { ids: [conversationId], withHistory: true },
      ]),
    )
    expect(carol.told('group.changed').at(-1)?.groups).toMatchObject([{ id: groupId, state: 'dissolved' }])
    expect(carol.told('member.removed')).toEqual([])
    await expect(carol.say(conversationId, 'anybody?')).rejects.toMatchObject({ code: 10010 })
    await expect(groupsOf(bob).join(groupId)).rejects.toMatchObject({ code: 10010 })
  })
})

describe('A profile', () => {
  it.each([
    [{ name: '名'.repeat(10) + 'x' }, 8502],
    [{ intro: 'x'.repeat(241) }, 8503],
    [{ announcement: 'x'.repeat(301) }, 8504],
    [{ avatar: 'x'.repeat(101) }, 8505],
  ])('is refused with %j', async (wrong, code) => {
    const { groupId } = await groupOf('public')
    await expect(groupsOf(bob).update!({ id: groupId, ...wrong })).rejects.toMatchObject({ code })
  })

  it('says in the timeline what is new, and nothing where nothing is', async () => {
    const { groupId } = await groupOf('public', { intro: 'old' })
    await groupsOf(bob).update!({ id: groupId, name: 'Hikers', intro: 'old' })
    await groupsOf(bob).update!({ id: groupId, name: 'Hikers' })
    await carol.until(() =>
      expect(carol.told('group.changed').at(-1)?.groups).toMatchObject([{ name: 'Hikers' }]),
    )
    expect(noticesOf(carol).filter(({ about }) => about === 'profile')).toEqual([
      { kind: 'notice', about: 'profile', byId: 'bob', changes: { id: groupId, name: 'Hikers' } },
    ])
  })

  it('has only doors that its type has', async () => {
    const { groupId } = await groupOf('meeting')
    await expect(groupsOf(bob).update!({ id: groupId, joining: 'closed' })).rejects.toMatchObject({
      code: 10004,
    })
  })

  it('leaves name cards to their owners and those above', async () => {
    const { groupId } = await groupOf('public')
    await groupsOf(carol).updateMember!(groupId, { userId: 'carol', nameCard: 'Caro' })
    await expect(
      groupsOf(carol).updateMember!(groupId, { userId: 'bob', nameCard: 'Bobby' }),
    ).rejects.toMatchObject({ code: 10007 })
    await groupsOf(bob).updateMember!(groupId, { userId: 'carol', nameCard: null })
    const { items } = await groupsOf(bob).members(groupId, { ids: ['carol'] })
    expect(items[0]?.nameCard).toBeUndefined()
  })
})
