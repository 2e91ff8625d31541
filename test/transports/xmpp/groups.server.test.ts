import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { GroupsFacet } from '../../../src/core/ports'
import type { Group, TransportEvent } from '../../../src/model'
import { outgoing, received, texts } from '../../support/xmppMessages'
import { signIn } from '../../support/xmppUser'
import type { XmppUser } from '../../support/xmppUser'
import { startXmppServer, xmppServerNames } from '../../support/xmppServers'
import type { XmppServer } from '../../support/xmppServers'

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe.each(xmppServerNames)('groups on %s', (name) => {
  let server: XmppServer
  const users: XmppUser[] = []

  beforeAll(async () => {
    server = await startXmppServer(name)
    await server.register('alice', 'bob', 'carol')
  })
  afterEach(async () => {
    await Promise.all(users.splice(0).map((user) => user.transport.disconnect()))
  })
  afterAll(() => server.close())

  it('are made whole, and whoever is asked comes in', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const { group, members } = await groupsOf(alice).create(
      { type: 'work', name: 'Plans & <more>', intro: '计划', announcement: 'Be\nkind', avatar: PIXEL },
      [bob.id],
    )
    expect(group).toMatchObject({
      type: 'work',
      state: 'joined',
      name: 'Plans & <more>',
      intro: '计划',
      announcement: 'Be\nkind',
      avatar: PIXEL,
      ownerId: alice.id,
      joining: 'closed',
      inviting: 'free',
      me: { userId: alice.id, role: 'owner' },
    })
    expect(members).toEqual({ done: [], pending: [bob.id], failed: [] })
    const invitation = await invited(bob, group)
    expect(invitation).toMatchObject({ kind: 'invites-me', state: 'pending', byId: alice.id, userId: bob.id })
    expect((await groupsOf(bob).applications!()).items).toEqual([invitation])
    await groupsOf(bob).answer!(invitation.id, 'accept')
    await alice.until(() => changedMember(alice, group, bob)?.role === 'member')
    expect((await groupsOf(bob).applications!()).items).toEqual([])
    const seen = await groupsOf(bob).fetch([group.id])
    expect(seen).toEqual([{ ...group, me: { userId: bob.id, role: 'member' } }])
    const inGroup = await groupsOf(bob).members(group.id, {})
    expect(inGroup.items).toEqual([
      { userId: alice.id, role: 'owner' },
      { userId: bob.id, role: 'member' },
    ])
    expect((await groupsOf(bob).list()).items.map(({ id }) => id)).toEqual([group.id])
    expect(await groupsOf(bob).onlineCount!(group.id)).toBe(2)
    for (const user of [alice, bob]) expect(user.told('wire.rejected')).toEqual([])
  })

  it('are entered again at the next sign-in', async () => {
    const [alice] = await present('alice')
    const { group } = await groupsOf(alice).create({ type: 'public', name: 'Again' }, [])
    await alice.transport.disconnect()
    const [again] = await present('alice')
    await again.until(() => joined(again, group))
    expect((await groupsOf(again).list()).items.map(({ id }) => id)).toContain(group.id)
  })

  it('are refused where they are there already, or have no sound name', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const { group } = await groupsOf(alice).create({ type: 'public', id: 'taken' }, [])
    expect(group.id).toBe(`taken@${server.roomsDomain}`)
    const taken = { type: 'public' as const, id: 'taken' }
    await expect(groupsOf(alice).create(taken, [])).rejects.toMatchObject({ kind: 'conflict' })
    await expect(groupsOf(bob).create(taken, [])).rejects.toMatchObject({ kind: 'conflict' })
    expect((await groupsOf(alice).members(group.id, {})).items).toHaveLength(1)
    for (const id of ['a b', 'x@elsewhere.test', '/', 'x/y']) {
      await expect(groupsOf(alice).create({ type: 'work', id }, [])).rejects.toMatchObject({
        kind: 'invalid',
      })
    }
    await expect(groupsOf(alice).create({ type: 'community' }, [])).rejects.toMatchObject({ kind: 'invalid' })
    await expect(groupsOf(alice).create(undefined as never, [])).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('are open or closed to whoever comes by himself, and none is made by mistake', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const open = (await groupsOf(alice).create({ type: 'public' }, [])).group
    const closed = (await groupsOf(alice).create({ type: 'work' }, [])).group
    expect(await groupsOf(bob).join(open.id)).toBe('joined')
    await alice.until(() => changedMember(alice, open, bob))
    await expect(groupsOf(bob).join(closed.id)).rejects.toMatchObject({ kind: 'not-member' })
    const nowhere = `nowhere@${server.roomsDomain}`
    await expect(groupsOf(bob).join(nowhere)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await groupsOf(bob).fetch([nowhere, 'no id'])).toEqual([])
    await groupsOf(bob).quit(open.id)
    await alice.until(() => removed(alice, open, bob)?.how === 'quit')
    expect((await groupsOf(bob).list()).items.map(({ id }) => id)).not.toContain(open.id)
    await expect(groupsOf(bob).quit(open.id)).rejects.toMatchObject({ kind: 'not-member' })
    expect(await groupsOf(bob).join(open.id)).toBe('joined')
  })

  it('become what their owner says, and all hear of it', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const group = await groupOf(alice, bob)
    const { update } = groupsOf(alice)
    await update!({ id: group.id, name: 'New name', intro: 'New intro', inviting: 'closed' })
    await bob.until(() =>
      changedGroup(bob, group).some((patch) => patch.name === 'New name' && patch.intro === 'New intro'),
    )
    await update!({ id: group.id, announcement: 'Read & <obey>' })
    await bob.until(() =>
      changedGroup(bob, group).some(({ announcement }) => announcement === 'Read & <obey>'),
    )
    await update!({ id: group.id, avatar: PIXEL })
    const [seen] = await groupsOf(bob).fetch([group.id])
    expect(seen).toMatchObject({
      name: 'New name',
      intro: 'New intro',
      announcement: 'Read & <obey>',
      avatar: PIXEL,
      joining: 'closed',
    })
    await update!({ id: group.id, joining: 'free', announcement: null, intro: null })
    await bob.until(() => changedGroup(bob, group).some(({ joining }) => joining === 'free'))
    await bob.until(
      () =>
        changedGroup(bob, group).at(-1)?.announcement === null ||
        changedGroup(bob, group).some(({ announcement }) => announcement === null),
    )
    await expect(update!({ id: group.id, isMuted: true })).rejects.toMatchObject({ kind: 'unsupported' })
    await expect(groupsOf(bob).update!({ id: group.id, name: 'x' })).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(groupsOf(bob).update!({ id: group.id, announcement: 'x' })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('have admins, who can do what members cannot', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const group = await groupOf(alice, bob)
    const scope = { groupId: group.id }
    expect(alice.transport.can('groups.setRole', scope)).toBe('yes')
    expect(bob.transport.can('groups.kick', scope)).toMatchObject({ kind: 'forbidden' })
    const carol = idOf('carol')
    await expect(groupsOf(bob).kick!(group.id, [alice.id])).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await groupsOf(alice).setRole!(group.id, [bob.id, carol], 'admin')).toMatchObject({
      done: [bob.id, carol],
      failed: [],
    })
    await bob.until(() => changedMember(bob, group, bob)?.role === 'admin')
    expect(bob.transport.can('groups.kick', scope)).toBe('yes')
    expect(bob.transport.can('groups.setRole', scope)).toMatchObject({ kind: 'forbidden' })
    const admins = (await groupsOf(bob).members(group.id, { only: 'admins' })).items
    expect(admins.map(({ userId }) => userId).sort()).toEqual([alice.id, bob.id, carol].sort())
    await groupsOf(alice).setRole!(group.id, [bob.id], 'member')
    await bob.until(() => changedMember(bob, group, bob)?.role === 'member')
    expect(bob.transport.can('groups.kick', scope)).toMatchObject({ kind: 'forbidden' })
  })

  it('mute a member, who can be heard again later', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const group = await groupOf(alice, bob)
    const result = await groupsOf(alice).setMuted!(group.id, [bob.id, idOf('carol')], 'forever')
    expect(result.done).toEqual([bob.id])
    expect(result.failed).toMatchObject([{ id: idOf('carol'), error: { kind: 'not-found' } }])
    await bob.until(() => changedMember(bob, group, bob)?.mutedUntil === 'forever')
    await expect(say(bob, group, 'hm')).rejects.toMatchObject({ kind: 'muted' })
    expect(
      (await groupsOf(bob).members(group.id, { only: 'muted' })).items.map(({ userId }) => userId),
    ).toEqual([bob.id])
    // A mute lasts over leaving and coming back: where the server forgets it, whoever muted says it again.
    await bob.transport.disconnect()
    const [again] = await present('bob')
    await again.until(() => changedMember(again, group, again)?.mutedUntil === 'forever')
    await expect(say(again, group, 'hm')).rejects.toMatchObject({ kind: 'muted' })
    await groupsOf(alice).setMuted!(group.id, [bob.id], null)
    await again.until(() => changedMember(again, group, again)?.mutedUntil === null)
    await say(again, group, 'at last')
    await expect(groupsOf(alice).setMuted!(group.id, [bob.id], 5)).rejects.toMatchObject({
      kind: 'unsupported',
    })
  })

  it('let members go, who cannot come back by themselves', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const group = await groupOf(alice, bob)
    expect(await groupsOf(alice).kick!(group.id, [bob.id], 'Noise')).toMatchObject({
      done: [bob.id],
      failed: [],
    })
    await bob.until(() => removed(bob, group, bob)?.how === 'kicked')
    await alice.until(() => removed(alice, group, bob)?.how === 'kicked')
    await bob.until(() => changedGroup(bob, group).at(-1)?.state === 'not-joined')
    await expect(groupsOf(bob).join(group.id)).rejects.toMatchObject({ kind: 'not-member' })
    expect((await groupsOf(alice).members(group.id, {})).items).toHaveLength(1)
    await groupsOf(alice).invite!(group.id, [bob.id], 'Come back')
    await bob.until(() => bob.told('application.changed').at(-1)?.applications[0]?.wording === 'Come back')
    expect(await groupsOf(bob).join(group.id)).toBe('joined')
    await bob.until(() => bob.told('application.changed').at(-1)?.applications[0]?.state === 'accepted')
  })

  it.each(['work', 'public'] as const)('of type %s ban, and lift a ban', async (type) => {
    const [alice, bob] = await present('alice', 'bob')
    const group = await groupOf(alice, bob, type)
    await groupsOf(alice).setBanned!(group.id, [bob.id], 'forever', 'Enough')
    await bob.until(() => removed(bob, group, bob)?.how === 'banned')
    await expect(groupsOf(bob).join(group.id)).rejects.toMatchObject({
      kind: expect.stringMatching(/^(forbidden|not-member)$/) as string,
    })
    const banned = (await groupsOf(alice).members(group.id, { only: 'banned' })).items
    expect(banned.map(({ userId }) => userId)).toEqual([bob.id])
    await groupsOf(alice).setBanned!(group.id, [bob.id], null)
    expect((await groupsOf(alice).members(group.id, { only: 'banned' })).items).toEqual([])
    await groupsOf(alice).invite!(group.id, [bob.id])
    expect(await groupsOf(bob).join(group.id)).toBe('joined')
  })

  it('keep a banned member out also where another is muted', async () => {
    const [alice, bob, carol] = await present('alice', 'bob', 'carol')
    const group = await groupOf(alice, bob)
    await admit(alice, carol, group)
    await groupsOf(alice).setMuted!(group.id, [carol.id], 'forever')
    await groupsOf(alice).setBanned!(group.id, [bob.id], 'forever')
    await bob.until(() => removed(bob, group, bob)?.how === 'banned')
    await groupsOf(bob)
      .join(group.id)
      .catch(() => undefined)
    // A closed moderated room of ejabberd lets him in again, and whoever rules there shows him out.
    await alice.until(() => removedTimes(alice, group, bob) === (name === 'ejabberd' ? 2 : 1))
    expect(
      (await groupsOf(alice).members(group.id, { only: 'online' })).items.map(({ userId }) => userId),
    ).not.toContain(bob.id)
  })

  it('pass to another owner, and end with a word to everybody', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const group = await groupOf(alice, bob)
    await groupsOf(alice).transfer!(group.id, bob.id)
    await alice.until(() => changedMember(alice, group, alice)?.role === 'member')
    await bob.until(() => changedMember(bob, group, bob)?.role === 'owner')
    expect(alice.transport.can('groups.dissolve', { groupId: group.id })).toMatchObject({ kind: 'forbidden' })
    await expect(groupsOf(alice).dissolve!(group.id)).rejects.toMatchObject({ kind: 'forbidden' })
    await groupsOf(bob).dissolve!(group.id)
    for (const user of [alice, bob]) {
      await user.until(() => changedGroup(user, group).at(-1)?.state === 'dissolved')
    }
    expect(alice.transport.can('groups.update', { groupId: group.id })).not.toBe('yes')
  })

  it('wait with their invitation for who is not there', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const checkpoint = await bob.until(() => bob.told('checkpoint.advanced').at(-1)?.checkpoint)
    await bob.transport.disconnect()
    const { group } = await groupsOf(alice).create({ type: 'work', name: 'Later' }, [bob.id])
    const again = await signIn(server, 'bob', { checkpoint })
    users.push(again)
    const { id } = await invited(again, group)
    await groupsOf(again).answer!(id, 'refuse')
    // The archive may tell of it once more, which is no second question.
    const conversation = await alice.transport.conversations.open({ userId: bob.id })
    await alice.transport.messages.send(outgoing(conversation.id, 'well?')).result
    await again.until(() => texts(received(again)).includes('well?'))
    expect((await groupsOf(again).applications!()).items.map(({ groupId }) => groupId)).not.toContain(
      group.id,
    )
  })

  it('are entered and left on all devices of an account', async () => {
    const [alice, phone] = await present('alice', 'alice')
    const { group } = await groupsOf(alice).create({ type: 'public', name: 'Both' }, [])
    await phone.until(() => joined(phone, group))
    await groupsOf(alice).quit(group.id)
    // ejabberd does not say that a bookmark is gone: its other devices hear of it at their next sign-in.
    if (name === 'prosody') {
      await phone.until(() => changedGroup(phone, group).at(-1)?.state === 'not-joined')
    }
    await phone.transport.disconnect()
    const [again] = await present('alice')
    expect((await groupsOf(again).list()).items.map(({ id }) => id)).not.toContain(group.id)
  })

  it('can be refused to come into', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const { group } = await groupsOf(alice).create({ type: 'work' }, [bob.id])
    const { id } = await invited(bob, group)
    await groupsOf(bob).answer!(id, 'refuse', 'No time')
    await bob.until(() => bob.told('application.changed').at(-1)?.applications[0]?.state === 'refused')
    await expect(groupsOf(bob).answer!(id, 'accept')).rejects.toMatchObject({ kind: 'not-found' })
  })

  it('are found by name', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const { group } = await groupsOf(alice).create({ type: 'public', name: 'Aquarium keepers' }, [])
    await groupsOf(alice).create({ type: 'work', name: 'Aquarium thieves' }, [])
    const found = (await groupsOf(bob).findGroups!('aquarium')).items
    expect(found).toMatchObject([{ id: group.id, name: 'Aquarium keepers', state: 'not-joined' }])
  })

  it('of type live end with the last who leaves', async () => {
    const [alice, bob] = await present('alice', 'bob')
    const { group } = await groupsOf(alice).create({ type: 'live', name: 'Show' }, [])
    expect(group).toMatchObject({ type: 'live', joining: 'free' })
    await groupsOf(bob).join(group.id)
    expect(await groupsOf(bob).onlineCount!(group.id)).toBe(2)
    await groupsOf(bob).quit(group.id)
    await groupsOf(alice).quit(group.id)
    await alice.until(() => changedGroup(alice, group).at(-1)?.state === 'not-joined')
    expect(await gone(alice, group)).toBe(true)
  })

  async function present<const N extends readonly string[]>(...names: N) {
    const here = await Promise.all(names.map((user) => signIn(server, user)))
    users.push(...here)
    return here as { readonly [I in keyof N]: XmppUser }
  }

  /** A group with two people in it. */
  async function groupOf(alice: XmppUser, bob: XmppUser, type: 'work' | 'public' = 'work'): Promise<Group> {
    const { group } = await groupsOf(alice).create({ type, name: 'Group' }, [bob.id])
    await groupsOf(bob).answer!((await invited(bob, group)).id, 'accept')
    await alice.until(() => changedMember(alice, group, bob))
    return group
  }

  async function admit(alice: XmppUser, carol: XmppUser, group: Group): Promise<void> {
    await groupsOf(alice).invite!(group.id, [carol.id])
    await groupsOf(carol).answer!((await invited(carol, group)).id, 'accept')
    await alice.until(() => changedMember(alice, group, carol))
  }

  function idOf(user: string): string {
    return `${user}@${server.domain}`
  }
})

