import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { Component } from 'vue'
import type { ChatKit } from '../../../src/app'
import { ChatPanel } from '../../../src/components/ChatPanel'
import { CreateGroup } from '../../../src/components/CreateGroup'
import { FindGroups } from '../../../src/components/FindGroup'
import { GroupAdmin } from '../../../src/components/GroupAdmin'
import { useGroupStore } from '../../../src/stores'
import {
  buttonIn,
  clearScreen,
  dialog,
  fieldIn,
  found,
  patience,
  press,
  reads,
  show,
  write,
} from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

const NAMES = { alice: 'Alice', bob: 'Bob', carol: 'Carol' } as const
type Who = keyof typeof NAMES
const WHO = Object.keys(NAMES) as readonly Who[]

let stage: ServiceStage<Who>
let kits: Readonly<Record<Who, ChatKit>>

beforeEach(async () => {
  stage = await setServiceStage({
    name: 'three-people',
    people: WHO,
    nameOf: (who) => NAMES[who],
    friends: [['alice', 'bob']],
  })
  kits = stage.kits
})
afterEach(async () => {
  clearScreen()
  await stage.clear()
})

/** Somebody's own part of the page. */
function screenOf(who: Who, component: Component, props: object = {}): HTMLElement {
  return show(kits[who], () => h(component, props), { height: 900 })
}
async function choose(box: HTMLElement, who: Who, task: string): Promise<void> {
  await press(`Actions for ${NAMES[who]}`, box)
  await press(task)
}
const canWrite = (box: HTMLElement) =>
  box.querySelector('.parley-box[data-read-only]') === null && box.querySelector('.parley-box') !== null
const roleOf = (who: Who, id: string) => useGroupStore(kits[who].pinia).byId.get(id)?.me?.role

it('makes a group, lets somebody in, leads it, mutes, puts out, hands it over and ends it', async () => {
  let conversationId = ''
  screenOf('alice', CreateGroup, { onCreated: (id: string) => (conversationId = id) })
  await press('New group')
  const wizard = await dialog()
  const type = await found(
    () => wizard.querySelector<HTMLInputElement>('input[value=public]'),
    'public groups',
  )
  type.click()
  await press('Next', wizard)
  const bobsBox = await found(() => fieldIn(wizard, 'Bob'), 'the box for Bob')
  bobsBox.click()
  await press('Next', wizard)
  await write(wizard, 'Name', 'Trail mates')
  await press('Create group', wizard)
  await vi.waitFor(() => expect(conversationId).toMatch(/^group:/), patience)
  const groupId = conversationId.slice('group:'.length)

  const alice = screenOf('alice', GroupAdmin, { groupId })
  await choose(alice, 'bob', 'Make admin')
  await vi.waitFor(() => expect(roleOf('bob', groupId)).toBe('admin'), patience)
  const bob = screenOf('bob', GroupAdmin, { groupId })
  await reads(bob, /Requests to join/)

  // Carol asks to come in, and of two who lead the faster one answers.
  const finding = screenOf('carol', FindGroups)
  await write(finding, 'Name or id of a group', 'trail')
  await press('Search', finding)
  await press('Ask to join Trail mates', finding)
  await write(finding, 'A few words to the admins', 'It is Carol.')
  await press('Send request', finding)
  await reads(finding, /You have asked to join/)
  await reads(alice, /It is Carol\./)
  await press('Accept Carol', bob)
  await reads(alice, /Another admin has accepted this/)
  expect(buttonIn(alice, 'Accept Carol')).toBeUndefined()
  await found(() => buttonIn(finding, 'Open Trail mates'), 'the way in')

  // Muted for a time: the time left where she is muted from, the reason where she would write.
  const carol = screenOf('carol', ChatPanel, { conversationId })
  await found(() => (canWrite(carol) ? true : undefined), 'a field to write in')
  await choose(bob, 'carol', 'Mute for 10 minutes')
  await reads(alice, /Muted until .* 10 minutes left/)
  await reads(carol, /You are muted here until/)
  expect(canWrite(carol)).toBe(false)
  await choose(alice, 'carol', 'Unmute')
  await found(() => (canWrite(carol) ? true : undefined), 'her field again')

  const muteAll = await found(() => alice.querySelector<HTMLInputElement>('input[type=checkbox]'), 'mute all')
  muteAll.click()
  await found(() => (canWrite(carol) ? undefined : true), 'a Carol without a voice')
  expect(kits.bob.can('messages.send', { conversationId })).toBe('yes')
  muteAll.click()
  await found(() => (canWrite(carol) ? true : undefined), 'her field again')

  // Two who lead write at once: what is typed stays, and what the other has saved is shown.
  await write(alice, 'Name', 'Peaks of alice')
  await write(bob, 'Name', 'Peaks')
  await press('Save', bob)
  await reads(alice, /meanwhile to “Peaks”/)
  expect(fieldIn(alice, 'Name')?.value).toBe('Peaks of alice')
  await press('Save', alice)
  await vi.waitFor(() => expect(fieldIn(bob, 'Name')?.value).toBe('Peaks of alice'), patience)

  await choose(bob, 'carol', 'Remove from group')
  const question = await dialog()
  await write(question, 'Reason', 'the season is over')
  await press('Remove from group', question)
  await vi.waitFor(
    () => expect(useGroupStore(kits.carol.pinia).byId.get(groupId)?.state).toBe('not-joined'),
    patience,
  )
  await vi.waitFor(() => expect(buttonIn(alice, 'Actions for Carol')).toBeUndefined(), patience)

  // The owner leaves, somebody takes over, and ends it.
  await press('Leave group', alice)
  const leaving = await dialog()
  const heir = await found(() => fieldIn(leaving, 'Bob'), 'an heir')
  heir.click()
  await press('Hand over and leave', leaving)
  await reads(alice, /not in this group any more/)
  await vi.waitFor(() => expect(roleOf('bob', groupId)).toBe('owner'), patience)
  await press('Dissolve group', bob)
  await press('Dissolve group', await dialog())
  await reads(bob, /not in this group any more/)
})
