import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ChatApp, ChatKitProvider } from 'vue-parley'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** Two kits on one page, each with a person of its own. */
const meta = {
  title: 'Flows/Two people',
  parameters: {
    layout: 'fullscreen',
    // Each person's landmarks carry the same names; the region around them says whose they are.
    a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } },
  },
  loaders: [stageLoader({ userIds: ['alice', 'bob'], open: { userId: 'bob' } })],
  render: (_, { loaded, globals }) => {
    const stage = loaded['stage'] as Stage
    const people = Object.entries(stage.kits)
    return {
      setup: () => () =>
        h(
          'div',
          { style: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '16px', blockSize: '680px' } },
          people.map(([userId, kit]) =>
            h(
              'section',
              { key: userId, 'aria-label': userId, style: { minInlineSize: 0, minBlockSize: 0 } },
              [
                h(ChatKitProvider, { kit }, () =>
                  h(ChatApp, {
                    theme: globals['theme'] as 'light' | 'dark',
                    conversationId: stage.conversationId,
                  }),
                ),
              ],
            ),
          ),
        ),
    }
  },
} satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

export const English: Story = {
  ...faces.EnglishLight,
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const alice = within(canvas.getByRole('region', { name: 'alice' }))
    const bob = within(canvas.getByRole('region', { name: 'bob' }))
    await userEvent.type(await alice.findByRole('textbox', { name: 'Message' }), 'Seven it is 🌅{Enter}')
    const log = within(bob.getByRole('log', { name: 'Messages' }))
    // A row is drawn a moment before it is measured and shown.
    await waitFor(() => expect(log.getByText('Seven it is 🌅')).toBeVisible())
  },
}
export const Chinese: Story = faces.ChineseDark
