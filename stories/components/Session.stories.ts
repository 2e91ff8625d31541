import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { h } from 'vue'
import { ChatApp, ChatError } from 'vue-parley'
import type { SessionState } from 'vue-parley/core'
import { framed } from '../support/frame'
import { eventually, findLog } from '../support/reader'
import { archiveLoader } from '../support/stage'
import type { ArchiveStage } from '../support/stage'

/** What the bar above the chat says about the session and the storage, and the way out that it offers. */
const meta = {
  title: 'States/Session and storage',
  component: ChatApp,
  parameters: { layout: 'fullscreen' },
  loaders: [archiveLoader({ count: 8 })],
  render: (_, { loaded, globals, parameters }) =>
    framed(
      loaded['stage'] as ArchiveStage,
      (stage) =>
        h(ChatApp, {
          theme: globals['theme'] as 'light' | 'dark',
          conversationId: stage.conversationId,
        }),
      { height: 560, width: (parameters['width'] as number | undefined) ?? 900 },
    ),
} satisfies Meta<typeof ChatApp>

export default meta
type Story = StoryObj<typeof meta>

const expired = new ChatError({ code: 'expired', kind: 'signed-out', domain: 'archive' })
const chinesePhone = { globals: { locale: 'zh-CN', theme: 'dark' }, parameters: { width: 390 } } as const

/** The session becomes this, and the bar says so, with a button or without. */
function becomes(session: SessionState, words: string, button?: string): Story {
  return {
    async play({ canvasElement, loaded }) {
      const { archive } = loaded['stage'] as ArchiveStage
      const canvas = within(canvasElement)
      await findLog(canvasElement)
      archive.become(session)
      const text = await canvas.findByText(words, { exact: false })
      await expect(text).toBeVisible()
      const notice = within(text.closest<HTMLElement>('[data-session]') ?? canvasElement)
      const buttons = notice.queryAllByRole('button').map((one) => one.textContent)
      await expect(buttons).toEqual(button === undefined ? [] : [button])
    },
  }
}

export const Offline: Story = becomes({ state: 'offline' }, 'You are offline.')
export const Reconnecting: Story = becomes({ state: 'reconnecting' }, 'Reconnecting…')
const unreachable = new ChatError({ code: 'unreachable', kind: 'offline', retry: 'later' })
export const NotReached: Story = becomes(
  { state: 'connecting', retryInMs: 45_000, error: unreachable },
  'Next try in',
  'Try now',
)
export const NotReachedOnAPhone: Story = {
  ...becomes({ state: 'reconnecting', retryInMs: 45_000, error: unreachable }, '秒后重试', '立即重试'),
  ...chinesePhone,
}
export const CatchingUp: Story = becomes(
  { state: 'online', isCatchingUp: true, hasContinuity: true },
  'Loading what you missed…',
)
export const CredentialsNeeded: Story = becomes(
  { state: 'credentials-needed', error: expired },
  'Your sign-in has expired.',
  'Go to sign-in',
)
export const CredentialsTimedOut: Story = becomes(
  { state: 'credentials-needed', error: new ChatError({ code: 'credentials-timeout', kind: 'timeout' }) },
  'Renewing your sign-in took too long.',
  'Try again',
)
export const KickedByAnotherDevice: Story = becomes(
  { state: 'kicked', by: 'other-device' },
  'You signed in somewhere else',
  'Use it here',
)
export const TooManyWindows: Story = becomes(
  { state: 'kicked', by: 'too-many-instances' },
  'Too many windows are signed in.',
  'Reload',
)
export const KickedByOperator: Story = becomes(
  { state: 'kicked', by: 'operator' },
  'You were signed out by the people who run this service.',
  'Sign in again',
)
export const Banned: Story = becomes({ state: 'banned', error: expired }, 'This account is blocked.')
export const Refused: Story = becomes(
  { state: 'refused', error: expired },
  'The service refused the connection.',
  'Reload',
)
/** The kit has ended under its screens: nothing of the user is left on them. */
export const SignedOut: Story = {
  async play({ canvasElement, loaded }) {
    const { kit } = loaded['stage'] as ArchiveStage
    await findLog(canvasElement)
    await kit.signOut()
    const canvas = within(canvasElement)
    await eventually(() => expect(canvas.queryAllByText('You are signed out')).not.toHaveLength(0))
    await eventually(() => expect(canvas.queryByRole('option')).toBeNull())
  },
}
export const ClockIsWrong: Story = becomes(
  { state: 'offline', error: new ChatError({ code: 'clock-skewed', kind: 'invalid' }) },
  'The clock of this device is wrong',
  'Try again',
)
export const ClockIsWrongOnAPhone: Story = {
  ...becomes(
    { state: 'offline', error: new ChatError({ code: 'clock-skewed', kind: 'invalid' }) },
    '本机时间相差超过一天',
    '重试',
  ),
  ...chinesePhone,
}
export const KickedOnAPhone: Story = {
  ...becomes({ state: 'kicked', by: 'other-device' }, '你在别处登录了', '在此使用'),
  ...chinesePhone,
}

/** The button signs in once more, and the bar goes. */
export const UsedHereAgain: Story = {
  async play(context) {
    await KickedByAnotherDevice.play?.(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Use it here' }))
    await eventually(() => expect(canvas.queryByText(/You signed in somewhere else/)).toBeNull())
  },
}

/** The browser keeps nothing: told once, and taken away at a press. */
export const StorageInMemory: Story = {
  loaders: [archiveLoader({ count: 8, hasNoStorage: true })],
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByText(/This browser keeps nothing for this page/)).toBeVisible()
  },
}

/** Two notices at once, each with its own sign and a line between them; the second is taken away. */
export const SeveralAtOnce: Story = {
  loaders: StorageInMemory.loaders ?? [],
  async play(context) {
    await StorageInMemory.play?.(context)
    await Offline.play?.(context)
  },
}
export const SeveralOnAPhone: Story = { ...SeveralAtOnce, parameters: { width: 390 } }

/** Taken away, it does not come back. */
export const Dismissed: Story = {
  loaders: StorageInMemory.loaders ?? [],
  async play(context) {
    await StorageInMemory.play?.(context)
    const canvas = within(context.canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Dismiss' }))
    await eventually(() => expect(canvas.queryByText(/This browser keeps nothing/)).toBeNull())
  },
}
