import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ProfileCard } from 'vue-parley'
import { framed } from '../support/frame'
import { fileFriends, peopleWorld } from '../support/peopleWorld'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
import { unaskedMachine } from '../support/unaskedMachine'

const opened = fn()

/** Somebody's card in a frame. */
function cardOf(userId: string, width = 440) {
  return (_: unknown, { loaded }: { loaded: Record<string, unknown> }) =>
    framed(loaded['stage'] as Stage, () => h(ProfileCard, { userId, onOpenConversation: opened }), {
      width,
      height: 720,
    })
}

/** Who somebody is, how one stands with him, and what can be done. */
const meta = {
  title: 'Components/ProfileCard',
  component: ProfileCard,
  parameters: { layout: 'fullscreen' },
  args: { userId: 'bob' },
  loaders: [stageLoader({ world: peopleWorld, prepare: fileFriends })],
  render: cardOf('bob'),
} satisfies Meta<typeof ProfileCard>

export default meta
type Story = StoryObj<typeof meta>

/** A friend: another remark, another group, blocked and let in again, written to, deleted. */
export const Friend: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('heading', { name: 'Bobby' })).toBeVisible()
    await expect(await canvas.findByText('Name: Bob Tanaka', {})).toBeVisible()
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit · Remark name' }))
    const field = canvas.getByRole('textbox', { name: 'Remark name' })
    await userEvent.clear(field)
    await userEvent.type(field, 'Robert{Enter}')
    await expect(await canvas.findByRole('heading', { name: 'Robert' })).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Work' }))
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Work' })).toHaveAttribute('aria-pressed', 'true'),
    )
    for (const name of ['Block', 'Pin the conversation', 'Mute notifications']) {
      const toggle = await canvas.findByRole('switch', { name: new RegExp(name) })
      await userEvent.click(toggle)
      await waitFor(() => expect(toggle).toHaveAttribute('aria-checked', 'true'))
    }
    await expect(canvas.getByText('Blocked')).toBeVisible()
    await userEvent.click(canvas.getByRole('switch', { name: /Block/ }))
    await userEvent.click(canvas.getByRole('button', { name: 'Message' }))
    await waitFor(() => expect(opened).toHaveBeenCalled())
    await userEvent.click(canvas.getByRole('button', { name: 'Delete friend' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Really delete?' }))
    await expect(await canvas.findByRole('button', { name: 'Add friend' })).toBeVisible()
  },
}

/** A stranger is asked, with words, a remark and a group; then one has to wait. */
export const Stranger: Story = {
  render: cardOf('kral2'),
  loaders: [
    stageLoader({
      world: { ...peopleWorld, people: [...peopleWorld.people, { id: 'kral2', name: 'Jana Králová' }] },
    }),
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Add friend' }))
    await userEvent.type(canvas.getByRole('textbox', { name: 'What you say' }), '很高兴认识你')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Remark name' }), 'Jana')
    await userEvent.click(canvas.getByRole('button', { name: 'Send the request' }))
    await expect(await canvas.findByText('The request is sent.', {})).toBeVisible()
    await expect(await canvas.findByText(/You can ask again in 7 days/, {})).toBeVisible()
  },
}

/** Too many bytes are counted before they are sent: 41 Chinese characters are 123. */
export const TooLong: Story = {
  render: cardOf('open'),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Add friend' }))
    const field = canvas.getByRole('textbox', { name: 'What you say' })
    await userEvent.type(field, '你'.repeat(41))
    await expect(await canvas.findByText('3 bytes too long')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Send the request' }))
    await expect(canvas.queryByText('The request is sent.')).toBeNull()
    await userEvent.clear(field)
    await userEvent.type(field, 'Hello')
    await userEvent.click(canvas.getByRole('button', { name: 'Send the request' }))
    await expect(await canvas.findByText('You are friends now.', {})).toBeVisible()
  },
}

/** Somebody who takes no requests. */
export const ClosedToRequests: Story = {
  render: cardOf('hermit'),
  loaders: [stageLoader({ world: peopleWorld })],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByText('This person takes no friend requests.', {})).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Add friend' })).toBeNull()
  },
}

/** A request that waits for an answer can be answered here. */
export const Asked: Story = {
  render: cardOf('kwame'),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Accept' }))
    await expect(await canvas.findByRole('button', { name: 'Delete friend' })).toBeVisible()
  },
}

/** A stranger who bears the name of a friend. */
export const LookAlike: Story = {
  render: cardOf('b0b'),
  loaders: [stageLoader({ world: peopleWorld })],
  async play({ canvasElement }) {
    const note = await within(canvasElement).findByText(/Careful: the name is like/, {})
    await expect(note).toBeVisible()
  },
}

/** Notifications that were not wanted at first are turned on here. */
export const OwnNotifications: Story = {
  render: cardOf('alice'),
  loaders: [stageLoader({ world: peopleWorld, kit: unaskedMachine })],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Turn on' }))
    await expect(await canvas.findByText(/^You are told of new messages/)).toBeVisible()
    await expect(canvas.queryByRole('button', { name: 'Turn on' })).toBeNull()
  },
}

/** A service that keeps no pins: one is kept on this device, and that is said. */
export const PinnedHere: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      prepare: fileFriends,
      line: ({ conversations: { setPinned: _setPinned, ...conversations }, ...transport }) => ({
        ...transport,
        conversations,
      }),
    }),
  ],
  async play({ canvasElement }) {
    const toggle = await within(canvasElement).findByRole('switch', { name: /on this device only/ })
    await userEvent.click(toggle)
    await waitFor(() => expect(toggle).toHaveAttribute('aria-checked', 'true'))
  },
}

/** One's own card, and what one says of oneself. */
export const Own: Story = {
  render: cardOf('alice'),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Edit' }))
    const field = canvas.getByRole('textbox', { name: 'Name' })
    await userEvent.clear(field)
    await userEvent.type(field, 'Alice M.')
    const signature = canvas.getByRole('textbox', { name: 'Signature' })
    await userEvent.clear(signature)
    await userEvent.click(signature)
    await userEvent.paste('你'.repeat(167))
    await expect(await canvas.findByText('1 byte too long')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(canvas.queryByText('Saved')).toBeNull()
    await userEvent.clear(signature)
    await userEvent.click(canvas.getByRole('radio', { name: 'Nobody' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(await canvas.findByRole('heading', { name: 'Alice M.' })).toBeVisible()
    await expect(canvas.getByText('Saved')).toBeVisible()
    await expect(canvas.getByText('Nobody')).toBeVisible()
  },
}

/** An id that nobody has. */
export const Unknown: Story = {
  render: cardOf('nobody'),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByText('No profile is known for this id.', {})).toBeVisible()
  },
}

/** A small card, as beside a name. */
export const Card: Story = {
  render: (_, { loaded }) =>
    framed(
      loaded['stage'] as Stage,
      () => h(ProfileCard, { userId: 'linyue', look: 'card', hasClose: true }),
      {
        width: 400,
        height: 620,
      },
    ),
}
