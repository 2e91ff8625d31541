import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GroupType } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { textOf, visit, visitAll } from './visit'
import type { Visit } from './visit'

let service: EmbeddedService
let alice: Visit
let bob: Visit

beforeEach(async () => {
  service = createEmbeddedService({ storage: 'memory' })
  ;({ alice, bob } = await visitAll(service, ['alice', 'bob'], { away: ['carol', 'dave'] }))
})
afterEach(() => service.close())

async function groupOf(
  type: GroupType,
  memberIds: readonly string[] = ['bob'],
  joining: 'free' | 'approval' = 'free',
) {
  const { group, members } = await alice.transport.groups!.create({ type, name: type, joining }, memberIds)
  const conversation = await alice.transport.conversations.open({ groupId: group.id })
  return { group, members, conversation }
}

function newest(person: Visit, conversationId: string) {
  return person.transport.messages.history({ conversationId, from: 'newest', direction: 'older', count: 20 })
}

describe('A new group', () => {
  it.each(['work', 'public', 'meeting', 'community'] as const)(
    'of type %s has its members and tells them',
    async (type) => {
      const { group, conversation, members } = await groupOf(type, ['bob', 'nobody', 'bob'])
      expect(members).toMatchObject({
        done: ['bob'],
        pending: [],
        failed: [{ id: 'nobody', error: { code: 20003 } }],
      })
      expect(group).toMatchObject({
        type,
        state: 'joined',
        ownerId: 'alice',
        memberCount: 2,
        me: { role: 'owner' },
      })
      await bob.until(() =>
        expect(bob.told('group.changed')[0]?.groups).toMatchObject([
          { id: group.id, state: 'joined', me: { role: 'member' } },
        ]),
      )
      expect(bob.received()[0]?.parts).toEqual([
        { kind: 'notice', about: 'created', byId: 'alice', userIds: ['bob'] },
      ])
      expect(bob.told('conversation.changed')[0]?.conversations).toMatchObject([
        { id: conversation.id, kind: 'group', groupId: group.id, unreadCount: 0 },
      ])
      expect((await bob.transport.groups!.list()).items.map(({ id }) => id)).toEqual([group.id])
    },
  )

  it.each([
    [{ name: '名'.repeat(10) + 'x' }, 8502],
    [{ name: 'ok', intro: 'x'.repeat(241) }, 8503],
    [{ name: 'ok', announcement: 'x'.repeat(301) }, 8504],
    [{ name: 'ok', avatar: 'x'.repeat(101) }, 8505],
    [{ name: 'ok', id: '@TGS#1' }, 8501],
    [{ name: 'ok', id: '群' }, 8501],
    [{ name: 5 }, 'invalid'],
    [{ type: 'secret' }, 'invalid'],
  ])('is refused with %j', async (wrong, code) => {
    const given = { type: 'work', ...wrong } as never
    await expect(alice.transport.groups!.create(given, [])).rejects.toMatchObject({ code })
    expect((await alice.transport.groups!.list()).items).toEqual([])
  })

  it('is stored without control characters, its name on one line', async () => {
    const given = { name: 'a\tb\u0007', intro: 'one\r\ntwo', announcement: '\u001b[31mred' }
    const { group } = await alice.transport.groups!.create({ type: 'work', ...given }, [])
    expect(group).toMatchObject({ name: 'a b', intro: 'one\ntwo', announcement: '[31mred' })
  })

  it('cannot carry more of its own than fits', async () => {
    const given = { type: 'work', custom: { text: 'x'.repeat(17_000) } } as const
    await expect(alice.transport.groups!.create(given, [])).rejects.toMatchObject({ kind: 'too-large' })
  })

  it('cannot take an id that is taken', async () => {
    await alice.transport.groups!.create({ type: 'work', id: 'mine' }, [])
    await expect(alice.transport.groups!.create({ type: 'work', id: 'mine' }, [])).rejects.toMatchObject({
      code: 10025,
    })
    await expect(bob.transport.groups!.create({ type: 'work', id: 'mine' }, [])).rejects.toMatchObject({
      code: 10021,
    })
  })
})

