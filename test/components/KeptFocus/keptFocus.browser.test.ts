import { userEvent } from 'vitest/browser'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, ref, shallowRef } from 'vue'
import { AskDialog, DialogFrame } from '../../../src/components/Dialog'
import { SearchField } from '../../../src/components/Field'
import { ChatError } from '../../../src/model'
import { buttonIn, clearScreen, dialog, patience, show } from '../../support/onScreen'
import { setServiceStage, type ServiceStage } from '../../support/serviceStage'

let stage: ServiceStage<'alice'>

beforeEach(async () => {
  stage = await setServiceStage({ name: 'kept-focus', people: ['alice'] })
})
afterEach(async () => {
  clearScreen()
  await stage.clear()
})

const nameOf = (element: Element | null) =>
  element?.getAttribute('aria-label') ?? element?.textContent?.trim()
const focused = () => nameOf(document.activeElement)
const comesTo = (name: string) => vi.waitFor(() => expect(focused()).toBe(name), patience)
/** A row with a button that opens a dialog, and a neighbour. */
function rows(names: () => readonly string[], open: () => void) {
  return h(
    'ul',
    names().map((name) => h('li', { key: name }, h('button', { onClick: open }, name))),
  )
}

describe('the keyboard after a dialog', () => {
  it('is back on what opened it, where its owner took it away instead of closing it', async () => {
    const isOpen = ref(false)
    const box = show(stage.kits.alice, () =>
      h('div', [
        h('button', { onClick: () => (isOpen.value = true) }, 'Open'),
        isOpen.value ? h(DialogFrame, { title: 'Words' }, () => 'Words') : undefined,
      ]),
    )
    buttonIn(box, 'Open')?.focus()
    await userEvent.keyboard('{Enter}')
    await dialog()
    isOpen.value = false
    await comesTo('Open')
  })

  it('is on a neighbour of what opened it, where that is gone with what was answered', async () => {
    const names = shallowRef(['Ada', 'Bo', 'Cy'])
    const isOpen = ref(false)
    const box = show(stage.kits.alice, () =>
      h('div', [
        h('button', 'Before'),
        rows(
          () => names.value,
          () => (isOpen.value = true),
        ),
        isOpen.value
          ? h(AskDialog, {
              title: 'Remove?',
              text: 'It is gone for good.',
              yes: 'Remove',
              run: () => Promise.resolve((names.value = ['Ada', 'Cy'])),
              onClose: () => (isOpen.value = false),
            })
          : undefined,
      ]),
    )
    buttonIn(box, 'Bo')?.focus()
    await userEvent.keyboard('{Enter}')
    const asked = await dialog()
    const about = asked.getAttribute('aria-describedby')
    expect(about && document.getElementById(about)?.textContent).toBe('It is gone for good.')
    buttonIn(asked, 'Remove')?.focus()
    await userEvent.keyboard('{Enter}')
    await comesTo('Ada')
  })

  it('stays on the answer that has failed', async () => {
    show(stage.kits.alice, () =>
      h(AskDialog, {
        title: 'Remove?',
        yes: 'Remove',
        run: () => Promise.reject(new ChatError({ code: 'x', kind: 'forbidden' })),
      }),
    )
    const asked = await dialog()
    buttonIn(asked, 'Remove')?.focus()
    await userEvent.keyboard('{Enter}')
    await vi.waitFor(() => expect(asked.textContent).toContain('not allowed'), patience)
    expect(focused()).toBe('Remove')
  })
})

it('goes into the field that was cleared', async () => {
  const words = ref('ada')
  const box = show(stage.kits.alice, () =>
    h(SearchField, {
      label: 'Search',
      modelValue: words.value,
      'onUpdate:modelValue': (next: string) => (words.value = next),
    }),
  )
  buttonIn(box, 'Clear the field')?.focus()
  await userEvent.keyboard('{Enter}')
  await comesTo('Search')
  expect(words.value).toBe('')
})
