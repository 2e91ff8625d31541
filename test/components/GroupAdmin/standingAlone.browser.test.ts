import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h, ref } from 'vue'
import type { ChatKit } from '../../../src/app'
import { CreateGroup, CreateGroupForm } from '../../../src/components/CreateGroup'
import { GroupAdmin } from '../../../src/components/GroupAdmin'
import { buttonIn, clearScreen, dialog, found, patience, press, reads, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

let stage: ServiceStage<'alice'>
let kit: ChatKit

beforeEach(async () => {
  stage = await setServiceStage({ name: 'standing-alone', people: ['alice'], nameOf: () => 'Alice' })
  kit = stage.kits.alice
})
afterEach(async () => {
  clearScreen()
  await stage.clear()
})

it('the screen of a group that does not exist says so, and tells the app', async () => {
  const onGone = vi.fn()
  const onBack = vi.fn()
  const box = show(kit, () => h(GroupAdmin, { groupId: 'nowhere', hasBack: true, onGone, onBack }))
  await reads(box, /This group does not exist/)
  expect(onGone).toHaveBeenCalledOnce()
  await press('Back', box)
  expect(onBack).toHaveBeenCalledOnce()
})

it('the screen of a group has a heading, and tells the app when the person has left', async () => {
  const group = { id: 'club', type: 'public', name: 'Club' } as const
  await kit.dispatch({ type: 'createGroup', group, memberIds: [] })
  const onGone = vi.fn()
  const box = show(kit, () => h(GroupAdmin, { groupId: 'club', onGone }))
  await reads(box, /Alice/)
  expect(box.querySelector('h2')?.textContent).toBe('Manage group')
  expect(buttonIn(box, 'Back')).toBeUndefined()
  expect(onGone).not.toHaveBeenCalled()
  await kit.dispatch({ type: 'dissolveGroup', groupId: 'club' })
  await reads(box, /not in this group any more/)
  expect(onGone).toHaveBeenCalledOnce()
})

it('the dialog that makes a group is opened by code, and class and style go to its button', async () => {
  const isOpen = ref(false)
  const box = show(kit, () =>
    h('div', [
      h(CreateGroup, {
        class: 'mine',
        style: 'margin: 7px',
        open: isOpen.value,
        'onUpdate:open': (next: boolean) => (isOpen.value = next),
      }),
    ]),
  )
  const button = await found(() => buttonIn(box, 'New group'), 'the button')
  expect(button.classList.contains('mine')).toBe(true)
  expect(button.style.margin).toBe('7px')
  isOpen.value = true
  const frame = await dialog()
  frame.close()
  await vi.waitFor(() => expect(isOpen.value).toBe(false), patience)
})

it('a button of the app opens it, or none is there, or the form stands in the page', async () => {
  const box = show(kit, () =>
    h('div', [
      h(
        CreateGroup,
        {},
        { button: ({ open }: { open: () => void }) => h('button', { onClick: open }, 'Start a club') },
      ),
      h(CreateGroup, { hasButton: false }),
      h(CreateGroupForm, { class: 'form' }),
    ]),
  )
  await reads(box, /Start a club/)
  expect(buttonIn(box, 'New group')).toBeUndefined()
  expect(box.querySelector('.form')?.textContent).toContain('Next')
  await press('Start a club', box)
  await dialog()
})
