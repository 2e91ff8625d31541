import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { GroupAdmin } from 'vue-parley'
import type { ChatKit, Intent } from 'vue-parley'
import { drawPanel, framed } from '../support/frame'
import { groupWorld } from '../support/groupWorld'
import { faces, stageLoader } from '../support/stage'
import type { Stage, StageOptions } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'

/** Who runs a group sees this; what comes of it is read at the others'. */
const meta = {
  title: 'Components/GroupAdmin',
  component: GroupAdmin,
  args: { groupId: 'trail' },
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob', 'yasmin'], world: groupWorld })],
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(GroupAdmin, args), { width: 520, height: 900 }),
} satisfies Meta<typeof GroupAdmin>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const MINUTE = 60_000
/** The screen, once its members are there. */
async function ready({ canvasElement }: Context) {
  const region = await within(canvasElement).findByRole('region', { name: /^(Group|群组)$/ })
  await within(region).findAllByRole('listitem')
  return within(region)
}

/** Opens a member's menu and chooses in it. */
async function choose(context: Context, name: RegExp, task: RegExp): Promise<void> {
  const region = await ready(context)
  await userEvent.click(await region.findByRole('button', { name }))
  await userEvent.click(await screen.findByRole('menuitem', { name: task }))
}

function kitOf({ loaded }: Context, userId: string): ChatKit {
  return (loaded['stage'] as Stage).kits[userId] as ChatKit
}

/** A stage on which somebody has done something before the story begins. */
function stageAfter(options: StageOptions, userId: string, intent: Intent): ReturnType<typeof stageLoader> {
  return async (context) => {
    const loaded = await stageLoader(options)(context)
    await loaded.stage.kits[userId]?.dispatch(intent)
    return loaded
  }
}

/** Looks again and again until somebody else's kit says so too. */
async function seenBy(context: Context, userId: string, is: (kit: ChatKit) => boolean): Promise<void> {
  await waitFor(() => expect(is(kitOf(context, userId))).toBe(true))
}

const shown: Story['play'] = async (context) => {
  const region = await ready(context)
  await expect(region.getAllByText(/^(Joined: |加入时间：)./).length).toBeGreaterThan(1)
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: shown }
export const EnglishDark: Story = { ...faces.EnglishDark, play: shown }
export const ChineseLight: Story = { ...faces.ChineseLight, play: shown }
export const ChineseDark: Story = { ...faces.ChineseDark, play: shown }

/** Each limit counts down in bytes, and what is too long is not saved. */
export const Profile: Story = {
  async play(context) {
    const region = await ready(context)
    const name = region.getByRole('textbox', { name: 'Name' })
    await userEvent.clear(name)
    await userEvent.type(name, '山'.repeat(11))
    await expect(region.getByText('3 bytes too long')).toBeVisible()
    await expect(region.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true')
    await userEvent.type(name, '{Backspace}{Backspace}')
    await userEvent.click(region.getByRole('button', { name: 'Save' }))
    await expect(await region.findByText('Saved')).toBeVisible()
  },
}

/** Muting a member: here the time left, at the muted one's the words and no way to write. */
export const Mute: Story = {
  async play(context) {
    await choose(context, /Actions for Yasmin/i, /10 minutes/)
    const region = await ready(context)
    await expect(await region.findByText(/Muted until/)).toBeVisible()
    await seenBy(context, 'yasmin', (kit) => {
      const verdict = kit.can('messages.send', { conversationId: 'group:trail' })
      return typeof verdict === 'object' && verdict.kind === 'muted'
    })
    await choose(context, /Actions for Yasmin/i, /Unmute/)
    await seenBy(context, 'yasmin', (kit) => {
      return kit.can('messages.send', { conversationId: 'group:trail' }) === 'yes'
    })
  },
}

/** What the muted one sees. */
export const MutedComposer: Story = {
  loaders: [
    stageAfter({ userIds: ['yasmin', 'alice'], open: { groupId: 'trail' }, world: groupWorld }, 'alice', {
      type: 'setMuted',
      groupId: 'trail',
      userIds: ['yasmin'],
      until: STORY_NOW + 60 * MINUTE,
    }),
  ],
  render: drawPanel(),
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByText(/You are muted here until/)).toBeVisible()
  },
}

/** A new admin, who then sees what admins see. */
export const MakeAdmin: Story = {
  async play(context) {
    await choose(context, /Actions for Yasmin/i, /Make admin/)
    await seenBy(context, 'yasmin', (kit) => kit.can('groups.kick', { groupId: 'trail' }) === 'yes')
    const region = await ready(context)
    await waitFor(() => expect(region.getAllByText('Admin')).toHaveLength(2))
  },
}

/** Somebody is put out after a question. */
export const Kick: Story = {
  async play(context) {
    await choose(context, /Actions for Yasmin/i, /Remove from group/)
    const question = await screen.findByRole('dialog', { name: /Remove .*Yasmin/i })
    await userEvent.click(within(question).getByRole('button', { name: 'Remove from group' }))
    const region = await ready(context)
    await waitFor(() => expect(region.queryByRole('button', { name: /Yasmin/i })).toBeNull())
    await seenBy(context, 'yasmin', (kit) => kit.can('groups.quit', { groupId: 'trail' }) !== 'yes')
  },
}

