import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ConversationList } from 'vue-parley'
import { framed } from '../support/frame'
import { faces, stageLoader } from '../support/stage'
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

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark

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
