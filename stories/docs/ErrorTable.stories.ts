import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { errorCatalogue } from 'vue-parley/core'
import { ErrorTable } from '../support/errorTable'

/** All codes of all backends, with their words in both languages. */
const meta = {
  title: 'Docs/Errors/Table',
  component: ErrorTable,
  tags: ['!dev'],
  parameters: { layout: 'fullscreen' },
} satisfies Meta<typeof ErrorTable>

export default meta
type Story = StoryObj<typeof meta>

export const Codes: Story = {}

/** Found by code, by domain and word, and by a word of either language. */
export const Searched: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const field = canvas.getByRole('searchbox', { name: 'Search the codes' })
    const search = async (words: string): Promise<string[]> => {
      await userEvent.clear(field)
      await userEvent.type(field, words)
      return canvas.queryAllByRole('rowheader').map(({ textContent }) => textContent ?? '')
    }
    await expect(await search('10017')).toEqual(['10017'])
    await expect(await search('-6')).toEqual(['-6'])
    await expect(canvas.getByText('wildfire')).toBeVisible()
    await expect(await search('wildfire muted')).toEqual(['241', '247'])
    await expect(await search('禁言')).toContain('20012')
    await expect(await search('conflict xmpp')).toContain('conflict')
    await expect(await search('storage-memory')).toEqual(['storage-memory'])
    await expect(await search('no such words')).toEqual([])
    await userEvent.clear(field)
    const all = errorCatalogue().length
    await expect(canvas.getByRole('status')).toHaveTextContent(`${all} of ${all} codes`)
    await expect(canvas.getByRole('button', { name: 'Show all of them' })).toBeVisible()
  },
}