/** Put out for a week, listed with what is left of it, and let back in. */
export const Ban: Story = {
  async play(context) {
    await choose(context, /Actions for Yasmin/i, /Remove from group/)
    const question = within(await screen.findByRole('dialog', { name: /Remove .*Yasmin/i }))
    await userEvent.click(question.getByRole('radio', { name: 'After 7 days' }))
    await userEvent.click(question.getByRole('button', { name: 'Remove from group' }))
    await seenBy(context, 'yasmin', (kit) => {
      const verdict = kit.can('groups.join', { groupId: 'trail' })
      return typeof verdict === 'object' && verdict.kind === 'blocked' && verdict.untilAt !== undefined
    })
    const region = await ready(context)
    await userEvent.click(region.getByRole('button', { name: 'Banned' }))
    await waitFor(() => expect(region.getByText(/7 days left/)).toBeVisible())
    await userEvent.click(region.getByRole('button', { name: /Lift ban on/ }))
    await waitFor(() => expect(region.getByText('Nobody is banned.')).toBeVisible())
    await seenBy(context, 'yasmin', (kit) => kit.can('groups.join', { groupId: 'trail' }) === 'yes')
  },
}

/** Several at once, with a reason that the others read. */
export const KickSeveral: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(region.getByRole('button', { name: 'Choose several' }))
    await userEvent.click(await region.findByRole('checkbox', { name: 'Choose Yasmin' }))
    await userEvent.click(region.getByRole('checkbox', { name: /Choose Maximiliana/ }))
    await expect(region.getByText('2 chosen')).toBeVisible()
    await userEvent.click(region.getByRole('button', { name: 'Remove from group' }))
    const question = within(await screen.findByRole('dialog', { name: 'Remove 2 members?' }))
    await userEvent.type(question.getByRole('textbox', { name: 'Reason' }), 'the season is over')
    await userEvent.click(question.getByRole('button', { name: 'Remove from group' }))
    await waitFor(() => expect(region.getAllByRole('listitem')).toHaveLength(2))
    await seenBy(context, 'yasmin', (kit) => kit.can('groups.quit', { groupId: 'trail' }) !== 'yes')
  },
}

/** A time of one's own, and the list of those who are muted with what is left of it. */
export const MuteForHours: Story = {
  async play(context) {
    await choose(context, /Actions for Yasmin/i, /Mute for…/)
    const question = within(await screen.findByRole('dialog', { name: /Mute .*Yasmin/i }))
    const amount = question.getByRole('spinbutton', { name: 'How long' })
    await userEvent.clear(amount)
    await userEvent.type(amount, '5')
    await userEvent.selectOptions(question.getByRole('combobox', { name: 'Unit of time' }), 'hours')
    await userEvent.click(question.getByRole('button', { name: 'Mute' }))
    const region = await ready(context)
    await userEvent.click(await region.findByRole('button', { name: 'Muted' }))
    await waitFor(() => expect(region.getAllByRole('listitem')).toHaveLength(1))
    await expect(region.getByText(/5 hours left/)).toBeVisible()
  },
}

/** Who comes in, who was in already, and who does not exist here. */
export const Invite: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(region.getByRole('button', { name: 'Invite' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Invite people' }))
    await expect(await dialog.findByRole('checkbox', { name: 'Bob Tanaka' })).toBeDisabled()
    await userEvent.click(await dialog.findByRole('checkbox', { name: '林悦' }))
    await userEvent.type(dialog.getByRole('textbox', { name: 'Search friends' }), 'sly{Enter}')
    await userEvent.click(await dialog.findByRole('checkbox', { name: /exe/ }))
    const { service } = context.loaded['stage'] as Stage
    service.failNext({ call: 'groups.invite', code: 10014 })
    await userEvent.click(dialog.getByRole('button', { name: 'Invite' }))
    await expect(await dialog.findByText(/full/i)).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: 'Invite' }))
    await waitFor(() => expect(dialog.getAllByText('Added')).toHaveLength(2))
  },
}

/** A name in this group, given by somebody who leads. */
export const NameCard: Story = {
  async play(context) {
    await choose(context, /Actions for Yasmin/i, /Name in this group/)
    const question = within(await screen.findByRole('dialog', { name: /Name .*Yasmin.* in this group/i }))
    const field = question.getByRole('textbox', { name: 'Name in this group' })
    await userEvent.clear(field)
    await userEvent.type(field, 'Trail cook')
    await userEvent.click(question.getByRole('button', { name: 'Save' }))
    const region = await ready(context)
    await expect(await region.findByText('Trail cook')).toBeVisible()
  },
}

