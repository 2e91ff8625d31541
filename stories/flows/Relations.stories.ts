import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import { drawPanel } from '../support/frame'
import { peopleWorld } from '../support/peopleWorld'
import { press } from '../support/reader'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** What it takes to write to somebody: a service may ask for friendship, and treats whoever is blocked in one of two ways. */
const meta = {
  title: 'Flows/Relations',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  render: drawPanel({ height: 600, width: 620 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

async function write(canvasElement: HTMLElement, text: string): Promise<void> {
  const box = await within(canvasElement).findByRole('textbox', { name: 'Message' })
  await userEvent.type(box, `${text}{Enter}`)
}

const block = ({ kits }: Stage) =>
  kits['kwame']?.dispatch({ type: 'setBlocked', userIds: ['alice'], isBlocked: true }) ?? Promise.resolve()

/** Only friends may write: the failed message offers to ask for friendship. */
export const FriendsOnly: Story = {
  loaders: [
    stageLoader({
      world: { ...peopleWorld, people: [...peopleWorld.people, { id: 'jana', name: 'Jana Králová' }] },
      relations: { isFriendsOnly: true },
      open: { userId: 'jana' },
    }),
  ],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await write(canvasElement, 'Hello?')
    await waitFor(() =>
      expect(canvas.getByRole('log')).toHaveTextContent(/Only friends can write to this person/),
    )
    await press(await canvas.findByRole('button', { name: 'Add friend' }))
    await waitFor(() => expect(canvas.getByText('The request is sent.')).toBeVisible())
  },
}
/** Whoever is blocked is told that the message failed. */
export const BlockedIsTold: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      userIds: ['alice', 'kwame'],
      relations: { blocked: 'fails' },
      open: { userId: 'kwame' },
      prepare: block,
    }),
  ],
  async play({ canvasElement }) {
    await write(canvasElement, 'Hello?')
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getByText(/This person does not take messages from you/)).toBeVisible())
  },
}

/** Whoever is blocked sees the message as sent, and nobody else sees it. */
export const BlockedLooksSent: Story = {
  loaders: [
    stageLoader({
      world: peopleWorld,
      userIds: ['alice', 'kwame'],
      relations: { blocked: 'looks-sent' },
      open: { userId: 'kwame' },
      prepare: block,
    }),
  ],
  async play({ canvasElement }) {
    await write(canvasElement, 'Hello?')
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getByRole('article', { name: /Hello\?.*Sent/ })).toBeVisible())
  },
}
