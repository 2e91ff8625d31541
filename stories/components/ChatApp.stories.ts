import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { h, ref } from 'vue'
import { ChatApp } from 'vue-parley'
import { framed } from '../support/frame'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** The whole chat, laid out by its own width: three panes, two, or one. */
const meta = {
  title: 'Components/ChatApp',
  component: ChatApp,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { groupId: 'review' } })],
  render: (_, { loaded, globals, parameters }) =>
    framed(
      loaded['stage'] as Stage,
      (stage) => {
        const conversationId = ref(parameters['isClosed'] ? undefined : stage.conversationId)
        return h(ChatApp, {
          theme: globals['theme'] as 'light' | 'dark',
          conversationId: conversationId.value,
        })
      },
      { height: 720, ...(parameters['width'] !== undefined && { width: parameters['width'] as number }) },
    ),
} satisfies Meta<typeof ChatApp>

export default meta
type Story = StoryObj<typeof meta>

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark

/** Two panes: what half a desktop shows. */
export const TwoPanes: Story = { parameters: { width: 720 } }

/** One pane: the conversation, with the way back to the list. */
export const Phone: Story = {
  parameters: { width: 390 },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Back to conversations' }))
    await expect(await canvas.findByRole('region', { name: 'Conversations' })).toBeVisible()
  },
}

/** Nothing is open yet. */
export const NothingOpen: Story = { parameters: { isClosed: true, width: 900 } }
