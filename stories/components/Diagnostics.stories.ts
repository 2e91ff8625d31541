import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, spyOn, userEvent, within } from 'storybook/test'
import { h, shallowRef } from 'vue'
import { ChatPanel, Diagnostics } from 'vue-parley'
import { framed } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { archiveLoader, faces, stageLoader } from '../support/stage'
import type { ArchiveStage, Stage } from '../support/stage'

/** What helps to find a fault: the session, the last errors, what waits, what is kept, and a report to copy. */
const meta = {
  title: 'Components/Diagnostics',
  component: Diagnostics,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ open: { userId: 'bob' } })],
  render: (_, { loaded }) => framed(loaded['stage'] as Stage, () => h(Diagnostics), { width: 720 }),
} satisfies Meta<typeof Diagnostics>

export default meta
type Story = StoryObj<typeof meta>

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark

/** As narrow as a phone: names stand above their values. */
export const Narrow: Story = {
  render: (_, { loaded }) => framed(loaded['stage'] as Stage, () => h(Diagnostics), { width: 340 }),
  async play({ canvasElement }) {
    const region = within(canvasElement).getByRole('region', { name: 'Diagnostics' })
    await expect(region.scrollWidth).toBeLessThanOrEqual(region.clientWidth)
  },
}

/** Where the page may not write to the clipboard, the report stands there to be copied by hand. */
export const ReportByHand: Story = {
  async play({ canvasElement }) {
    spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    const canvas = within(canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: 'Copy the report' }))
    const report = await canvas.findByRole('textbox', { name: 'Report' })
    await expect((report as HTMLTextAreaElement).value).toContain('Signed in as: alice')
    await expect(canvas.getByRole('status')).toHaveTextContent('It could not be copied.')
  },
}

/** What became of one message, step by step. */
export const AboutAMessage: Story = {
  loaders: [archiveLoader({ count: 4 })],
  render: (_, { loaded }) => {
    const rowKey = shallowRef<string>()
    return framed(
      loaded['stage'] as ArchiveStage,
      ({ conversationId }) =>
        rowKey.value === undefined
          ? h(
              ChatPanel,
              { conversationId },
              {
                message: ({ row }: { row: { key: string } }) =>
                  h(
                    'button',
                    { type: 'button', onClick: () => (rowKey.value = row.key) },
                    `About ${row.key}`,
                  ),
              },
            )
          : h(Diagnostics, { about: { conversationId, rowKey: rowKey.value } }),
      { width: 720 },
    )
  },
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    const log = await findLog(canvasElement)
    archive.refuse({ code: 'blocked', kind: 'blocked' })
    await userEvent.type(within(canvasElement).getByRole('textbox'), 'Are you there?{Enter}')
    await eventually(() => expect(within(log).getAllByRole('button', { name: /^About / })).toHaveLength(5))
    const [last] = within(log)
      .getAllByRole('button', { name: /^About / })
      .slice(-1)
    if (last) await press(last)
    const region = within(await within(canvasElement).findByRole('region', { name: 'Diagnostics' }))
    await expect(region.getByText(/The service did not take it/)).toBeVisible()
    await expect(region.getByText('The receiver does not take messages from you.')).toBeVisible()
  },
}
