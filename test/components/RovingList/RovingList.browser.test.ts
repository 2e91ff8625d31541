import { mount, type VueWrapper } from '@vue/test-utils'
import { userEvent } from 'vitest/browser'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import RovingList from '../../../src/components/RovingList/RovingList.vue'
import '../../../src/styles/index.css'

let mounted: VueWrapper | undefined

afterEach(() => {
  mounted?.unmount()
  document.body.replaceChildren()
})

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`)

async function open(ids: readonly string[], selected?: string) {
  const box = document.createElement('div')
  document.body.append(box)
  const wrapper = mount(RovingList, {
    attachTo: box,
    props: { ids, label: 'Conversations', ...(selected !== undefined && { selected }) },
    slots: {
      default: ({ id, isSelected, attributes }: { id: string; isSelected: boolean; attributes: object }) =>
        h(
          'div',
          { ...attributes, role: 'option', 'aria-selected': isSelected, style: { height: '62px' } },
          id,
        ),
    },
  })
  mounted = wrapper
  const parent = box.firstElementChild as HTMLElement
  Object.assign(parent.style, { display: 'flex', flexDirection: 'column', height: '400px' })
  await vi.waitFor(() => expect(box.querySelectorAll('[role=option]').length).toBeGreaterThan(3))
  return { wrapper, box }
}

const focused = () => document.activeElement?.textContent

describe('the list of conversations by keyboard', () => {
  it('is one stop for Tab: the open conversation, else the first', async () => {
    const { box } = await open(idsOf(500), 'id-2')
    await userEvent.tab()
    expect(focused()).toBe('id-2')
    expect(box.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
  })

  it('walks by arrows and chooses by Enter and Space', async () => {
    const { wrapper } = await open(idsOf(500))
    await userEvent.tab()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    await vi.waitFor(() => expect(focused()).toBe('id-1'))
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard(' ')
    expect(wrapper.emitted('select')).toEqual([['id-1'], ['id-1']])
  })

  it('reaches rows that are not drawn yet', async () => {
    await open(idsOf(500))
    await userEvent.tab()
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(focused()).toBe('id-499'))
    await userEvent.keyboard('{Home}')
    await vi.waitFor(() => expect(focused()).toBe('id-0'))
  })

  it('says how long the list is and where a row stands, though few rows are drawn', async () => {
    const { box } = await open(idsOf(500))
    const options = [...box.querySelectorAll('[role=option]')]
    expect(options.length).toBeLessThan(40)
    expect(options[3]?.getAttribute('aria-setsize')).toBe('500')
    expect(options[3]?.getAttribute('aria-posinset')).toBe('4')
  })

  it('keeps the keyboard on a row that changes its place', async () => {
    const { wrapper } = await open(idsOf(20))
    await userEvent.tab()
    await userEvent.keyboard('{ArrowDown}')
    await vi.waitFor(() => expect(focused()).toBe('id-1'))
    await wrapper.setProps({ ids: ['new', ...idsOf(20)] })
    await vi.waitFor(() => expect(focused()).toBe('id-1'))
    await userEvent.keyboard('{ArrowDown}')
    await vi.waitFor(() => expect(focused()).toBe('id-2'))
  })

  it('goes on to the next row where the one with the keyboard goes, and to the one before at the end', async () => {
    const { wrapper, box } = await open(idsOf(6))
    await userEvent.tab()
    await userEvent.keyboard('{ArrowDown}')
    await vi.waitFor(() => expect(focused()).toBe('id-1'))
    await wrapper.setProps({ ids: ['id-0', 'id-2', 'id-3', 'id-4', 'id-5'] })
    await vi.waitFor(() => expect(focused()).toBe('id-2'))
    await userEvent.keyboard('{End}')
    await vi.waitFor(() => expect(focused()).toBe('id-5'))
    await wrapper.setProps({ ids: ['id-0', 'id-2', 'id-3', 'id-4'] })
    await vi.waitFor(() => expect(focused()).toBe('id-4'))
    expect(box.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
  })

  it('stays on the row of a conversation that is closed', async () => {
    const { wrapper, box } = await open(idsOf(20), 'id-3')
    await wrapper.setProps({ selected: undefined })
    expect(box.querySelector('[tabindex="0"]')?.textContent).toBe('id-3')
  })

  it('chooses by a click', async () => {
    const { wrapper, box } = await open(idsOf(20))
    await userEvent.click(box.querySelectorAll('[role=option]')[2] as Element)
    expect(wrapper.emitted('select')).toEqual([['id-2']])
  })
})
