import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { h } from 'vue'
import type { ChatKit } from '../../../src/app'
import { ChatApp } from '../../../src/components/ChatApp'
import { ChatPanel } from '../../../src/components/ChatPanel'
import type { ComposerSlotProps } from '../../../src/components/ChatPanel'
import { SearchPanel } from '../../../src/components/SearchPanel'
import type { MessageAction } from '../../../src/composables'
import { clearScreen, found, reads, show } from '../../support/onScreen'
import { setServiceStage } from '../../support/serviceStage'
import type { ServiceStage } from '../../support/serviceStage'

let stage: ServiceStage<'alice' | 'bob'>
let kit: ChatKit
let id: string

beforeEach(async () => {
  stage = await setServiceStage({
    name: 'own-parts',
    people: ['alice', 'bob'],
    nameOf: (userId) => ({ alice: 'Alice', bob: 'Bob' })[userId],
    friends: [['alice', 'bob']],
  })
  kit = stage.kits.alice
  id = (await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })).id
})
afterEach(async () => {
  clearScreen()
  await stage.clear()
})

async function openMenu(box: HTMLElement): Promise<void> {
  const article = await found(() => box.querySelector<HTMLElement>('article'), 'the message')
  article.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: 200, clientY: 300 }),
  )
  await found(() => document.querySelector('[role=menu]'), 'the menu')
}
const item = (label: string) =>
  [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((it) => it.textContent?.includes(label))
async function chooseItem(label: string): Promise<void> {
  const it = await found(() => item(label), label)
  it.click()
}

it('a composer of the app is told what is answered and what is changed, and can end both', async () => {
  await kit.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text: 'Tea?' }] })
  let told: ComposerSlotProps | undefined
  const composer = (props: ComposerSlotProps) => {
    told = props
    return h('p', `${props.editing ? 'changes' : 'writes'}, ${props.replyTo?.abstract ?? 'no answer'}`)
  }
  const box = show(kit, () => h(ChatApp, { conversationId: id }, { composer }))
  await reads(box, /writes, no answer/)
  await openMenu(box)
  await chooseItem('Reply')
  await reads(box, /writes, Tea\?/)
  told?.endReply()
  await reads(box, /writes, no answer/)
  await openMenu(box)
  await chooseItem('Edit')
  await reads(box, /changes, no answer/)
  told?.endEditing()
  await reads(box, /writes, no answer/)
})

it('actions of messages can be taken away and added, with a drawing of their own or the plain one', async () => {
  await kit.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text: 'Tea?' }] })
  const ran = vi.fn()
  const extendActions = (actions: readonly MessageAction[]): readonly MessageAction[] => [
    ...actions.filter(({ id: action }) => action !== 'edit'),
    { id: 'task', label: 'Make a task', icon: () => h('svg', { class: 'own-icon' }), run: ran },
    { id: 'star', label: 'Star it', run: () => {} },
  ]
  const box = show(kit, () => h(ChatApp, { conversationId: id, extendActions }))
  await openMenu(box)
  expect(item('Edit')).toBeUndefined()
  expect(item('Star it')?.querySelector('svg')).not.toBeNull()
  expect(item('Make a task')?.querySelector('.own-icon')).not.toBeNull()
  await chooseItem('Make a task')
  expect(ran).toHaveBeenCalledOnce()
})

it('one more button stands in the composer, and knows where it is', async () => {
  const tools = (props: { conversationId: string; isReadOnly: boolean }) =>
    h('button', { type: 'button' }, `Poll in ${props.conversationId}${props.isReadOnly ? ', closed' : ''}`)
  const box = show(kit, () => h(ChatPanel, { conversationId: id }, { tools }))
  await reads(box, new RegExp(`Poll in ${id}$`, 'm'))
})

it('a conversation that does not exist is said to, with nothing to write in and no details', async () => {
  const box = show(kit, () => h(ChatPanel, { conversationId: 'nowhere', isDetailsOpen: false }))
  await reads(box, /This conversation does not exist/)
  expect(box.querySelector('[role=textbox], textarea')).toBeNull()
  expect([...box.querySelectorAll('button')].map(({ ariaLabel }) => ariaLabel)).toEqual([])
})

it('the search takes the keyboard only where the person has opened it, and all of it is in sight in 280 px', async () => {
  let search: ReturnType<typeof h> | undefined = h(SearchPanel, { conversationId: id })
  const box = show(kit, () => h('div', { style: 'inline-size: 280px; block-size: 600px' }, [search]))
  const field = await found(() => box.querySelector('input'), 'the field')
  expect(document.activeElement).not.toBe(field)
  const edge = box.querySelector('.parley-search')?.getBoundingClientRect().right
  const ends = [...box.querySelectorAll('.parley-kind')].map((it) => it.getBoundingClientRect().right)
  expect(Math.max(...ends)).toBeLessThanOrEqual(edge ?? 0)
  clearScreen()
  search = h(SearchPanel, { conversationId: id, takesFocus: true })
  const again = show(kit, () => h('div', [search]))
  await vi.waitFor(() => expect(document.activeElement).toBe(again.querySelector('input')), {
    timeout: 20_000,
  })
})
