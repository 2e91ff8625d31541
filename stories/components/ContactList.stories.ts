import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ContactList } from 'vue-parley'
import { ChatError } from 'vue-parley/core'
import { framed } from '../support/frame'
import { fileFriends, peopleWorld } from '../support/peopleWorld'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
const chosen = fn()
const requestsOpened = fn()

/** Friends in the order of an address book, with groups, requests and the blocklist. */
const meta = {
  title: 'Components/ContactList',
  component: ContactList,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ world: peopleWorld, prepare: fileFriends })],
  render: (_, { loaded }) =>
    framed(
      loaded['stage'] as Stage,
      () => h(ContactList, { selected: 'linyue', onSelect: chosen, onOpenRequests: requestsOpened }),
      { width: 340, height: 720 },
    ),
  beforeEach: () => {
    chosen.mockClear()
    requestsOpened.mockClear()
  },
} satisfies Meta<typeof ContactList>

export default meta
type Story = StoryObj<typeof meta>

const namesIn = (canvasElement: HTMLElement) =>
  within(canvasElement)
    .getAllByRole('option')
    .map((option) => option.querySelector('bdi')?.textContent)

/** Chinese names stand under their pinyin, family names read as such: 曾 under Z, 单 under S, 仇 under Q. */
export const Index: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await waitFor(() => expect(namesIn(canvasElement)[0]).toBe('Amara Okafor'))
    await userEvent.click(canvas.getByRole('button', { name: 'Jump to Z' }))
    await waitFor(() => expect(namesIn(canvasElement)).toContain('曾老师'))
    const names = namesIn(canvasElement)
    await expect(names.indexOf('单雄信')).toBeLessThan(names.indexOf('Tomáš Král'))
  },
}

/** The letters are one stop of Tab: arrows lead from one to the next, and Enter to the people under it. */
export const IndexByKeyboard: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const index = within(await canvas.findByRole('navigation', { name: 'Index' }))
    // The names have come, and with them all letters.
    await waitFor(() => expect(namesIn(canvasElement)[0]).toBe('Amara Okafor'))
    await index.findByRole('button', { name: 'Jump to Z' })
    const letters = index.getAllByRole('button')
    await expect(letters.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1)
    letters[0]?.focus()
    await userEvent.keyboard('{End}{ArrowUp}')
    await expect(letters.at(-2)).toHaveFocus()
    await expect(letters.filter(({ tabIndex }) => tabIndex === 0)).toEqual([letters.at(-2)])
    index.getByRole('button', { name: 'Jump to Z' }).focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('role', 'option'))
    await waitFor(() => expect(document.activeElement?.querySelector('bdi')).toHaveTextContent('曾老师'))
  },
}

/** What is typed finds by name, pinyin, initials, remark and id. */
export const Filter: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const field = await canvas.findByRole('textbox', { name: 'Filter contacts' })
    for (const [query, name] of [
      ['oym', '欧阳明'],
      ['zeng', '曾老师'],
      ['bobby', 'Bobby'],
      ['kral', 'Tomáš Král'],
    ] as const) {
      await userEvent.clear(field)
      await userEvent.type(field, query)
      await waitFor(() => expect(namesIn(canvasElement)).toEqual([name]))
    }
    await userEvent.clear(field)
    await userEvent.type(field, 'nobody')
    await expect(await canvas.findByText('No contact is called “nobody”.')).toBeVisible()
  },
}

/** Groups of friends as tabs; a chosen one can be renamed and deleted. */
export const FriendGroups: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Work' }))
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['林悦', 'Maya Okafor']))
    await userEvent.click(canvas.getByRole('button', { name: 'Rename or delete the group' }))
    const field = canvas.getByRole('textbox', { name: 'Name of the group' })
    await userEvent.clear(field)
    await userEvent.type(field, 'Studio{Enter}')
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Studio' })).toHaveAttribute('aria-pressed', 'true'),
    )
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['林悦', 'Maya Okafor']))
    await userEvent.click(canvas.getByRole('button', { name: 'Rename or delete the group' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Delete the group' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Really delete the group?' }))
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Studio' })).toBeNull())
  },
}

/** The arrow keys walk through the people, and Enter chooses. */
export const Keyboard: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    // Until the names are there the rows change places.
    await waitFor(() => expect(namesIn(canvasElement)[0]).toBe('Amara Okafor'))
    canvas.getAllByRole('option')[0]?.focus()
    await userEvent.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('aria-posinset', '2'))
    await userEvent.keyboard('{Enter}')
    await expect(chosen).toHaveBeenCalledOnce()
    await userEvent.click(canvas.getByRole('button', { name: /^Friend requests/ }))
    await expect(requestsOpened).toHaveBeenCalledOnce()
  },
}

/** Whoever is blocked is in a list of its own. */
export const Blocklist: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Blocked people' }))
    await waitFor(() => expect(namesIn(canvasElement)).toEqual(['The Hermit']))
    await userEvent.keyboard('{Escape}')
    await expect(await canvas.findByRole('button', { name: 'Blocked people' })).toBeVisible()
  },
}

/** Strangers are found by id or name. */
export const FindPeople: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a friend' }))
    await userEvent.type(canvas.getByRole('textbox', { name: 'Id or name' }), 'hermit{Enter}')
    const option = await canvas.findByRole('option', { name: /The Hermit/ })
    await userEvent.click(option)
    await expect(chosen).toHaveBeenLastCalledWith('hermit')
    await userEvent.clear(canvas.getByRole('textbox', { name: 'Id or name' }))
    await userEvent.type(canvas.getByRole('textbox', { name: 'Id or name' }), 'xyz{Enter}')
    await expect(await canvas.findByText('Nobody was found for “xyz”.')).toBeVisible()
  },
}

/** The first day: nobody is there yet. */
export const Empty: Story = {
  loaders: [
    stageLoader({
      world: {
        people: [{ id: 'alice', name: 'Alice Martin' }],
        friendships: [],
        groups: [],
        conversations: [],
      },
    }),
  ],
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('No contacts yet')).toBeVisible()
  },
}

const nothing = async () => ({ items: [] })
const never = () => new Promise<never>(() => {})

/** The list is on its way. */
export const Loading: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      facets: () => ({
        contacts: { list: never, requests: nothing, ask: never, answer: never, remove: never },
      }),
    }),
  ],
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByRole('status', { name: 'Loading…' })).toBeVisible()
  },
}

/** The list did not come, and the way out. */
export const Failed: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      facets: () => ({
        contacts: {
          list: () => Promise.reject(new ChatError({ code: 'no-answer', kind: 'timeout' })),
          requests: nothing,
          ask: never,
          answer: never,
          remove: never,
        },
      }),
    }),
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The contacts did not load')
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByRole('alert')).toBeVisible()
  },
}

/** A group that was kept among the contacts is found there. */
export const SavedGroups: Story = {
  loaders: [
    stageLoader({
      userIds: ['alice'],
      async prepare({ kit }) {
        await kit.dispatch({ type: 'setGroupSaved', groupId: 'review', isSaved: true })
      },
    }),
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Groups' }))
    await expect(await canvas.findByRole('button', { name: /Design review/ })).toBeVisible()
  },
}
