import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import { drawPanel } from '../support/frame'
import { kindSamples } from '../support/kindSamples'
import { eventually, findLog } from '../support/reader'
import { faces, stageLoader } from '../support/stage'

/** Looking for messages of one conversation. */
const meta = {
  title: 'Components/SearchPanel',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { userId: 'bob' } })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const focused = () => document.activeElement as HTMLElement

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

/**
 * What was found is shown among its neighbours and lit up, and has the keyboard; Escape leads back to where it stands among
 * the others, and from there closes the panel.
 */
export const GoesThere: Story = {
  async play({ canvasElement }) {
    const region = await search(canvasElement, 'bridge')
    const [first] = await within(region).findAllByRole('button', { name: /bridge/ })
    if (first) await userEvent.click(first)
    await eventually(() => expect(canvasElement.querySelector('[data-target]')).toHaveTextContent('bridge'))
    await eventually(() => expect(canvasElement.querySelector('[data-target]')).toContainElement(focused()))
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(focused()).toBe(first))
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(canvasElement.querySelector('.parley-search')).toBeNull())
  },
}

/** By sender and day: what others wrote, and other days, stay away. */
export const Filters: Story = {
  async play({ canvasElement }) {
    const region = await search(canvasElement, 'parcel')
    const hits = () => within(region).queryAllByRole('listitem')
    await eventually(() => expect(hits()).toHaveLength(1))
    await userEvent.click(within(region).getByRole('button', { name: 'Filters' }))
    await userEvent.selectOptions(within(region).getByRole('combobox', { name: 'From' }), 'alice')
    await eventually(() => expect(within(region).getByText('Nothing was found.')).toBeVisible())
    await userEvent.selectOptions(within(region).getByRole('combobox', { name: 'From' }), 'bob')
    await eventually(() => expect(hits()).toHaveLength(1))
    await userEvent.type(within(region).getByLabelText('Not before'), '2026-11-19')
    await eventually(() => expect(within(region).getByText('Nothing was found.')).toBeVisible())
  },
}

/** All pictures by month; each opens in full. */
const opensGallery: Story['play'] = async ({ canvasElement }) => {
  const region = await search(canvasElement, ' ')
  await userEvent.click(within(region).getByRole('button', { name: /^(Pictures|图片与视频)$/ }))
  await eventually(() =>
    expect(within(region).getByRole('heading', { name: /^(November 2026|2026年11月)$/ })).toBeVisible(),
  )
  await userEvent.click(
    await within(region).findByRole('button', { name: /^(Open the picture of|查看 .* 的图片)/ }),
  )
  await eventually(() => expect(screen.getByRole('dialog')).toBeVisible())
  await userEvent.keyboard('{Escape}')
  await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
}
export const Gallery: Story = { play: opensGallery }
export const GalleryChinese: Story = { ...faces.ChineseDark, play: opensGallery }

/** All files by month, as pictures are. */
const listsFiles: Story['play'] = async ({ canvasElement }) => {
  const region = await search(canvasElement, ' ')
  await userEvent.click(within(region).getByRole('button', { name: /^(Files|文件与语音|文件)$/ }))
  await eventually(() => expect(within(region).getByRole('button', { name: /Minutes/ })).toBeVisible())
  await expect(within(region).getByRole('heading', { name: /^(November 2026|2026年11月)$/ })).toBeVisible()
}
const withFile = [
  stageLoader({
    open: { userId: 'bob' },
    prepare: async ({ kit, conversationId = '' }) => {
      const [parts = []] = kindSamples.file
      await kit.dispatch({ type: 'sendMessage', conversationId, parts })
    },
  }),
]
export const Files: Story = { loaders: withFile, play: listsFiles }
export const FilesChinese: Story = { ...faces.ChineseDark, loaders: withFile, play: listsFiles }
