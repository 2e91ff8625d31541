import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChatKit } from '../../src/app'
import { useGroupAdmin } from '../../src/composables'
import type { GroupAdminView, GroupTask } from '../../src/composables'
import type { GroupType, Member } from '../../src/model'
import { POWERS } from '../core/groups/rightsFixture'
import { runInKit } from '../support/runInKit'
import { setServiceStage } from '../support/serviceStage'
import type { ServiceStage } from '../support/serviceStage'

const RIGHTS: Readonly<Partial<Record<GroupTask, string>>> = {
  editProfile: 'canEditProfile',
  editSettings: 'canEditSettings',
  muteAll: 'canMuteAll',
  approve: 'canApprove',
  setAdmins: 'canSetAdmins',
  transfer: 'canTransfer',
  mute: 'canMute',
  kick: 'canKick',
  setNameCards: 'canKick',
  quit: 'canQuit',
  dissolve: 'canDissolve',
}
const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']
const ROLES = { owner: 'alice', admin: 'bob', member: 'carol' } as const

let stage: ServiceStage<string>
let kits: Readonly<Record<string, ChatKit>>
let stops: (() => void)[] = []

beforeEach(async () => {
  stage = await setServiceStage({ name: 'use-group-admin', people: Object.values(ROLES) })
  kits = stage.kits
})
afterEach(async () => {
  stops.forEach((stop) => stop())
  stops = []
  await stage.clear()
})

/** A group with all three in it, and how each of them sees it. */
async function groupOf(type: GroupType): Promise<Readonly<Record<string, GroupAdminView>>> {
  const alice = kits['alice']!
  const { group } = await alice.dispatch({
    type: 'createGroup',
    group: { type, name: type },
    memberIds: type === 'live' ? [] : ['bob', 'carol'],
  })
  for (const userId of ['bob', 'carol']) {
    if (type === 'live') await kits[userId]!.dispatch({ type: 'joinGroup', groupId: group.id })
  }
  if (POWERS['canSetAdmins']?.[type] === 'o') {
    await alice.dispatch({ type: 'setRole', groupId: group.id, userIds: ['bob'], role: 'admin' })
  }
  const views = Object.entries(kits).map(([userId, kit]) => {
    const { view, stop } = runInKit(kit, () => useGroupAdmin(group.id))
    stops.push(stop)
    return [userId, view] as const
  })
  const hasAdmins = POWERS['canSetAdmins']?.[type] === 'o'
  const byId = Object.fromEntries(views)
  await vi.waitFor(() => {
    for (const [role, userId] of Object.entries(ROLES)) {
      expect(byId[userId]?.group.value?.me?.role).toBe(role === 'admin' && !hasAdmins ? 'member' : role)
      expect(byId[userId]?.membersState.value).toBe('ready')
    }
  })
  return byId
}

describe('What is offered', () => {
  it.each(TYPES)('in a group of type %s is to each role what it may do', async (type) => {
    const views = await groupOf(type)
    const hasAdmins = POWERS['canSetAdmins']?.[type] === 'o'
    for (const [role, userId] of Object.entries(ROLES)) {
      if (role === 'admin' && !hasAdmins) continue
      const offered = Object.keys(RIGHTS).filter((task) => views[userId]!.can(task as GroupTask))
      const allowed = Object.entries(RIGHTS)
        .filter(([, right]) => POWERS[right]?.[type].includes(role.slice(0, 1)))
        .map(([task]) => task)
      expect([role, offered]).toEqual([role, allowed])
    }
  })

  it('is never offered about an equal or somebody above', async () => {
    const views = await groupOf('public')
    const mutable = (userId: string) =>
      views[userId]!.members.value.filter((member: Member) => views[userId]!.canTo('mute', member)).map(
        (member) => member.userId,
      )
    expect(mutable('alice')).toEqual(['bob', 'carol'])
    expect(mutable('bob')).toEqual(['carol'])
    expect(mutable('carol')).toEqual([])
  })
})

describe('What is done', () => {
  it('shows at the others while they look', async () => {
    const views = await groupOf('public')
    await views['alice']!.setAdmin('carol', true)
    await vi.waitFor(() => expect(views['carol']!.can('kick')).toBe(true))
    await views['bob']!.update({ name: 'Hikers' })
    await vi.waitFor(() => expect(views['carol']!.group.value?.name).toBe('Hikers'))
    await views['alice']!.kick(['carol'])
    await vi.waitFor(() =>
      expect(views['bob']!.members.value.map(({ userId }) => userId)).toEqual(['alice', 'bob']),
    )
    await vi.waitFor(() => expect(views['carol']!.group.value?.state).toBe('not-joined'))
  })

  it('keeps the fields of the app that two write at once', async () => {
    const views = await groupOf('public')
    await Promise.all([
      views['alice']!.update({ custom: { floor: 3 } }),
      views['bob']!.update({ custom: { colour: 'green' } }),
    ])
    const both = { floor: 3, colour: 'green' }
    for (const view of Object.values(views)) {
      await vi.waitFor(() => expect(view.group.value?.custom).toEqual(both), { timeout: 20_000 })
    }
    // What follows one's own order leaves the fields of others where they are.
    await views['alice']!.update({ custom: { floor: null } })
    expect(views['alice']!.group.value?.custom).toEqual({ colour: 'green' })
  })

  it('rejects with the reason where a batch of one was refused', async () => {
    const views = await groupOf('public')
    await expect(views['bob']!.kick(['alice'])).rejects.toMatchObject({ code: 10007 })
    await expect(views['carol']!.update({ name: 'mine' })).rejects.toMatchObject({ code: 10007 })
  })

  it('counts bytes, not letters', async () => {
    const views = await groupOf('public')
    expect(views['alice']!.bytesLeft('name', '山友')).toBe(24)
    expect(views['alice']!.bytesLeft('announcement', 'x'.repeat(301))).toBe(-1)
  })
})