function groupsOf(user: XmppUser): GroupsFacet {
  return user.transport.groups!
}

function invited(user: XmppUser, { id }: Group) {
  return user.until(() =>
    user
      .told('application.changed')
      .flatMap(({ applications }) => applications)
      .find(({ groupId, state }) => groupId === id && state === 'pending'),
  )
}

function changedGroup(user: XmppUser, { id }: Group) {
  return user.told('group.changed').flatMap(({ groups }) => groups.filter((patch) => patch.id === id))
}

function joined(user: XmppUser, group: Group): boolean {
  return changedGroup(user, group).some(({ me }) => me?.userId === user.id)
}

/** What was last told of a member. */
function changedMember(user: XmppUser, group: Group, { id }: XmppUser) {
  const told = user.told('member.changed').filter(({ groupId }) => groupId === group.id)
  return told.flatMap(({ members }) => members.filter(({ userId }) => userId === id)).at(-1)
}

function removals(
  user: XmppUser,
  group: Group,
  { id }: XmppUser,
): Extract<TransportEvent, { type: 'member.removed' }>[] {
  return user
    .told('member.removed')
    .filter(({ groupId, userIds }) => groupId === group.id && userIds.includes(id))
}

function removed(user: XmppUser, group: Group, other: XmppUser) {
  return removals(user, group, other).at(-1)
}

function removedTimes(user: XmppUser, group: Group, other: XmppUser): number {
  return removals(user, group, other).length
}

async function say({ transport }: XmppUser, { id }: Group, text: string): Promise<void> {
  const conversation = await transport.conversations.open({ groupId: id })
  await transport.messages.send(outgoing(conversation.id, text)).result
}

/** A question to a room that is just ending is lost at ejabberd, so it gets a moment to end. */
async function gone(user: XmppUser, { id }: Group): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    if ((await groupsOf(user).fetch([id])).length === 0) return true
  }
  return false
}
