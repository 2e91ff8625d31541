import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, within } from 'storybook/test'
import { h } from 'vue'
import { ChatPanel } from 'vue-parley'
import type { ContentOptions } from 'vue-parley'
import { framed } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { faces as looks, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
import { textWorld } from '../support/textWorld'

/** A face drawn for these stories. */
function face(mouth: string): string {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#f5b83d"/><circle cx="11" cy="13" r="2" fill="#4a3208"/><circle cx="21" cy="13" r="2" fill="#4a3208"/><path d="${mouth}" fill="none" stroke="#4a3208" stroke-width="2" stroke-linecap="round"/></svg>`
  return `data:image/svg+xml,${encodeURIComponent(drawing)}`
}

const content: ContentOptions = {
  faces: {
    smile: { src: face('M10 20q6 6 12 0'), label: 'Smile', index: 1 },
    微笑: { src: face('M10 20q6 6 12 0'), label: '微笑', index: 1 },
    sad: { src: face('M10 23q6 -6 12 0'), label: 'Sad', index: 2 },
  },
  strangerPictures: 'on-click',
}

/** What a text may hold: links, mentions, emoji, faces of the app, and more words than one wants to see at once. */
const meta = {
  title: 'Components/Texts',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { groupId: 'garden' }, world: textWorld })],
  render: (_, { loaded, parameters }) =>
    framed(
      loaded['stage'] as Stage,
      (stage) => h(ChatPanel, { conversationId: stage.conversationId, content }),
      { height: 860, width: (parameters['width'] as number | undefined) ?? 700 },
    ),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

export const EnglishLight: Story = looks.EnglishLight
export const EnglishDark: Story = looks.EnglishDark
export const ChineseLight: Story = looks.ChineseLight
export const ChineseDark: Story = looks.ChineseDark

/** The width of a phone. */
export const Phone: Story = { parameters: { width: 390 } }

/** A text of 10,000 characters shows its beginning; the rest is one press away. */
export const LongText: Story = {
  loaders: [stageLoader({ open: { userId: 'bob' }, world: textWorld })],
  async play({ canvasElement }) {
    await findLog(canvasElement)
    const more = await within(canvasElement).findByRole('button', { name: 'Read more' })
    await expect(more).toHaveAttribute('aria-expanded', 'false')
    await press(more)
    await eventually(() =>
      expect(within(canvasElement).getByRole('button', { name: 'Show less' })).toBeVisible(),
    )
  },
}

/** The app opens links itself, after a question of its own; a picture of a stranger waits until it is wanted. */
export const LinksAndPicturesOnDemand: Story = {
  loaders: [stageLoader({ open: { userId: 'eve' }, world: textWorld })],
  async play({ canvasElement }) {
    await findLog(canvasElement)
    await expect(await within(canvasElement).findByRole('button', { name: /Show the picture/ })).toBeVisible()
    const link = await within(canvasElement).findByRole('link', { name: /аррӏе/ })
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  },
}
