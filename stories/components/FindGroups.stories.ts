import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { FindGroups } from 'vue-parley'
import { framed } from '../support/frame'
import { groupWorld } from '../support/groupWorld'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** Looking for a group, and standing before its door. */
const meta = {
  title: 'Components/FindGroups',
  component: FindGroups,
  args: { onOpen: fn() },
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['linyue', 'alice'], world: groupWorld })],
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(FindGroups, args), { width: 390, height: 560 }),
} satisfies Meta<typeof FindGroups>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function searched({ canvasElement }: Context, words: string) {
  const canvas = within(canvasElement)
  const field = await canvas.findByRole('textbox', { name: /Name or id of a group|群名称或群 ID/ })
  await userEvent.type(field, `${words}{Enter}`)
  return canvas
}
const shown: Story['play'] = async (context) => {
  const canvas = await searched(context, 'trail')
  await canvas.findByRole('listitem')
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: shown }
export const EnglishDark: Story = { ...faces.EnglishDark, play: shown }
export const ChineseLight: Story = { ...faces.ChineseLight, play: shown }
export const ChineseDark: Story = { ...faces.ChineseDark, play: shown }

/** Asks with a few words, waits, and is in when somebody agrees. */
export const Apply: Story = {
  async play(context) {
    const canvas = await searched(context, 'trail')
    await userEvent.click(await canvas.findByRole('button', { name: /Ask to join Trail/ }))
    await userEvent.type(await canvas.findByRole('textbox', { name: /A few words/ }), '我也想去！')
    await userEvent.click(canvas.getByRole('button', { name: 'Send request' }))
    await expect(await canvas.findByText(/You have asked to join/)).toBeVisible()
    const alice = (context.loaded['stage'] as Stage).kits['alice']
    await alice?.dispatch({ type: 'inviteMembers', groupId: 'trail', userIds: ['linyue'] })
    await userEvent.click(await canvas.findByRole('button', { name: /Open Trail/ }))
    await waitFor(() => expect(context.args.onOpen).toHaveBeenCalledWith('group:trail'))
  },
}

/** A group that lets nobody in says so. */
export const Closed: Story = {
  async play(context) {
    const alice = (context.loaded['stage'] as Stage).kits['alice']
    await alice?.dispatch({ type: 'updateGroup', patch: { id: 'trail', joining: 'closed' } })
    const canvas = await searched(context, 'trail')
    const row = within(await canvas.findByRole('listitem'))
    await waitFor(() => expect(row.queryByRole('button')).toBeNull())
    await expect(row.getByText(/not allowed|permission|right/i)).toBeVisible()
  },
}

/** A group that is full is full by the time one is there. */
export const Full: Story = {
  async play(context) {
    const canvas = await searched(context, 'trail')
    await userEvent.click(await canvas.findByRole('button', { name: /Ask to join Trail/ }))
    const { service } = context.loaded['stage'] as Stage
    service.failNext({ call: 'groups.join', code: 10014 })
    await userEvent.click(await canvas.findByRole('button', { name: 'Send request' }))
    await expect(await canvas.findByText(/full/i)).toBeVisible()
  },
}

/** Nothing is called that. */
export const Nothing: Story = {
  async play(context) {
    const canvas = await searched(context, 'review')
    await expect(await canvas.findByText(/There is no group “review”/)).toBeVisible()
  },
}
