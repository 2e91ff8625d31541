import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { LiveRoom } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { framed } from '../support/frame'
import { fakeVideo, liveWorld } from '../support/liveWorld'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

const PHONE = { width: 390, height: 780 }

/** A live room over the app's video: bounded whatever comes in, and its host runs it by messages. */
const meta = {
  title: 'Components/LiveRoom',
  component: LiveRoom,
  args: { groupId: 'kitchen' },
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob', 'linyue'], world: liveWorld })],
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(LiveRoom, args, { video: fakeVideo }), PHONE),
} satisfies Meta<typeof LiveRoom>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const stageOf = ({ loaded }: Context) => loaded['stage'] as Stage
const kitOf = (context: Context, userId: string) => stageOf(context).kits[userId] as ChatKit
const text = (words: string) => [{ kind: 'text', text: words }] as const

/** The room, once it is entered. */
async function entered({ canvasElement }: Context) {
  const room = within(await within(canvasElement).findByRole('region', { name: /^(Live room|直播间)/ }))
  await waitFor(() => expect(room.getByRole('textbox')).toBeEnabled())
  return room
}

/** Somebody else comes into the room; what he does there is heard by all. */
async function guest(context: Context, userId: string, groupId = 'kitchen') {
  const kit = kitOf(context, userId)
  await kit.dispatch({ type: 'enterLiveRoom', groupId })
  const say = (words: string, priority: 'high' | 'normal' = 'normal') =>
    kit.dispatch({ type: 'sayLive', groupId, parts: text(words), priority })
  await say('hello all')
  return { kit, say }
}

/** A custom message as the host's own kit would send it. */
const order = (kind: 'mute' | 'kick', data: Record<string, string | null>) =>
  [{ kind: 'custom', type: `parley/${kind}`, data, fallback: kind }] as const

/** A room at work: people come and talk, and somebody gives. */
const atWork: Story['play'] = async (context) => {
  const room = await entered(context)
  const { kit, say } = await guest(context, 'bob')
  await say('Welcome! 今晚我们做手擀面，先和面', 'high')
  const yue = await guest(context, 'linyue')
  await yue.say('晚上好，主播今天气色真好')
  await kit.dispatch({
    type: 'sayLive',
    groupId: 'kitchen',
    priority: 'high',
    parts: [
      {
        kind: 'custom',
        type: 'parley/gift',
        data: { gift: { id: 'cake', name: 'Cake', sign: '🍰' }, count: 3 },
        fallback: 'Cake',
      },
    ],
  })
  await expect(await room.findByText('晚上好，主播今天气色真好')).toBeVisible()
  await expect(await room.findByText(/^(3 watching|3 人在看)$/)).toBeInTheDocument()
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: atWork }
export const EnglishDark: Story = { ...faces.EnglishDark, play: atWork }
export const ChineseLight: Story = { ...faces.ChineseLight, play: atWork }
export const ChineseDark: Story = { ...faces.ChineseDark, play: atWork }

/** On a wide screen the lines stay at one side of the picture. */
export const Wide: Story = {
  render: (args, { loaded }) =>
    framed(loaded['stage'] as Stage, () => h(LiveRoom, args, { video: fakeVideo }), { height: 640 }),
  play: atWork,
}

/** What one says is there at once, and the field is empty again. */
export const Say: Story = {
  async play(context) {
    const room = await entered(context)
    const field = room.getByRole('textbox', { name: 'Say something' })
    await userEvent.type(field, 'Hi from the balcony{Enter}')
    await expect(await room.findByText('Hi from the balcony')).toBeVisible()
    await waitFor(() => expect(field).toHaveValue(''))
    await expect(field).toHaveFocus()
  },
}

