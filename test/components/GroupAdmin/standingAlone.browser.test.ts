import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h, ref } from 'vue'
import type { VNode } from 'vue'
import { createChatKit } from '../../../src/app'
import type { ChatKit } from '../../../src/app'
import { ChatKitProvider } from '../../../src/components/ChatKitProvider'
import { CreateGroup, CreateGroupForm } from '../../../src/components/CreateGroup'
import { GroupAdmin } from '../../../src/components/GroupAdmin'
import '../../../src/styles/index.css'
import { createEmbeddedService, createEmbeddedTransport } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { buttonIn, dialog, found, patience, press, reads } from './onScreen'

let service: EmbeddedService
let kit: ChatKit
let unmount: (() => void) | undefined

beforeEach(async () => {
  service = createEmbeddedService({ name: 'standing-alone', storage: 'memory' })
  await service.addUser({ id: 'alice', name: 'Alice' })
  kit = createChatKit({ transport: createEmbeddedTransport({ service }), userId: 'alice', cache: 'memory' })
  await kit.online()
})
afterEach(async () => {
  unmount?.()
  unmount = undefined
  document.body.replaceChildren()
  await kit.dispose()
  service.close()
})

function show(draw: () => VNode): HTMLElement {
  const box = document.body.appendChild(document.createElement('div'))
  Object.assign(box.style, { blockSize: '800px', inlineSize: '480px' })
  const wrapper = mount(() => h(ChatKitProvider, { kit }, { default: draw }), { attachTo: box })
  unmount = () => wrapper.unmount()
  return box
}

it('the screen of a group that does not exist says so, and tells the app', async () => {
  const onGone = vi.fn()
  const onBack = vi.fn()
  const box = show(() => h(GroupAdmin, { groupId: 'nowhere', hasBack: true, onGone, onBack }))
  await reads(box, /This group does not exist/)
  expect(onGone).toHaveBeenCalledOnce()
  await press('Back', box)
  expect(onBack).toHaveBeenCalledOnce()
})

it('the screen of a group has a heading, and tells the app when the person has left', async () => {
  const group = { id: 'club', type: 'public', name: 'Club' } as const
  await kit.dispatch({ type: 'createGroup', group, memberIds: [] })
  const onGone = vi.fn()
  const box = show(() => h(GroupAdmin, { groupId: 'club', onGone }))
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
  const box = show(() =>
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
  const box = show(() =>
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
