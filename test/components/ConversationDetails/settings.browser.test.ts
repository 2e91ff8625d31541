import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { ChatKit } from '../../../src/app'
import { ConversationDetails } from '../../../src/components/ConversationDetails'
import { ProfileCard } from '../../../src/components/ProfileCard'
import zhCN from '../../../src/i18n/locales/zh-CN'
import { en } from '../../../src/i18n'
import type { ConversationId } from '../../../src/model'
import { useConversationStore, useTimelineStore } from '../../../src/stores'
import { clearScreen, dialog, found, patience, press, reads, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

let stage: ServiceStage<'alice' | 'bob'>
let alice: ChatKit
let bob: ChatKit

beforeAll(async () => {
  stage = await setServiceStage({
    name: 'settings-on-screen',
    people: ['alice', 'bob'],
    friends: [['alice', 'bob']],
  })
  ;({ alice, bob } = stage.kits)
})
afterEach(() => {
  clearScreen()
  alice.locale.value = en
})
afterAll(() => stage.clear())

const rowOf = (id: ConversationId) => useConversationStore(alice.pinia).byId.get(id)
const linesOf = (kit: ChatKit, id: ConversationId) =>
  useTimelineStore(kit.pinia).timelineById.get(id)?.entries().length ?? 0
const toggleIn = (box: HTMLElement, name: string) =>
  found(
    () =>
      [...box.querySelectorAll<HTMLElement>('[role=switch]')].find((one) => one.textContent?.includes(name)),
    `the switch ${name}`,
  )

/** Something bob says where both are, once it stands on alice's side. */
async function said(id: ConversationId): Promise<void> {
  await bob.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text: 'hello' }] })
  for (const kit of [alice, bob]) {
    await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
    await vi.waitFor(() => expect(linesOf(kit, id)).toBeGreaterThan(0), patience)
  }
}

it('beside a group it is muted, pinned and emptied, for oneself only', async () => {
  const { group } = await alice.dispatch({
    type: 'createGroup',
    group: { type: 'work', name: 'Team' },
    memberIds: ['bob'],
  })
  const { id } = await alice.dispatch({ type: 'openConversation', target: { groupId: group.id } })
  await said(id)
  const box = show(alice, () => h(ConversationDetails, { conversationId: id }))
  for (const [name, is] of [
    ['Mute notifications', () => rowOf(id)?.notify === 'none'],
    ['Pin the conversation', () => rowOf(id)?.isPinned === true],
  ] as const) {
    const toggle = await toggleIn(box, name)
    expect(toggle.getAttribute('aria-checked')).toBe('false')
    toggle.click()
    await vi.waitFor(
      () => expect([is(), toggle.getAttribute('aria-checked')]).toEqual([true, 'true']),
      patience,
    )
    toggle.click()
    await vi.waitFor(
      () => expect([is(), toggle.getAttribute('aria-checked')]).toEqual([false, 'false']),
      patience,
    )
  }
  await press('Clear messages', box)
  await press('Cancel', await dialog())
  await vi.waitFor(() => expect(document.querySelector('dialog')).toBeNull(), patience)
  expect(linesOf(alice, id)).toBeGreaterThan(0)
  await press('Clear messages', box)
  await press('Clear messages', await dialog())
  await vi.waitFor(() => expect(linesOf(alice, id)).toBe(0), patience)
  expect(rowOf(id)).toBeDefined()
  expect(linesOf(bob, id)).toBeGreaterThan(0)
})

it('says why when the service refuses, and stands as it stood', async () => {
  const { id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
  const box = show(alice, () => h(ConversationDetails, { conversationId: id }))
  const toggle = await toggleIn(box, 'Pin the conversation')
  stage.service.failNext({ call: 'conversations.setPinned', code: 51012 })
  toggle.click()
  await found(() => box.querySelector('[role=alert]')?.textContent?.trim() || undefined, 'the reason')
  await vi.waitFor(() => expect(toggle.getAttribute('aria-checked')).toBe('false'), patience)
})

it('is emptied from the card of a person, which says so in the reader’s language', async () => {
  const { id } = await alice.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
  await said(id)
  alice.locale.value = zhCN
  const box = show(alice, () => h(ProfileCard, { userId: 'bob' }))
  await press('清空聊天记录', box)
  await press('清空聊天记录', await dialog())
  await reads(box, /你设备上的聊天记录已清空/)
  expect(linesOf(alice, id)).toBe(0)
  expect(linesOf(bob, id)).toBeGreaterThan(0)
})
