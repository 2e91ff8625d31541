import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, within } from 'storybook/test'
import { h } from 'vue'
import { Diagnostics } from 'vue-parley'
import { framed } from '../support/frame'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

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
