import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { ChatKit } from '../../../src/app'
import FoundGroup from '../../../src/components/FindGroup/FoundGroup.vue'
import { GroupAdmin } from '../../../src/components/GroupAdmin'
import type { GroupRole } from '../../../src/core/groups'
import type { Group, GroupId, GroupType } from '../../../src/model'
import { useGroupStore } from '../../../src/stores'
import { POWERS } from '../../core/groups/rightsFixture'
import { buttonIn, clearScreen, dialog, patience, press, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

const TYPES: readonly GroupType[] = ['work', 'public', 'meeting', 'live', 'community']
const PEOPLE: Readonly<Record<GroupRole | 'other', string>> = {
  owner: 'alice',
  admin: 'bob',
  member: 'carol',
  other: 'dave',
  outsider: 'erin',
}

let stage: ServiceStage<string>
let kits: Readonly<Record<string, ChatKit>>

beforeAll(async () => {
  stage = await setServiceStage({ name: 'group-rights-on-screen', people: Object.values(PEOPLE) })
  kits = stage.kits
})
afterEach(clearScreen)
afterAll(() => stage.clear())

const may = (power: string, type: GroupType, role: GroupRole) =>
  POWERS[power]?.[type].includes({ owner: 'o', admin: 'a', member: 'm', outsider: 'x' }[role]) ?? false
const hasAdmins = (type: GroupType) => may('canSetAdmins', type, 'owner')

/** A group of alice's with bob, carol and dave in it. */
async function groupOf(type: GroupType): Promise<GroupId> {
  const alice = kits['alice']!
  const joining = type === 'public' ? ({ joining: 'free' } as const) : {}
  const { group } = await alice.dispatch({
    type: 'createGroup',
    group: { type, name: type, ...joining },
    memberIds: type === 'live' ? [] : ['bob', 'carol', 'dave'],
  })
  for (const userId of ['bob', 'carol', 'dave']) {
    if (type === 'live') await kits[userId]!.dispatch({ type: 'joinGroup', groupId: group.id })
  }
  if (hasAdmins(type)) {
    await alice.dispatch({ type: 'setRole', groupId: group.id, userIds: ['bob'], role: 'admin' })
  }
  return group.id
}

/** What somebody sees of it, once all is there. */
async function screenOf(groupId: GroupId, type: GroupType, role: GroupRole): Promise<HTMLElement> {
  const kit = kits[PEOPLE[role]]!
  await kit.dispatch({ type: 'loadGroups', ids: [groupId], refresh: true })
  const component = role === 'outsider' ? FoundGroup : GroupAdmin
  const box = show(kit, () => h(component, { groupId }), { width: 560, height: 1600 })
  const isListed = role !== 'outsider' && may('canReadMembers', type, role)
  await vi.waitFor(() => {
    expect(groupAt(role, groupId)?.type).toBe(type)
    if (isListed) expect(box.querySelectorAll('[role=listitem]').length).toBeGreaterThan(3)
  }, patience)
  return box
}
const groupAt = (role: GroupRole | 'other', id: GroupId): Group | undefined =>
  useGroupStore(kits[PEOPLE[role]]!.pinia).byId.get(id)

/** What the menu of the plain member beside offers. */
async function menuOf(box: HTMLElement): Promise<readonly string[]> {
  const button = buttonIn(box, 'Actions for dave')
  if (!button) return []
  button.click()
  await vi.waitFor(() => expect(document.querySelector('[role=menuitem]')).not.toBeNull(), patience)
  return [...document.querySelectorAll('[role=menuitem]')].map((item) => item.textContent?.trim() ?? '')
}

/** What each power looks like; a group with its door open to all members lets them invite. */
const SEEN: Readonly<Record<string, (box: HTMLElement, menu: readonly string[]) => boolean>> = {
  canEditProfile: (box) => box.querySelector('form textarea') !== null,
  canEditSettings: (box) => box.querySelector('select') !== null,
  canMuteAll: (box) => box.querySelector('input[type=checkbox]') !== null,
  canApprove: (box) => box.textContent?.includes('Requests to join') ?? false,
  canReadMembers: (box) => box.querySelector('[role=list]') !== null,
  canInvite: (box) => buttonIn(box, 'Invite') !== undefined,
  canQuit: (box) => buttonIn(box, 'Leave group') !== undefined,
  canDissolve: (box) => buttonIn(box, 'Dissolve group') !== undefined,
  canSetAdmins: (_, menu) => menu.includes('Make admin'),
  canMute: (_, menu) => menu.includes('Mute for 10 minutes'),
  canTransfer: (_, menu) => menu.includes('Make owner'),
  canKick: (_, menu) => menu.includes('Remove from group'),
}
/** Where members invite only if somebody has opened that. */
const isClosedToMembers = (type: GroupType, role: GroupRole) =>
  role === 'member' && (type === 'meeting' || type === 'community')

function expected(power: string, type: GroupType, role: GroupRole): boolean {
  if (power === 'canInvite' && isClosedToMembers(type, role)) return false
  // An owner who cannot just go is led to hand over first.
  if (power === 'canQuit' && role === 'owner' && may('canTransfer', type, role)) return true
  return may(power, type, role)
}

/** Presses what a power stands for, and tells how the others see that it was done; without an entry it is looked at only. */
const DONE: Readonly<Record<string, (box: HTMLElement, id: GroupId) => Promise<() => boolean>>> = {
  canMuteAll: async (box, id) => {
    box.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    return () => groupAt('other', id)?.isMuted === true
  },
  canSetAdmins: async (_, id) => {
    await press('Make admin')
    return () => groupAt('other', id)?.me?.role === 'admin'
  },
  canMute: async (_, id) => {
    await press('Mute for 10 minutes')
    return () => groupAt('other', id)?.me?.mutedUntil !== undefined
  },
  canTransfer: async (_, id) => {
    await press('Make owner')
    await press('Make owner', await dialog())
    return () => groupAt('other', id)?.me?.role === 'owner'
  },
  canKick: async (_, id) => {
    await press('Remove from group')
    await press('Remove from group', await dialog())
    return () => groupAt('other', id)?.state === 'not-joined'
  },
  canDissolve: async (box, id) => {
    await press('Dissolve group', box)
    await press('Dissolve group', await dialog())
    return () => groupAt('other', id)?.state === 'dissolved'
  },
}
const BY_MENU = new Set(['canSetAdmins', 'canMute', 'canTransfer', 'canKick'])

describe.each(TYPES)('On screen, in a group of type %s', (type) => {
  const roles = (['owner', 'admin', 'member'] as const).filter((role) => role !== 'admin' || hasAdmins(type))

  it.each(roles)('the %s is offered exactly what he may', async (role) => {
    const box = await screenOf(await groupOf(type), type, role)
    await vi.waitFor(() => expect(SEEN['canQuit']?.(box, [])).toBe(expected('canQuit', type, role)), patience)
    const menu = await menuOf(box)
    const seen = Object.keys(SEEN).filter((power) => SEEN[power]?.(box, menu))
    expect(seen).toEqual(Object.keys(SEEN).filter((power) => expected(power, type, role)))
  })

  it.each(roles)('what the %s is offered works', async (role) => {
    for (const [power, act] of Object.entries(DONE)) {
      if (!may(power, type, role)) continue
      const id = await groupOf(type)
      await kits['dave']!.dispatch({ type: 'loadGroups', ids: [id], refresh: true })
      const box = await screenOf(id, type, role)
      if (BY_MENU.has(power)) await menuOf(box)
      const isDone = await act(box, id)
      await vi.waitFor(() => expect([power, isDone()]).toEqual([power, true]), patience)
      clearScreen()
      document.body.replaceChildren()
    }
  })

  it('somebody from outside comes in exactly where he may', async () => {
    const id = await groupOf(type)
    const box = await screenOf(id, type, 'outsider')
    const isAllowed = may('canJoin', type, 'outsider')
    await vi.waitFor(() => expect(buttonIn(box, `Join ${type}`) !== undefined).toBe(isAllowed), patience)
    if (!isAllowed) return
    await press(`Join ${type}`, box)
    await vi.waitFor(() => expect(groupAt('outsider', id)?.state).toBe('joined'), patience)
  })
})
