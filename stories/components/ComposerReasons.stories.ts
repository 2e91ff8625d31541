import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { drawPanel } from '../support/frame'
import { groupWorld } from '../support/groupWorld'
import { eventually, findLog } from '../support/reader'
import { archiveLoader, faces, stageLoader } from '../support/stage'
import type { ArchiveStage, Stage, StageOptions } from '../support/stage'

/** Why one cannot write, and what one should know while one writes. */
const meta = {
  title: 'Components/Composer/Reasons',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  render: drawPanel({ height: 420 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const owner = (stage: Stage) => stage.kits['alice'] as ChatKit
const inTrail = (prepare: NonNullable<StageOptions['prepare']>): StageOptions => ({
  userIds: ['yasmin', 'alice'],
  world: groupWorld,
  open: { groupId: 'trail' },
  prepare,
})

/** The words stand at the field, which takes nothing. */
function says(words: string | RegExp, isClosed = true): NonNullable<Story['play']> {
  return async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await eventually(() => expect(canvas.getByText(words, { selector: '[role=status]' })).toBeVisible())
    const box = canvas.getByRole('textbox', { name: /^(Message|消息)$/ })
    if (isClosed) await expect(box).toHaveAttribute('readonly')
    else await expect(box).not.toHaveAttribute('readonly')
  }
}

const muted = inTrail((stage) =>
  owner(stage).dispatch({
    type: 'setMuted',
    groupId: 'trail',
    userIds: ['yasmin'],
    until: owner(stage).clock.now() + 9 * 60_000,
  }),
)

/** Muted for some minutes, which are counted. */
export const Muted: Story = {
  ...faces.EnglishLight,
  loaders: [stageLoader(muted)],
  async play(context) {
    await says(/^You are muted here until/)(context)
    await expect(within(context.canvasElement).getByText(/^[89] minutes left$/)).toBeVisible()
  },
}
export const MutedDark: Story = {
  ...faces.ChineseDark,
  loaders: [stageLoader(muted)],
  play: says(/禁言/),
}

/** Only those who lead may write. */
export const AllMuted: Story = {
  loaders: [
    stageLoader(
      inTrail((stage) =>
        owner(stage).dispatch({ type: 'updateGroup', patch: { id: 'trail', isMuted: true } }),
      ),
    ),
  ],
  play: says('Only owner and admins may write here now.'),
}

/** Something ends the conversation while one writes in it. */
function ends(how: (stage: Stage) => Promise<unknown>, words: RegExp): Story {
  return {
    loaders: [stageLoader(inTrail(async () => {}))],
    async play(context) {
      const box = await within(context.canvasElement).findByRole('textbox', { name: 'Message' })
      await eventually(() => expect(within(context.canvasElement).getByRole('heading')).toBeVisible())
      await userEvent.type(box, 'Half a sent')
      await how(context.loaded['stage'] as Stage)
      await says(words)(context)
      await expect(box).toHaveValue('Half a sent')
    },
  }
}

/** The group is no more, though what was written can be read. */
export const Dissolved: Story = ends(
  (stage) => owner(stage).dispatch({ type: 'dissolveGroup', groupId: 'trail' }),
  /^This group was dissolved/,
)

/** Somebody was put out. */
export const NotAMember: Story = ends(
  (stage) => owner(stage).dispatch({ type: 'kickMembers', groupId: 'trail', userIds: ['yasmin'] }),
  /not in this group|not a member/i,
)

/** One may write to whom one has blocked, and is told that no answer will come. */
export const Blocked: Story = {
  loaders: [
    stageLoader({
      open: { userId: 'bob' },
      prepare: ({ kit }) => kit.dispatch({ type: 'setBlocked', userIds: ['bob'], isBlocked: true }),
    }),
  ],
  play: says('You have blocked this person and get no answers.', false),
}

/** Without a connection one writes on, and knows that it waits. */
export const Offline: Story = {
  loaders: [archiveLoader({ count: 4 })],
  async play(context) {
    const { canvasElement, loaded } = context
    await findLog(canvasElement)
    const { archive } = loaded['stage'] as ArchiveStage
    const canvas = within(canvasElement)
    await userEvent.type(canvas.getByRole('textbox', { name: 'Message' }), 'See you')
    await expect(canvas.queryByText(/^No connection/)).toBeNull()
    archive.become({ state: 'offline' })
    await says('No connection: it leaves as soon as there is one.', false)(context)
  },
}