/** Gifts pressed one after the other are one combo. */
export const Gifts: Story = {
  async play(context) {
    const room = await entered(context)
    const bob = await guest(context, 'bob')
    await userEvent.click(room.getByRole('button', { name: 'Send a gift' }))
    const rose = await room.findByRole('button', { name: 'Rose' })
    for (let i = 0; i < 3; i++) await userEvent.click(rose)
    // It fades in.
    await waitFor(() => expect(room.getByText('× 3')).toBeVisible())
    await bob.say('thank you!', 'high')
    await expect(await room.findByText('thank you!')).toBeVisible()
  },
}

/** Likes count at once; the others hear of them some seconds later, all together. */
export const Likes: Story = {
  async play(context) {
    const room = await entered(context)
    const like = room.getByRole('button', { name: 'Like' })
    for (let i = 0; i < 5; i++) await userEvent.click(like)
    await expect(await room.findByText('5')).toBeVisible()
  },
}

/** Whoever reads above stays there; a press brings him back to the end. */
export const ReadingAbove: Story = {
  async play(context) {
    const room = await entered(context)
    const { say } = await guest(context, 'bob')
    for (let i = 1; i <= 25; i++) await say(`line ${i}`, 'high')
    await room.findByText('line 25')
    const list = room.getByRole('list', { name: 'What is said' })
    // The list may be on its way to the end still.
    const pill = await waitFor(() => {
      list.scrollTop = 0
      return room.getByRole('button', { name: /new message/ })
    })
    await say('one more', 'high')
    await say('and another', 'high')
    await expect(await room.findByRole('button', { name: '2 new messages' })).toBeVisible()
    await expect(room.queryByText('and another')).toBeNull()
    await userEvent.click(pill)
    await expect(await room.findByText('and another')).toBeVisible()
    await waitFor(() => expect(room.queryByRole('button', { name: /new message/ })).toBeNull())
  },
}