describe('Joining', () => {
  it.each([
    ['public', 'joined', ['[notice]', 'after']],
    ['meeting', 'start', ['[notice]', 'before', 'after']],
    ['community', 'start', ['[notice]', 'before', '[notice]', 'after']],
    ['live', 'retention', []],
  ] as const)('a group of type %s shows what its kind shows of the past', async (type, end, texts) => {
    const { group, conversation } = await groupOf(type, [])
    await alice.say(conversation.id, 'before')
    expect(await bob.transport.groups!.join(group.id)).toBe('joined')
    await bob.until(() =>
      expect(bob.told('conversation.changed').at(-1)?.conversations).toMatchObject([{ id: conversation.id }]),
    )
    await alice.say(conversation.id, 'after')
    await bob.until(() => expect(bob.received().map(textOf)).toContain('after'))
    expect(bob.received().map(textOf)).not.toContain('before')
    const page = await newest(bob, conversation.id)
    expect(page.older).toEqual({ end })
    expect(page.messages.map((message) => textOf(message) ?? '[notice]')).toEqual(texts)
  })

  it('a work group is refused, and `can` says so before', async () => {
    const { group } = await groupOf('work', [])
    await bob.transport.groups!.fetch([group.id])
    expect(bob.transport.can('groups.join', { groupId: group.id })).toMatchObject({ code: 8508 })
    await expect(bob.transport.groups!.join(group.id)).rejects.toMatchObject({ code: 8508 })
  })

  it('twice, or what is not there, is refused', async () => {
    const { group } = await groupOf('meeting')
    await expect(bob.transport.groups!.join(group.id)).rejects.toMatchObject({ code: 10013 })
    await expect(bob.transport.groups!.join('nothing')).rejects.toMatchObject({ code: 10010 })
  })
})

describe('Quitting', () => {
  it('tells the others and ends the conversation', async () => {
    const { group, conversation } = await groupOf('public')
    await bob.transport.groups!.quit(group.id)
    await alice.until(() =>
      expect(alice.told('member.removed')).toMatchObject([
        { groupId: group.id, userIds: ['bob'], how: 'quit' },
      ]),
    )
    await bob.until(() =>
      expect(bob.told('conversation.removed')).toMatchObject([{ ids: [conversation.id] }]),
    )
    const heard = bob.received().length
    await alice.say(conversation.id, 'is he gone?')
    await expect(bob.say(conversation.id, 'no')).rejects.toMatchObject({ code: 10007 })
    expect(bob.received()).toHaveLength(heard)
    expect((await alice.transport.groups!.fetch([group.id]))[0]?.memberCount).toBe(1)
    expect((await bob.transport.groups!.fetch([group.id]))[0]).toMatchObject({ state: 'not-joined' })
  })

  it('is not for owners, but for those of work groups, who pass it on', async () => {
    const { group: open } = await groupOf('public')
    expect(alice.transport.can('groups.quit', { groupId: open.id })).toMatchObject({ code: 10009 })
    await expect(alice.transport.groups!.quit(open.id)).rejects.toMatchObject({
      domain: 'tencent',
      code: 10009,
    })
    const { group: work } = await groupOf('work')
    await alice.transport.groups!.quit(work.id)
    expect((await bob.transport.groups!.fetch([work.id]))[0]).toMatchObject({
      ownerId: 'bob',
      me: { role: 'owner' },
      memberCount: 1,
    })
    await bob.transport.groups!.quit(work.id)
    expect((await bob.transport.groups!.fetch([work.id]))[0]?.state).toBe('dissolved')
  })
})

describe('A group built again under the id of a dissolved one', () => {
  it('begins without its messages and under another incarnation', async () => {
    const build = () => alice.transport.groups!.create({ type: 'work', id: 'phoenix', name: 'phoenix' }, [])
    await build()
    const before = await alice.transport.conversations.open({ groupId: 'phoenix' })
    const old = await alice.say(before.id, 'old', { clientId: 'same' })
    await alice.transport.groups!.quit('phoenix')
    await build()
    const after = await alice.transport.conversations.open({ groupId: 'phoenix' })
    expect(after.incarnation).not.toBe(before.incarnation)
    expect(await alice.transport.messages.find(old)).toBe('absent')
    await alice.say(after.id, 'new', { clientId: 'same' })
    const { messages } = await newest(alice, after.id)
    expect(messages.map((message) => textOf(message) ?? '[notice]')).toEqual(['[notice]', 'new'])
    expect(messages.flatMap(({ keys }) => keys)).not.toContain(old.keys[0])
  })
})

