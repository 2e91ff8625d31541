import { userEvent } from 'vitest/browser'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { ChatKit } from '../../../src/app'
import { ChatPanel } from '../../../src/components/ChatPanel'
import { LiveRoom } from '../../../src/components/LiveRoom'
import type { GroupId, GroupType } from '../../../src/model'
import { PINNING, POWERS } from '../../core/groups/rightsFixture'
import { clearScreen, found, patience, press, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

const KEPT: readonly GroupType[] = ['work', 'public', 'meeting', 'community']
const PEOPLE = { owner: 'alice', admin: 'bob', member: 'carol', other: 'dave' } as const
type Role = 'owner' | 'admin' | 'member'
const WORDS = 'half past six'

let stage: ServiceStage<string>
let kits: Readonly<Record<string, ChatKit>>

beforeAll(async () => {
  stage = await setServiceStage({ name: 'message-rights-on-screen', people: Object.values(PEOPLE) })
  kits = stage.kits
})
afterEach(clearScreen)
afterAll(() => stage.clear())

const CELLS: typeof POWERS = { ...POWERS, canPin: PINNING }
const may = (power: string, type: GroupType, role: Role) =>
  CELLS[power]?.[type].includes({ owner: 'o', admin: 'a', member: 'm' }[role]) ?? false
const rolesOf = (type: GroupType) =>
  (['owner', 'admin', 'member'] as const).filter(
    (role) => role !== 'admin' || may('canSetAdmins', type, 'owner'),
  )

/** A group of alice's in which dave has said something. */
async function groupOf(type: GroupType): Promise<GroupId> {
  const alice = kits['alice']!
  const memberIds = type === 'live' ? [] : ['bob', 'carol', 'dave']
  const { group } = await alice.dispatch({ type: 'createGroup', group: { type, name: type }, memberIds })
  if (may('canSetAdmins', type, 'owner')) {
    await alice.dispatch({ type: 'setRole', groupId: group.id, userIds: ['bob'], role: 'admin' })
  }
  return group.id
}

/** The conversation as one of them has it open, once dave's message stands there. */
async function panelOf(groupId: GroupId, role: Role): Promise<HTMLElement> {
  const dave = kits['dave']!
  const { id } = await dave.dispatch({ type: 'openConversation', target: { groupId } })
  const parts = [{ kind: 'text', text: WORDS }] as const
  await dave.dispatch({ type: 'sendMessage', conversationId: id, parts })
  const kit = kits[PEOPLE[role]]!
  await kit.dispatch({ type: 'loadGroups', ids: [groupId], refresh: true })
  const box = show(kit, () => h(ChatPanel, { conversationId: id }), { width: 560, height: 700 })
  await messageIn(box)
  return box
}
const messageIn = (box: HTMLElement) =>
  found(
    () =>
      [...box.querySelectorAll<HTMLElement>('[role=article], article')].find((one) =>
        one.textContent?.includes(WORDS),
      ),
    'the message of dave',
  )

/** What the menu of dave's message offers. */
async function menuOf(box: HTMLElement): Promise<readonly string[]> {
  const article = await messageIn(box)
  article.focus()
  await userEvent.keyboard('{Enter}')
  await vi.waitFor(() => expect(document.querySelector('[role=menuitem]')).not.toBeNull(), patience)
  return [...document.querySelectorAll('[role=menuitem]')].map((item) => item.textContent?.trim() ?? '')
}

/** Who can be pointed at, once a sign is typed. */
async function mentionsOf(box: HTMLElement): Promise<readonly string[]> {
  const field = await found(() => box.querySelector('textarea'), 'the composer')
  await userEvent.click(field)
  await userEvent.keyboard('@')
  const options = () => [...document.querySelectorAll('[role=listbox] [role=option]')]
  await vi.waitFor(
    () => expect(options().some(({ textContent }) => textContent?.includes('dave'))).toBe(true),
    patience,
  )
  return options().map(({ textContent }) => textContent?.trim() ?? '')
}

describe.each(KEPT)('On screen, in a group of type %s', (type) => {
  it.each(rolesOf(type))('the %s recalls and pins what others say exactly where he may', async (role) => {
    const groupId = await groupOf(type)
    const box = await panelOf(groupId, role)
    const menu = await menuOf(box)
    const isOffered = (name: RegExp) => menu.some((label) => name.test(label))
    expect([menu, isOffered(/Pin for everybody/)]).toEqual([menu, may('canPin', type, role)])
    expect([menu, isOffered(/Recall for everybody/)]).toEqual([menu, may('canRecallOthers', type, role)])
    if (!may('canRecallOthers', type, role)) return
    await press(menu.find((label) => /Recall/.test(label))!)
    await vi.waitFor(() => expect(box.textContent).not.toContain(WORDS), patience)
  })

  it.each(rolesOf(type))('the %s is offered to point at everybody exactly where he may', async (role) => {
    const box = await panelOf(await groupOf(type), role)
    const isOffered = (await mentionsOf(box)).some((text) => text.includes('Everybody in this group'))
    expect(isOffered).toBe(may('canMentionAll', type, role))
  })
})

describe('On screen, in a live room', () => {
  it.each(['owner', 'member'] as const)('the %s takes away what others say where he may', async (role) => {
    const groupId = await groupOf('live')
    const kit = kits[PEOPLE[role]]!
    const stops = [await kits['dave']!.dispatch({ type: 'enterLiveRoom', groupId })]
    const box = show(kit, () => h(LiveRoom, { groupId }), { width: 400, height: 700 })
    await found(() => box.querySelector('input:not(:disabled)'), 'a field to write in')
    const parts = [{ kind: 'text', text: WORDS }] as const
    await vi.waitFor(() => kits['dave']!.dispatch({ type: 'sayLive', groupId, parts }), patience)
    const line = await found(
      () => [...box.querySelectorAll<HTMLElement>('li')].find((li) => li.textContent?.includes(WORDS)),
      'what dave says',
    )
    line.click()
    const isAllowed = may('canRecallOthers', 'live', role)
    if (isAllowed) {
      await press('Delete this message')
      await vi.waitFor(() => expect(box.textContent).not.toContain(WORDS), patience)
    } else {
      expect(line.hasAttribute('aria-haspopup')).toBe(false)
      expect(document.querySelector('[role=menuitem]')).toBeNull()
    }
    for (const stop of stops) stop()
  })
})
