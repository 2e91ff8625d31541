import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatKit } from '../../src/app'
import { useCreateGroup, useGroupInbox, useGroupSearch, useInvite, useJoinGroup } from '../../src/composables'
import type { Group, GroupId, GroupType } from '../../src/model'
import { useGroupStore } from '../../src/stores'
import { runInKit } from '../support/runInKit'
import { setServiceStage } from '../support/serviceStage'
import type { ServiceStage } from '../support/serviceStage'

let stage: ServiceStage<string>
let kits: Readonly<Record<string, ChatKit>>
let stops: (() => void)[] = []

async function begin(invitees: 'let-in' | 'asked' = 'let-in'): Promise<void> {
  stage = await setServiceStage({
    name: 'group-doors',
    people: ['alice', 'bob', 'carol', 'dave'],
    nameOf: (userId) => userId.toUpperCase(),
    invitees,
  })
  kits = stage.kits
}
async function end(): Promise<void> {
  stops.forEach((stop) => stop())
  stops = []
  await stage.clear()
}
beforeEach(() => begin())
afterEach(end)

function as<View>(userId: string, use: () => View): View {
  const { view, stop } = runInKit(kits[userId]!, use)
  stops.push(stop)
  return view
}

/** A group of alice's, with bob as an admin beside her. */
async function groupOf(type: GroupType, more: Partial<Group> = {}): Promise<GroupId> {
  const alice = kits['alice']!
  const { group } = await alice.dispatch({
    type: 'createGroup',
    group: { type, name: 'Trail mates', ...more },
    memberIds: ['bob'],
  })
  await alice.dispatch({ type: 'setRole', groupId: group.id, userIds: ['bob'], role: 'admin' })
  return group.id
}

describe('A new group', () => {
  it('is named after its first members where nobody names it, within its bytes', async () => {
    await kits['alice']!.dispatch({ type: 'loadProfiles', ids: ['alice', 'bob', 'carol'] })
    const { create, nameFor, types, isOffered } = as('alice', useCreateGroup)
    expect(isOffered.value).toBe(true)
    expect(types.value).toEqual(['work', 'public', 'meeting', 'live', 'community'])
    await vi.waitFor(() => expect(nameFor(['bob', 'carol'])).toBe('ALICE, BOB, CAROL'))
    expect(nameFor(['a'.repeat(20), 'b'.repeat(20)]).length).toBeLessThanOrEqual(30)
    const made = await create({ type: 'work', name: ' ', memberIds: ['bob', 'nobody'] })
    expect(made.members).toMatchObject({ done: ['bob'], failed: [{ id: 'nobody', error: { code: 20003 } }] })
    expect(made.conversationId).toBe(`group:${made.groupId}`)
    const { group } = as('alice', () => useJoinGroup(made.groupId))
    await vi.waitFor(() => expect(group.value?.name).toBe('ALICE, BOB, nobody'))
  })

  it('takes nobody at once where people come by themselves', () => {
    const { takesMembers } = as('alice', useCreateGroup)
    expect((['work', 'public', 'meeting', 'live', 'community'] as const).filter(takesMembers)).toEqual([
      'work',
      'public',
      'meeting',
      'community',
    ])
  })
})

describe('The door of a group', () => {
  it('opens when a leader agrees, and the faster one does', async () => {
    const groupId = await groupOf('public')
    const { search, foundIds } = as('carol', useGroupSearch)
    await search('trail')
    expect(foundIds.value).toEqual([groupId])
    const { door, join } = as('carol', () => useJoinGroup(groupId))
    await vi.waitFor(() => expect(door.value.at).toBe('approval'))
    expect(await join('me too')).toBe('pending')
    await vi.waitFor(() => expect(door.value.at).toBe('waiting'))

    const inboxes = { alice: as('alice', useGroupInbox), bob: as('bob', useGroupInbox) }
    await vi.waitFor(() => {
      for (const { applications, waitingCount } of Object.values(inboxes)) {
        expect(applications.value).toMatchObject([{ userId: 'carol', wording: 'me too', state: 'pending' }])
        expect(waitingCount.value).toBe(1)
      }
    })
    const id = inboxes.alice.applications.value[0]!.id
    const outcomes = await Promise.allSettled([
      inboxes.alice.answer(id, 'accept'),
      inboxes.bob.answer(id, 'refuse'),
    ])
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 10024 } }])
    await vi.waitFor(() => {
      expect(inboxes.bob.applications.value).toMatchObject([{ state: 'accepted' }])
      expect(inboxes.bob.waitingCount.value).toBe(0)
    })
    expect(inboxes.alice.isMine(id)).toBe(true)
    expect(inboxes.bob.isMine(id)).toBe(false)
    await vi.waitFor(() => expect(door.value.at).toBe('inside'))
  })

  it('says why it is closed', async () => {
    const groupId = await groupOf('public', { joining: 'closed' })
    await as('carol', useGroupSearch).search(groupId)
    const { door } = as('carol', () => useJoinGroup(groupId))
    await vi.waitFor(() => expect(door.value).toMatchObject({ at: 'closed', error: { code: 10007 } }))
    expect(as('bob', () => useJoinGroup(groupId)).door.value.at).toBe('inside')
  })
})

describe('An invitation', () => {
  it('tells of each one what became of him', async () => {
    const groupId = await groupOf('public')
    await kits['alice']!.dispatch({ type: 'inviteMembers', groupId, userIds: ['carol'] })
    const carol = as('carol', () => useInvite(groupId))
    await vi.waitFor(() => expect(carol.canInvite.value && carol.needsApproval.value).toBe(true))
    expect(await carol.invite(['dave', 'bob', 'nobody'], 'good walker')).toMatchObject({
      pending: ['dave'],
      failed: [
        { id: 'bob', error: { code: 10013 } },
        { id: 'nobody', error: { code: 20003 } },
      ],
    })
    const alice = as('alice', () => useInvite(groupId))
    expect(alice.needsApproval.value).toBe(false)
    expect(await alice.invite(['dave'], '')).toMatchObject({ done: ['dave'] })
    await vi.waitFor(() =>
      expect([...useGroupStore(kits['alice']!.pinia).applicationById.values()]).toMatchObject([
        { userId: 'dave', kind: 'proposed', state: 'accepted' },
      ]),
    )
  })

  it('is answered by the invited one, where people are asked first', async () => {
    await end()
    await begin('asked')
    const groupId = await groupOf('public')
    const dave = as('dave', useGroupInbox)
    expect(await as('alice', () => useInvite(groupId)).invite(['dave'], '')).toMatchObject({
      pending: ['dave'],
    })
    await vi.waitFor(() => expect(dave.invitations.value).toMatchObject([{ groupId, byId: 'alice' }]))
    expect(dave.waitingCount.value).toBe(1)
    await dave.answer(dave.invitations.value[0]!.id, 'accept')
    await vi.waitFor(() => expect(dave.invitations.value).toMatchObject([{ state: 'accepted' }]))
    await vi.waitFor(() => expect(as('dave', () => useJoinGroup(groupId)).door.value.at).toBe('inside'))
  })
})
