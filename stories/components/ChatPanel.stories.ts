import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ChatPanel } from 'vue-parley'
import { drawPanel, framed } from '../support/frame'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** One conversation: header, timeline and composer. */
const meta = {
  title: 'Components/ChatPanel',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { userId: 'bob' } })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark

/** A group, with names, runs, days and the unread divider. */
export const Group: Story = { loaders: [stageLoader({ open: { groupId: 'review' } })] }

/** Text that tries to be markup, kinds that cannot be shown yet, and every direction of writing. */
export const HardContent: Story = { loaders: [stageLoader({ open: { userId: 'sly' } })] }

/** One word longer than the panel, in the width of a phone. */
export const LongWords: Story = {
  parameters: { width: 390 },
  loaders: [stageLoader({ open: { userId: 'long' } })],
}

/** No conversation is chosen. */
export const NothingOpen: Story = { loaders: [stageLoader()] }

/** In a corner of a page: the panel knows only whom to talk to. */
export const InACorner: Story = {
  loaders: [stageLoader()],
  parameters: { width: 380 },
  render: (_, { loaded, parameters }) =>
    framed(loaded['stage'] as Stage, () => h(ChatPanel, { userId: 'bob' }), {
      height: 560,
      width: parameters['width'] as number,
    }),
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('textbox', { name: 'Message' })).toBeVisible()
  },
}

/** The person to talk to does not exist. */
export const NobodyThere: Story = {
  ...InACorner,
  render: (_, { loaded, parameters }) =>
    framed(loaded['stage'] as Stage, () => h(ChatPanel, { userId: 'nobody-at-all' }), {
      height: 560,
      width: parameters['width'] as number,
    }),
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByRole('alert')).toHaveTextContent(
      'The conversation did not open',
    )
  },
}

/** What is typed appears at once, and the box is empty again. */
export const SendsAMessage: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const box = await canvas.findByRole('textbox', { name: 'Message' })
    await userEvent.type(box, 'On my way <b>now</b>{Enter}')
    await waitFor(() => expect(canvas.getByText('On my way <b>now</b>')).toBeVisible())
    await expect(box).toHaveValue('')
    await expect(box).toHaveFocus()
  },
}
