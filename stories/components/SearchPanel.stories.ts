import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { h } from 'vue'
import { ChatPanel } from 'vue-parley'
import { framed } from '../support/frame'
import { eventually, findLog } from '../support/reader'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** Looking for messages of one conversation. */
const meta = {
  title: 'Components/SearchPanel',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { userId: 'bob' } })],
  render: (_, { loaded, parameters }) =>
    framed(loaded['stage'] as Stage, (stage) => h(ChatPanel, { conversationId: stage.conversationId }), {
      height: 700,
      ...(parameters['width'] !== undefined && { width: parameters['width'] as number }),
    }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

async function search(canvasElement: HTMLElement, words: string): Promise<HTMLElement> {
  await findLog(canvasElement)
  const canvas = within(canvasElement)
  await userEvent.click(canvas.getByRole('button', { name: /^(Search messages|搜索消息)$/ }))
  const region = await canvas.findByRole('region', { name: /^(Search messages|搜索消息)$/ })
  await userEvent.type(within(region).getByRole('textbox'), words)
  return region
}

const finds: Story['play'] = async ({ canvasElement }) => {
  const region = await search(canvasElement, 'BRIDGE')
  await eventually(() => expect(region.querySelector('mark')).toHaveTextContent('bridge'))
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: finds }
export const EnglishDark: Story = { ...faces.EnglishDark, play: finds }
export const ChineseLight: Story = { ...faces.ChineseLight, play: finds }
export const ChineseDark: Story = { ...faces.ChineseDark, play: finds }
/** It covers the messages where there is no room beside them. */
export const Narrow: Story = { parameters: { width: 390 }, play: finds }

/** Nothing holds these words. */
export const FindsNothing: Story = {
  async play({ canvasElement }) {
    const region = await search(canvasElement, 'zeppelin')
    await eventually(() => expect(within(region).getByText('Nothing was found.')).toBeVisible())
  },
}

/** What was found is shown among its neighbours and lit up; Escape closes the panel. */
export const GoesThere: Story = {
  async play({ canvasElement }) {
    const region = await search(canvasElement, 'bridge')
    const [first] = await within(region).findAllByRole('button', { name: /bridge/ })
    if (first) await userEvent.click(first)
    await eventually(() => expect(canvasElement.querySelector('[data-target]')).toHaveTextContent('bridge'))
    await userEvent.type(within(region).getByRole('textbox'), '{Escape}')
    await eventually(() => expect(canvasElement.querySelector('.parley-search')).toBeNull())
  },
}