/** The lines are reached by the arrows, and stay where they are meanwhile. */
export const ByKeyboard: Story = {
  async play(context) {
    const room = await entered(context)
    const { say } = await guest(context, 'bob')
    await say('first', 'high')
    await say('second', 'high')
    await room.findByText('second')
    const list = room.getByRole('list', { name: 'What is said' })
    list.focus()
    await userEvent.keyboard('{ArrowUp}')
    await expect(document.activeElement).toHaveTextContent('second')
    await userEvent.keyboard('{ArrowUp}')
    await expect(document.activeElement).toHaveTextContent('first')
    await say('third', 'high')
    await expect(await room.findByRole('button', { name: '1 new message' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect(list).toHaveFocus()
    await expect(await room.findByText('third')).toBeVisible()
  },
}

/** The host mutes somebody from his line; the muted one reads until when. */
export const HostMutes: Story = {
  args: { groupId: 'studio' },
  async play(context) {
    const room = await entered(context)
    const bob = await guest(context, 'bob', 'studio')
    await bob.say('spam spam spam')
    await userEvent.click(await room.findByText('spam spam spam'))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Mute for 10 minutes' }))
    await expect((await room.findAllByText('muted')).length).toBeGreaterThan(0)
    await waitFor(() => expect(bob.say('still here?')).rejects.toMatchObject({ kind: 'muted' }))
  },
}

/** The host puts somebody out. */
export const HostKicks: Story = {
  args: { groupId: 'studio' },
  async play(context) {
    const room = await entered(context)
    const bob = await guest(context, 'bob', 'studio')
    await bob.say('rude words')
    await userEvent.click(await room.findByText('rude words'))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove from the room' }))
    await waitFor(() => expect(bob.say('let me in')).rejects.toMatchObject({ name: 'ChatError' }))
    await expect(await room.findByText('1 watching')).toBeInTheDocument()
  },
}

/** The host pins words of his own for all to read, and takes them away again. */
export const HostPins: Story = {
  args: { groupId: 'studio' },
  async play(context) {
    const room = await entered(context)
    await userEvent.click(room.getByRole('button', { name: 'Run the room' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Pin a message…' }))
    await userEvent.type(await screen.findByLabelText('What everybody shall read'), 'Questions at nine')
    await userEvent.click(screen.getByRole('button', { name: 'Pin' }))
    await expect(await room.findByText('Questions at nine')).toBeVisible()
    await userEvent.click(await room.findByRole('button', { name: 'Unpin' }))
    await waitFor(() => expect(room.queryByText('Questions at nine')).toBeNull())
  },
}

/** Only the host may write: the others read why. */
export const MutedForAll: Story = {
  async play(context) {
    const room = await entered(context)
    const { kit } = await guest(context, 'bob')
    await kit.dispatch({ type: 'updateGroup', patch: { id: 'kitchen', isMuted: true } })
    await expect(await room.findByText('Only the host may write now.')).toBeVisible()
    await expect(room.queryByRole('textbox')).toBeNull()
  },
}

/** The host has muted this viewer, over a message. */
export const Muted: Story = {
  async play(context) {
    const room = await entered(context)
    const { kit } = await guest(context, 'bob')
    const parts = order('mute', { userId: 'alice', until: 'forever' })
    await kit.dispatch({ type: 'sayLive', groupId: 'kitchen', parts, priority: 'high' })
    await expect(await room.findByText('The host has muted you.')).toBeVisible()
    await expect(room.getByRole('button', { name: 'Like' })).toBeDisabled()
  },
}

/** Put out while watching: who did it, and the way back. */
export const KickedOut: Story = {
  async play(context) {
    const room = await entered(context)
    const { kit } = await guest(context, 'bob')
    const parts = order('kick', { userId: 'alice' })
    await kit.dispatch({ type: 'sayLive', groupId: 'kitchen', parts, priority: 'high' })
    await expect(await room.findByText(/Bob Tanaka.* removed you from this room\./)).toBeVisible()
    await userEvent.click(room.getByRole('button', { name: 'Come back in' }))
    await entered(context)
  },
}

/** A viewer cannot put anybody out, whatever he sends. */
export const ForgedOrder: Story = {
  async play(context) {
    const room = await entered(context)
    const { kit, say } = await guest(context, 'linyue')
    const parts = order('kick', { userId: 'alice' })
    await kit.dispatch({ type: 'sayLive', groupId: 'kitchen', parts, priority: 'high' })
    await say('did it work?', 'high')
    await expect(await room.findByText('did it work?')).toBeVisible()
    await expect(room.getByRole('textbox')).toBeEnabled()
  },
}

/** Without a connection the room waits, and comes back by itself. */
export const Waiting: Story = {
  async play(context) {
    const room = await entered(context)
    const kit = kitOf(context, 'alice')
    await kit.disconnect()
    await expect(await room.findByText('No connection. You come back in by yourself.')).toBeVisible()
    kit.connect()
    await entered(context)
  },
}

/** The host has ended the room. */
export const Ended: Story = {
  async play(context) {
    const room = await entered(context)
    await kitOf(context, 'bob').dispatch({ type: 'dissolveGroup', groupId: 'kitchen' })
    await expect(await room.findByText('This live room has ended.')).toBeVisible()
  },
}

/** A room that is not there. */
export const NotFound: Story = {
  args: { groupId: 'nowhere' },
  async play({ canvasElement }) {
    const room = within(canvasElement)
    await expect(await room.findByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(room.getByRole('textbox')).toBeDisabled()
  },
}

/** Hundreds a second: as much as can be read is shown, and said to be so. */
export const Flood: Story = {
  loaders: [
    stageLoader({
      world: liveWorld,
      rates: { livePerSecond: 1_000 },
      prepare: async ({ service }) => service.startCrowd('kitchen', { perSecond: 400 }),
    }),
  ],
  async play(context) {
    const room = await entered(context)
    await expect(await room.findByText('A lot is going on: not everything is shown.')).toBeVisible()
    await expect(await room.findByText('2,001 watching')).toBeInTheDocument()
  },
}
