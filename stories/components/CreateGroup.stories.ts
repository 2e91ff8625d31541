import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, fn, screen, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { CreateGroup } from 'vue-parley'
import { framed } from '../support/frame'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** The plus above the conversations: which kind of group, who is in it, what it is called. */
const meta = {
  title: 'Components/CreateGroup',
  component: CreateGroup,
  args: { onCreated: fn() },
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob'] })],
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(CreateGroup, args), { width: 390, height: 640 }),
} satisfies Meta<typeof CreateGroup>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function opened({ canvasElement }: Context) {
  const button = await within(canvasElement).findByRole('button', { name: /New group|发起群聊/ })
  await userEvent.click(button)
  return within(await screen.findByRole('dialog'))
}
const shown: Story['play'] = async (context) => void (await opened(context))

export const EnglishLight: Story = { ...faces.EnglishLight, play: shown }
export const EnglishDark: Story = { ...faces.EnglishDark, play: shown }
export const ChineseLight: Story = { ...faces.ChineseLight, play: shown }
export const ChineseDark: Story = { ...faces.ChineseDark, play: shown }

/** Without a name it is called after those who are in it; they find it in their lists. */
export const NamedAfterMembers: Story = {
  async play(context) {
    const dialog = await opened(context)
    await userEvent.click(dialog.getByRole('radio', { name: 'Public group' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Next' }))
    await userEvent.type(await dialog.findByRole('textbox', { name: /Search friends/ }), 'bob')
    await userEvent.click(await dialog.findByRole('checkbox', { name: 'Bob Tanaka' }))
    await expect(dialog.getByRole('button', { name: 'Do not choose Bob Tanaka' })).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: 'Next' }))
    await expect(await dialog.findByText(/“Alice Martin, Bob Tanaka”/)).toBeVisible()
    await userEvent.click(dialog.getByRole('button', { name: 'Create group' }))
    await waitFor(() => expect(context.args.onCreated).toHaveBeenCalledOnce())
    const [id] = (context.args.onCreated as ReturnType<typeof fn>).mock.calls[0] as [string]
    const bob = (context.loaded['stage'] as Stage).kits['bob']
    const opening = bob?.dispatch({ type: 'openConversation', target: { id } })
    await expect(opening).resolves.toMatchObject({ id, kind: 'group' })
  },
}

/** Nobody is put into a live room, so nobody is asked for; too long a name is not taken. */
export const LiveRoom: Story = {
  async play(context) {
    const dialog = await opened(context)
    await userEvent.click(dialog.getByRole('radio', { name: 'Live room' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Next' }))
    const name = await dialog.findByRole('textbox', { name: 'Name' })
    await userEvent.type(name, '直播'.repeat(6))
    await expect(dialog.getByText('6 bytes too long')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Create group' })).toBeDisabled()
    await userEvent.clear(name)
    await userEvent.type(name, 'Tonight')
    await userEvent.click(dialog.getByRole('button', { name: 'Create group' }))
    await waitFor(() => expect(context.args.onCreated).toHaveBeenCalledOnce())
  },
}

/** What the service refuses it refuses in words, and what was written stays. */
export const Refused: Story = {
  async play(context) {
    const dialog = await opened(context)
    await userEvent.click(dialog.getByRole('button', { name: 'Next' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Next' }))
    await userEvent.type(await dialog.findByRole('textbox', { name: 'Name' }), 'Hikers')
    const { service } = context.loaded['stage'] as Stage
    service.failNext({ call: 'groups.create', code: 10037 })
    await userEvent.click(dialog.getByRole('button', { name: 'Create group' }))
    await waitFor(() => expect(dialog.getByRole('alert')).not.toBeEmptyDOMElement())
    await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Hikers')
  },
}
