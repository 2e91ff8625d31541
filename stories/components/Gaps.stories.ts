import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import { drawPanel } from '../support/frame'
import { eventually, findLog, press, scrollUntil, showInMiddle } from '../support/reader'
import { archiveLoader } from '../support/stage'
import type { ArchiveStage } from '../support/stage'

/** What was missed while the line was down is a row of its own, which fills itself; and the ends of history. */
const meta = {
  title: 'States/Gaps and ends',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [archiveLoader({ count: 60 })],
  render: drawPanel({ height: 640, width: 640 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const gapIn = (log: HTMLElement) => log.querySelector<HTMLElement>('.parley-gap')

/** The line was down while much was written; the reader scrolls up to the hole. */
async function comeToGap(canvasElement: HTMLElement, { archive }: ArchiveStage, before: () => void) {
  const log = await findLog(canvasElement)
  archive.miss(60)
  await eventually(() => expect(within(log).getByText(/^120\./)).toBeVisible())
  before()
  const gap = await scrollUntil(log, -200, () => gapIn(log))
  await showInMiddle(log, gap)
  return log
}

const filling: Story['play'] = async ({ canvasElement, loaded }) => {
  const stage = loaded['stage'] as ArchiveStage
  const log = await comeToGap(canvasElement, stage, () => stage.archive.hold())
  await eventually(() => expect(gapIn(log)).toHaveAttribute('data-state', 'loading'))
}

/** The messages are on their way; the row is as high as it will be in every other state. */
export const Filling: Story = { play: filling }
export const FillingInChinese: Story = { globals: { locale: 'zh-CN', theme: 'dark' }, play: filling }

/** They come, and nothing that is read moves. */
export const Filled: Story = {
  async play(context) {
    await filling?.(context)
    const { archive } = context.loaded['stage'] as ArchiveStage
    archive.letGo()
    const log = await findLog(context.canvasElement)
    await scrollUntil(log, -300, () => within(log).queryByText(/^50\./))
    await eventually(() => expect(gapIn(log)).toBeNull())
  },
}

const failed: Story['play'] = async ({ canvasElement, loaded }) => {
  const stage = loaded['stage'] as ArchiveStage
  const log = await comeToGap(canvasElement, stage, () => stage.archive.failPages(true))
  await eventually(() => expect(gapIn(log)).toHaveAttribute('data-state', 'failed'))
}

/** They did not come. */
export const Failed: Story = { play: failed }
export const FailedInChinese: Story = {
  globals: { locale: 'zh-CN', theme: 'dark' },
  parameters: { width: 390 },
  play: failed,
}

/** They are asked for once more. */
export const TriedAgain: Story = {
  async play(context) {
    await failed?.(context)
    const { archive } = context.loaded['stage'] as ArchiveStage
    archive.failPages(false)
    const log = await findLog(context.canvasElement)
    await press(within(log).getByRole('button', { name: 'Try again' }))
    await eventually(() => expect(within(log).queryByText('Some messages are missing here.')).toBeNull())
  },
}

/** The service no longer keeps them, and nothing can be pressed. */
export const Lost: Story = {
  loaders: [archiveLoader({ count: 60, end: 'retention' })],
  async play({ canvasElement, loaded }) {
    const stage = loaded['stage'] as ArchiveStage
    const log = await comeToGap(canvasElement, stage, () => stage.archive.keepFrom(95))
    // What came in between pushes the gap up, for what is read below it stays.
    await scrollUntil(log, -60, () => log.querySelector('.parley-gap[data-state=lost]'))
    await expect(gapIn(log)).toHaveTextContent('The messages that were here are no longer kept.')
    await expect(within(gapIn(log) ?? log).queryByRole('button')).toBeNull()
  },
}

/** How history ends above, and the words for it. */
function end(kind: 'start' | 'retention' | 'joined' | 'unknown', words: string): Story {
  return {
    loaders: [archiveLoader({ count: 12, firstKept: kind === 'start' ? 1 : 6, end: kind })],
    async play({ canvasElement }) {
      const log = await findLog(canvasElement)
      log.scrollTop = 0
      await eventually(() => expect(within(log).getByText(words)).toBeVisible())
    },
  }
}

export const EndStart: Story = end('start', 'This is where it begins.')
export const EndRetention: Story = end('retention', 'Earlier messages are no longer kept.')
export const EndJoined: Story = end('joined', 'Earlier messages are not shown to new members.')
export const EndUnknown: Story = end('unknown', 'There may be earlier messages that cannot be loaded here.')

/** The page above does not come. */
export const OlderFailed: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    const log = await findLog(canvasElement)
    archive.failPages(true)
    await scrollUntil(log, -300, () => within(log).queryByText('Earlier messages did not load.'))
    log.scrollTop = 0
    await expect(within(log).getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}
