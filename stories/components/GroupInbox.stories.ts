import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { GroupInbox } from 'vue-parley'
import { useGroupStore } from 'vue-parley/headless'
import { framed } from '../support/frame'
import { groupWorld } from '../support/groupWorld'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** What waits at the doors of groups: invitations for oneself, and who wants into the groups one leads. */
const meta = {
  title: 'Components/GroupInbox',
  component: GroupInbox,
  parameters: { layout: 'fullscreen' },
  loaders: [
    stageLoader({
      userIds: ['alice', 'bob', 'linyue', 'sly'],
      world: groupWorld,
      invitees: 'asked',
      async prepare({ kits }) {
        await kits['linyue']?.dispatch({ type: 'joinGroup', groupId: 'trail', wording: '我也想去！' })
        const made = await kits['sly']?.dispatch({
          type: 'createGroup',
          group: { type: 'public', name: 'Night hikes' },
          memberIds: [],
        })
        if (!made) return
        await kits['sly']?.dispatch({ type: 'inviteMembers', groupId: made.group.id, userIds: ['alice'] })
      },
    }),
  ],
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(GroupInbox, args), { width: 560, height: 480 }),
} satisfies Meta<typeof GroupInbox>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function ready({ canvasElement }: Context) {
  const canvas = within(canvasElement)
  await waitFor(() => expect(canvas.getAllByRole('listitem')).toHaveLength(2))
  return canvas
}
const shown: Story['play'] = async (context) => void (await ready(context))

export const EnglishLight: Story = { ...faces.EnglishLight, play: shown }
export const EnglishDark: Story = { ...faces.EnglishDark, play: shown }
export const ChineseLight: Story = { ...faces.ChineseLight, play: shown }
export const ChineseDark: Story = { ...faces.ChineseDark, play: shown }

/** An invitation is accepted: from then on one is in. */
export const Invited: Story = {
  async play(context) {
    const canvas = await ready(context)
    await userEvent.click(await canvas.findByRole('button', { name: 'Accept Night hikes' }))
    await expect(await canvas.findByText('Accepted')).toBeVisible()
  },
}

/** Another admin is faster: the row says so and stays. */
export const AlreadyHandled: Story = {
  async play(context) {
    const canvas = await ready(context)
    const { bob } = (context.loaded['stage'] as Stage).kits
    if (!bob) throw new Error('bob is missing')
    await bob.dispatch({ type: 'loadApplications' })
    const application = [...useGroupStore(bob.pinia).applicationById.values()][0]
    if (!application) throw new Error('nobody has asked')
    await bob.dispatch({ type: 'answerApplication', applicationId: application.id, verdict: 'accept' })
    await expect(await canvas.findByText('Another admin has accepted this.')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('button', { name: /^Accept 林悦/ })).toBeNull())
  },
}
