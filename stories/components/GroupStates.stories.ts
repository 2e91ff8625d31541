import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { GroupAdmin, GroupInbox } from 'vue-parley'
import { framed } from '../support/frame'
import { groupWorld } from '../support/groupWorld'
import { liveWorld } from '../support/liveWorld'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** States of a group that come of settings, of its type, or of what somebody else does meanwhile. */
const meta = {
  title: 'Components/GroupStates',
  component: GroupAdmin,
  args: { groupId: 'trail' },
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob', 'yasmin', 'linyue'], world: groupWorld })],
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(GroupAdmin, args), { width: 520, height: 900 }),
} satisfies Meta<typeof GroupAdmin>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function ready({ canvasElement }: Context) {
  return within(await within(canvasElement).findByRole('region', { name: 'Group' }))
}

function kitOf({ loaded }: Context, userId: string) {
  const kit = (loaded['stage'] as Stage).kits[userId]
  if (!kit) throw new Error(`${userId} is not on the stage`)
  return kit
}

/** Only those who lead may write: a plain member's message is refused. */
export const MuteEverybody: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(await region.findByLabelText('Only owner and admins may write'))
    const kit = kitOf(context, 'yasmin')
    const { id } = await kit.dispatch({ type: 'openConversation', target: { groupId: 'trail' } })
    await waitFor(() =>
      expect(kit.can('messages.send', { conversationId: id })).toMatchObject({ kind: 'muted' }),
    )
  },
}

/** The door is shut: whoever is outside cannot even ask. */
export const DoorShut: Story = {
  async play(context) {
    const region = await ready(context)
    const door = await region.findByRole('combobox', { name: 'Who may join' })
    await userEvent.selectOptions(door, 'Nobody by themselves')
    const outsider = kitOf(context, 'linyue')
    await waitFor(async () => {
      await outsider.dispatch({ type: 'loadGroups', ids: ['trail'], refresh: true })
      expect(outsider.can('groups.join', { groupId: 'trail' })).toMatchObject({ kind: 'forbidden' })
    })
  },
}

/** The owner makes somebody else the owner, and is a plain member from then on. */
export const HandedOver: Story = {
  async play(context) {
    const region = await ready(context)
    await userEvent.click(await region.findByRole('button', { name: /Actions for Bob/ }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Make owner' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Make owner' }))
    await waitFor(() => expect(region.queryByLabelText('Only owner and admins may write')).toBeNull())
  },
}

/** It ends while somebody looks at it. */
export const EndedMeanwhile: Story = {
  loaders: [stageLoader({ userIds: ['bob', 'alice'], world: groupWorld })],
  async play(context) {
    const region = await ready(context)
    await region.findAllByRole('listitem')
    await kitOf(context, 'alice').dispatch({ type: 'dissolveGroup', groupId: 'trail' })
    await expect(await region.findByText('You are not in this group any more.')).toBeVisible()
    await waitFor(() => expect(region.queryByRole('button', { name: 'Save' })).toBeNull())
  },
}

/** A live room has no list of members, and nobody can be put into it. */
export const LiveRoom: Story = {
  args: { groupId: 'studio' },
  loaders: [stageLoader({ world: liveWorld })],
  async play(context) {
    const region = await ready(context)
    await expect(await region.findByText('A live room has no list of members.')).toBeVisible()
    await expect(region.queryByRole('button', { name: /Invite/ })).toBeNull()
  },
}

/** Nobody waits at any door. */
export const EmptyInbox: Story = {
  render: (_args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(GroupInbox), { width: 560, height: 480 }),
  async play({ canvasElement }) {
    await expect(await within(canvasElement).findByRole('region')).toBeVisible()
    await expect(within(canvasElement).queryByRole('listitem')).toBeNull()
  },
}

/** A leader says no; whoever asked stays outside. */
export const RefusedInInbox: Story = {
  ...EmptyInbox,
  loaders: [
    stageLoader({
      userIds: ['alice', 'linyue'],
      world: groupWorld,
      prepare: async ({ kits }) =>
        kits['linyue']?.dispatch({ type: 'joinGroup', groupId: 'trail', wording: '我也想去！' }),
    }),
  ],
  async play(context) {
    const canvas = within(context.canvasElement)
    await userEvent.click(await canvas.findByRole('button', { name: /^Decline|^Refuse/ }))
    await waitFor(() => expect(canvas.queryByRole('button', { name: /^Accept/ })).toBeNull())
    await expect(kitOf(context, 'linyue').can('groups.quit', { groupId: 'trail' })).not.toBe('yes')
  },
}
