import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { FriendRequests } from 'vue-parley'
import { ChatError } from 'vue-parley/core'
import { framed } from '../support/frame'
import { peopleWorld } from '../support/peopleWorld'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'
const opened = fn()
const DAY = 86_400_000

/** Requests to be friends: those that came and those one has sent, with all that can become of them. */
const meta = {
  title: 'Components/FriendRequests',
  component: FriendRequests,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ world: peopleWorld, userIds: ['alice', 'kwame', 'zhaolei'] })],
  render: (_, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(FriendRequests, { onOpenProfile: opened }), { width: 480 }),
} satisfies Meta<typeof FriendRequests>

export default meta
type Story = StoryObj<typeof meta>

/** Accepted with a name and a group, both ways. */
export const Accept: Story = {
  async play({ canvasElement, loaded }) {
    const { kits } = loaded['stage'] as Stage
    const request = within(await within(canvasElement).findByRole('article', { name: 'Kwame Mensah' }))
    await expect(request.getByText('By way of: search')).toBeVisible()
    await userEvent.click(request.getByRole('button', { name: 'Remark and group' }))
    await userEvent.type(request.getByRole('textbox', { name: 'Remark name' }), 'Kwame (choir)')
    await userEvent.type(request.getByRole('textbox', { name: 'New group' }), 'Choir{Enter}')
    await expect(request.getByRole('button', { name: 'Choir' })).toHaveAttribute('aria-pressed', 'true')
    await userEvent.click(request.getByRole('button', { name: 'Accept' }))
    await expect(await within(canvasElement).findByText('Accepted', {})).toBeVisible()
    await expect(within(canvasElement).getByRole('article', { name: 'Kwame (choir)' })).toBeVisible()
    const { kwame } = kits
    await waitFor(async () => {
      await kwame?.dispatch({ type: 'loadContacts' })
      await expect(request.queryByRole('button', { name: 'Accept' })).toBeNull()
    })
  },
}

/** Refused: whoever asked has to wait before asking again. */
export const Refuse: Story = {
  async play({ canvasElement }) {
    const request = within(await within(canvasElement).findByRole('article', { name: 'Kwame Mensah' }))
    await userEvent.click(request.getByRole('button', { name: 'Refuse' }))
    await expect(await request.findByText('Refused', {})).toBeVisible()
    // What was pressed is gone: the name is heard with what became of it.
    await waitFor(() => expect(request.getByRole('button', { name: /Kwame Mensah.*Refused/ })).toHaveFocus())
    await userEvent.click(request.getByRole('button', { name: 'Delete' }))
    await waitFor(() =>
      expect(within(canvasElement).queryByRole('article', { name: 'Kwame Mensah' })).toBeNull(),
    )
    await waitFor(() => expect(within(canvasElement).getByRole('heading', { level: 2 })).toHaveFocus())
  },
}

/** A stranger who bears the name of a friend. */
export const LookAlike: Story = {
  async play({ canvasElement }) {
    const request = within(await within(canvasElement).findByRole('article', { name: 'bob tanaka' }))
    await expect(await request.findByText(/the name is like that of your friend Bob Tanaka/)).toBeVisible()
    await userEvent.click(request.getByRole('button', { name: /bob tanaka/ }))
    await expect(opened).toHaveBeenLastCalledWith('b0b')
  },
}

/** What one has sent says how long it takes until one can ask again (H2). */
export const Sent: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Sent' }))
    const request = within(await canvas.findByRole('article', { name: '赵磊' }))
    await expect(request.getByText('Not answered yet. You can ask again in 7 days.')).toBeVisible()
    await userEvent.click(request.getByRole('button', { name: 'Take back' }))
    await userEvent.click(request.getByRole('button', { name: 'Really take back?' }))
    await expect(await canvas.findByText('You have asked nobody.', {})).toBeVisible()
  },
}

/** A month is left after a no. */
export const SentAndRefused: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      facets: () => ({
        contacts: {
          list: async () => ({ items: [] }),
          requests: async () => ({
            items: [
              { id: 'r', userId: 'zhaolei', direction: 'out', state: 'refused', at: STORY_NOW - 3 * DAY },
              { id: 'q', userId: 'kwame', direction: 'out', state: 'accepted', at: STORY_NOW - 9 * DAY },
              { id: 'p', userId: 'hermit', direction: 'out', state: 'pending', at: STORY_NOW - 8 * DAY },
            ],
          }),
          ask: async () => 'pending',
          answer: async () => {},
          remove: async (ids) => ({ done: ids, pending: [], failed: [] }),
        },
      }),
    }),
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Sent' }))
    await expect(await canvas.findByText('Refused. You can ask again in 27 days.')).toBeVisible()
    await expect(canvas.getByText('You can ask again.')).toBeVisible()
  },
}

/** Nobody has asked. */
export const Empty: Story = {
  loaders: [stageLoader()],
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText('Nobody has asked you.')).toBeVisible()
  },
}

/** They did not come, and the way out. */
export const Failed: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      facets: () => ({
        contacts: {
          list: async () => ({ items: [] }),
          requests: () => Promise.reject(new ChatError({ code: 'no-answer', kind: 'timeout' })),
          ask: async () => 'pending',
          answer: async () => {},
          remove: async (ids) => ({ done: ids, pending: [], failed: [] }),
        },
      }),
    }),
  ],
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByRole('alert')).toHaveTextContent(
      'The friend requests did not load',
    )
  },
}
