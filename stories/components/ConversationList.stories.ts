import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ConversationList } from 'vue-parley'
import { framed } from '../support/frame'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** All conversations, pinned ones first, then the newest. */
const meta = {
  title: 'Components/ConversationList',
  component: ConversationList,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { userId: 'bob' } })],
  render: (_, { loaded }) =>
    framed(loaded['stage'] as Stage, (stage) => h(ConversationList, { selected: stage.conversationId }), {
      width: 340,
    }),
} satisfies Meta<typeof ConversationList>

export default meta
type Story = StoryObj<typeof meta>

/** Nobody has written yet. */
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
}

/** The arrow keys walk through the rows. */
export const Keyboard: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const [first, second] = await waitFor(() => {
      const [top, next] = canvas.getAllByRole('option')
      if (!top || !next) throw new Error('the list has too few rows')
      return [top, next] as const
    })
    first.focus()
    await userEvent.keyboard('{ArrowDown}')
    await expect(second).toHaveFocus()
    await userEvent.keyboard('{Home}')
    await expect(first).toHaveFocus()
  },
}

const options = (canvasElement: HTMLElement) =>
  within(canvasElement)
    .getAllByRole('option')
    .map((option) => option.querySelector('bdi')?.textContent)

/** One field finds people, groups and what was said, in one list with sections. */
export const Search: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const field = await canvas.findByRole('textbox', { name: 'Search' })
    await userEvent.type(field, 'tanaka')
    await waitFor(() => expect(options(canvasElement)).toEqual(['Bob Tanaka']))
    await canvas.findByText('Chats', { selector: '.parley-section' })
    await userEvent.clear(field)
    await userEvent.type(field, 'linyue')
    await waitFor(() => expect(options(canvasElement)).toContain('林悦'))
    await userEvent.clear(field)
    await userEvent.type(field, 'nothing of the kind')
    await canvas.findByText('Nothing was found for “nothing of the kind”.')
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(options(canvasElement).length).toBeGreaterThan(3))
  },
}

const searchesMessages = async (canvasElement: HTMLElement) => {
  const canvas = within(canvasElement)
  await userEvent.type(await canvas.findByRole('textbox', { name: 'Search' }), 'fog until')
  await canvas.findByText('Messages', { selector: '.parley-section' })
  await waitFor(() => expect(options(canvasElement)).toEqual(['Bob Tanaka']))
  return canvas
}

/** What was said is found at the service, though nothing of it was read before; the keyboard goes down to it from the field. */
export const SearchMessages: Story = {
  async play({ canvasElement }) {
    const canvas = await searchesMessages(canvasElement)
    await expect(canvas.queryByText(/^Of the messages, only those/)).toBeNull()
    await userEvent.type(canvas.getByRole('textbox', { name: 'Search' }), '{ArrowDown}')
    await waitFor(() => expect(canvas.getAllByRole('option')[0]).toHaveFocus())
  },
}

/** Where the service cannot search, what this device keeps is looked through, and it says so. */
export const SearchKeptMessages: Story = {
  loaders: [
    stageLoader({
      line: ({ messages: { search: _search, ...messages }, ...transport }) => ({ ...transport, messages }),
      prepare: async ({ kit }) => {
        const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
        await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
      },
    }),
  ],
  async play({ canvasElement }) {
    const canvas = await searchesMessages(canvasElement)
    await canvas.findByText('Of the messages, only those kept on this device were searched.')
  },
}

/** Without a connection and with nothing kept there is nothing to wait for. */
export const Offline: Story = {
  loaders: [
    stageLoader({
      userIds: ['alice'],
      prepare: async ({ kit }) => kit.disconnect(),
    }),
  ],
  async play({ canvasElement }) {
    await within(canvasElement).findByText('You are offline')
  },
}

/** Groups share one entry here, with a list of their own. */
export const Folded: Story = {
  render: (_, { loaded }) =>
    framed(
      loaded['stage'] as Stage,
      () =>
        h(ConversationList, {
          folds: [{ id: 'groups', title: 'All my groups', holds: ({ kind }) => kind === 'group' }],
        }),
      { width: 340 },
    ),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('option', { name: /^All my groups/ }))
    await canvas.findByRole('button', { name: 'Back to conversations' })
    await waitFor(() => expect(options(canvasElement)).toEqual(['设计评审 · Design review']))
    await waitFor(() => expect(canvas.getByRole('listbox').contains(document.activeElement)).toBe(true))
    await userEvent.keyboard('{Escape}')
    await canvas.findByRole('option', { name: /^All my groups/ })
  },
}