describe('Whoever has left a group', () => {
  it('is told to forget the old messages when another one is built under its id', async () => {
    const build = () =>
      alice.transport.groups!.create({ type: 'work', id: 'phoenix', name: 'phoenix' }, ['bob'])
    await build()
    const { id } = await alice.transport.conversations.open({ groupId: 'phoenix' })
    await alice.say(id, 'old')
    const removals = (person: Visit) => person.told('conversation.removed').map((event) => event.withHistory)
    await alice.transport.groups!.quit('phoenix')
    await alice.until(() => expect(removals(alice)).toEqual([false]))
    await bob.transport.groups!.quit('phoenix')
    await bob.until(() => expect(removals(bob)).toEqual([true]))
    await build()
    await alice.until(() => expect(removals(alice)).toEqual([false, true]))
    const types = alice.events.map((event) => event.type)
    expect(types.lastIndexOf('conversation.removed')).toBeLessThan(types.lastIndexOf('conversation.changed'))
    await alice.say(id, 'new')
    await alice.until(() => expect(textOf(alice.received().at(-1))).toBe('new'))
    expect(removals(alice)).toEqual([false, true])
  })
})

describe('Members', () => {
  it('are listed a hundred a page, the owner first', async () => {
    const ids = Array.from({ length: 250 }, (_n, i) => `m${String(i).padStart(3, '0')}`)
    for (const id of ids) await service.addUser({ id })
    const { group } = await groupOf('public', ids)
    const found: string[] = []
    const sizes: number[] = []
    let cursor: string | undefined
    do {
      const page = await alice.transport.groups!.members(group.id, {}, cursor)
      found.push(...page.items.map(({ userId }) => userId))
      sizes.push(page.items.length)
      cursor = page.next
    } while (cursor !== undefined)
    expect(found).toEqual(['alice', ...ids])
    expect(sizes).toEqual([100, 100, 51])
    const named = await alice.transport.groups!.members(group.id, { ids: ['m007', 'nobody'] })
    expect(named.items.map(({ userId }) => userId)).toEqual(['m007'])
    const admins = await alice.transport.groups!.members(group.id, { only: 'admins' })
    expect(admins.items.map(({ userId }) => userId)).toEqual(['alice'])
  })

  it('are not shown to outsiders', async () => {
    const { group } = await groupOf('public', [])
    await expect(bob.transport.groups!.members(group.id, {})).rejects.toMatchObject({ code: 10007 })
  })
})

describe('In a group', () => {
  it('a mention stays on the conversation until it is read', async () => {
    const { conversation } = await groupOf('work')
    const sent = await alice.say(conversation.id, '@bob', { mentions: { userIds: ['bob'], isAll: false } })
    await alice.say(conversation.id, 'more')
    const mention = async () => (await bob.transport.conversations.open({ id: conversation.id })).mention
    expect(await mention()).toEqual({ isMe: true, isAll: false })
    await bob.transport.conversations.markRead!(conversation.id, sent)
    expect(await mention()).toEqual({ isMe: false, isAll: false })
    await alice.say(conversation.id, '@all', { mentions: { userIds: [], isAll: true } })
    expect(await mention()).toEqual({ isMe: false, isAll: true })
    const { conversation: community } = await groupOf('community')
    await expect(
      alice.say(community.id, '@all', { mentions: { userIds: [], isAll: true } }),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it("settings are one's own", async () => {
    const { conversation } = await groupOf('work')
    const { conversations } = bob.transport
    await conversations.setPinned!(conversation.id, true)
    await conversations.setMarkedUnread!(conversation.id, true)
    expect(await conversations.setNotify!([conversation.id, 'nowhere'], 'mentions')).toMatchObject({
      done: [conversation.id],
      failed: [{ id: 'nowhere' }],
    })
    expect(await conversations.open({ id: conversation.id })).toMatchObject({
      isPinned: true,
      isMarkedUnread: true,
      notify: 'mentions',
    })
    expect(await alice.transport.conversations.open({ id: conversation.id })).toMatchObject({
      isPinned: false,
      isMarkedUnread: false,
      notify: 'all',
    })
  })

  it('who has read is told to all', async () => {
    const { conversation } = await groupOf('work', ['bob', 'carol'])
    const carol = await visit(service, 'carol')
    const sent = await alice.say(conversation.id, 'read this')
    await bob.transport.conversations.markRead!(conversation.id, sent)
    await carol.until(() =>
      expect(carol.told('receipt.received').at(-1)?.receipts).toMatchObject([
        { userId: 'bob', state: 'read', point: { message: { keys: sent.keys } } },
      ]),
    )
    expect(await alice.transport.messages.fetchReceipts!(conversation.id, [])).toContainEqual(
      expect.objectContaining({ userId: 'bob', state: 'read' }),
    )
  })
})