/** Another admin saves while one is writing: what is typed stays, and the change is shown. */
export const TwoAdmins: Story = {
  async play(context) {
    const region = await ready(context)
    const name = region.getByRole('textbox', { name: 'Name' })
    await userEvent.type(name, '!')
    await kitOf(context, 'bob').dispatch({
      type: 'updateGroup',
      patch: { id: 'trail', name: 'Peaks', intro: 'From bob' },
    })
    await expect(await region.findByText(/meanwhile to “Peaks”/)).toBeVisible()
    await expect(name).toHaveValue('Trail mates · 山友!')
    await expect(region.getByRole('textbox', { name: 'Introduction' })).toHaveValue('From bob')
    await userEvent.click(region.getByRole('button', { name: 'Save' }))
    await expect(await region.findByText('Saved')).toBeVisible()
  },
}

/** Fields, attributes and counters for apps; what somebody else has written first is not overwritten unseen (10056). */
export const MoreData: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(region.getByText('More data of the group'))
    const attributes = within(await region.findByRole('form', { name: 'Attributes' }))
    await userEvent.type(attributes.getByRole('textbox', { name: 'Key' }), 'pace')
    await userEvent.type(attributes.getByRole('textbox', { name: 'Value' }), 'slow')
    await userEvent.click(attributes.getByRole('button', { name: 'Add' }))
    const pace = await region.findByRole('textbox', { name: 'pace' })
    await userEvent.type(pace, 'er')
    await kitOf(context, 'bob').dispatch({
      type: 'writeAttributes',
      groupId: 'trail',
      set: { pace: 'fast' },
      deleted: [],
    })
    await expect(await region.findByText(/meanwhile to “fast”/)).toBeVisible()
    await expect(pace).toHaveValue('slower')
    const fields = within(region.getByRole('form', { name: 'Own fields' }))
    await userEvent.type(fields.getByRole('textbox', { name: 'Key' }), 'meet')
    await userEvent.type(fields.getByRole('textbox', { name: 'Value' }), 'at the gate')
    // Both write at once, each a field of his own: both stay.
    await Promise.all([
      kitOf(context, 'bob').dispatch({
        type: 'updateGroup',
        patch: { id: 'trail', custom: { level: 'hard' } },
      }),
      userEvent.click(fields.getByRole('button', { name: 'Add' })),
    ])
    await expect(await region.findByRole('textbox', { name: 'meet' })).toHaveValue('at the gate')
    await expect(await region.findByRole('textbox', { name: 'level' })).toHaveValue('hard')
    const counters = within(region.getByRole('form', { name: 'Counters' }))
    await userEvent.type(counters.getByRole('textbox', { name: 'Key' }), 'summits')
    await userEvent.type(counters.getByRole('textbox', { name: 'Value' }), '3')
    await userEvent.click(counters.getByRole('button', { name: 'Add' }))
    await userEvent.click(await region.findByRole('button', { name: 'One more for summits' }))
    await expect(await region.findByText('4')).toBeVisible()
  },
}

/** Somebody asks to come in; one leader says yes. */
export const Applications: Story = {
  loaders: [
    stageAfter({ userIds: ['alice', 'bob', 'linyue'], world: groupWorld }, 'linyue', {
      type: 'joinGroup',
      groupId: 'trail',
      wording: '我也想去！',
    }),
  ],
  async play(context) {
    const region = await ready(context)
    await expect(await region.findByText('我也想去！')).toBeVisible()
    await userEvent.click(region.getByRole('button', { name: /Accept/ }))
    await expect(await region.findByText('Nobody is waiting.')).toBeVisible()
    await seenBy(context, 'linyue', (kit) => kit.can('groups.quit', { groupId: 'trail' }) === 'yes')
  },
}

/** The owner cannot just go: somebody takes over first, in one step. */
export const OwnerLeaves: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(region.getByRole('button', { name: 'Leave group' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Who takes over?' }))
    await expect(dialog.getByText(/cannot simply leave/)).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Hand over and leave' })).toBeDisabled()
    await userEvent.click(await dialog.findByRole('radio', { name: 'Bob Tanaka' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Hand over and leave' }))
    await expect(await region.findByText('You are not in this group any more.')).toBeVisible()
    await seenBy(context, 'bob', (kit) => kit.can('groups.dissolve', { groupId: 'trail' }) === 'yes')
  },
}

/** Or it ends for everybody. */
export const Dissolve: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(region.getByRole('button', { name: 'Dissolve group' }))
    const question = await screen.findByRole('dialog', { name: /Dissolve this group/ })
    await userEvent.click(within(question).getByRole('button', { name: 'Dissolve group' }))
    await expect(await region.findByText('You are not in this group any more.')).toBeVisible()
  },
}

/** A plain member has nothing to set, but can leave. */
export const PlainMember: Story = {
  loaders: [stageLoader({ userIds: ['yasmin'], world: groupWorld })],
  async play(context) {
    const region = await ready(context)
    await expect(region.queryByRole('textbox', { name: 'Name' })).toBeNull()
    await expect(region.queryByRole('button', { name: /Actions for/ })).toBeNull()
    await userEvent.type(region.getByRole('textbox', { name: /Search/ }), 'bob')
    await waitFor(() => expect(region.getAllByRole('listitem')).toHaveLength(1))
    await expect(region.getByRole('button', { name: 'Leave group' })).toBeEnabled()
  },
}
