import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { useTimelineStore } from 'vue-parley/headless'
import { drawPanel } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'

/** Messages that do not stay as they came: they burn, grow, or are taken back. */
const meta = {
  title: 'Components/PassingMessages',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [async ({ globals }) => ({ stage: await stageWith(String(globals['locale'] ?? 'en')) })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const secret = 'The key lies under the third stone. 钥匙在第三块石头下面。'

/** Bob has sent what burns, and something that is still being written. */
async function stageWith(locale: string): Promise<Stage> {
  const stage = await setStage(
    { userIds: ['alice', 'bob'], open: { userId: 'bob' }, burnTimesMs: [10_000, 60_000, 3_600_000] },
    locale,
  )
  const { bob, conversationId } = await bobOf(stage)
  await bob.dispatch({
    type: 'sendMessage',
    conversationId,
    parts: [{ kind: 'text', text: secret }],
    burnAfterMs: 4_000,
  })
  await bob.dispatch({
    type: 'sendMessage',
    conversationId,
    parts: [{ kind: 'text', text: 'Here is what I found:', growth: 'going' }],
  })
  return stage
}

async function bobOf({ kits }: Stage): Promise<{ bob: ChatKit; conversationId: string }> {
  const bob = kits['bob'] as ChatKit
  const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
  return { bob, conversationId: id }
}

function wordsOf(kit: ChatKit, conversationId: string): readonly string[] {
  const entries = useTimelineStore(kit.pinia).timelineById.get(conversationId)?.entries() ?? []
  return entries.flatMap(({ message }) =>
    message.parts.map((part) => (part.kind === 'text' ? part.text : part.kind)),
  )
}

/** What burns shows nothing before it is opened, not to the screen reader either. */
const shows: Story['play'] = async ({ canvasElement }) => {
  const log = await findLog(canvasElement)
  await eventually(() =>
    expect(within(log).getByRole('button', { name: /Press to read|点击查看/ })).toBeVisible(),
  )
  await expect(log).not.toHaveTextContent('third stone')
  for (const article of within(log).getAllByRole('article')) {
    await expect(article.ariaLabel).not.toContain('third stone')
  }
}
export const EnglishLight: Story = { ...faces.EnglishLight, play: shows }
export const EnglishDark: Story = { ...faces.EnglishDark, play: shows }
export const ChineseLight: Story = { ...faces.ChineseLight, play: shows }
export const ChineseDark: Story = { ...faces.ChineseDark, play: shows }

/** Opened it counts down, and then it is gone here, in the store and at the service; its sender keeps it. */
export const Burns: Story = {
  async play(context: Context) {
    const stage = context.loaded['stage'] as Stage
    const log = await findLog(context.canvasElement)
    await press(await within(log).findByRole('button', { name: /Press to read/ }))
    await expect(await within(log).findByText(/third stone/)).toBeVisible()
    await expect(within(log).getByRole('timer')).toHaveAccessibleName(/Gone in 0:0\d/)
    await eventually(() => expect(log).not.toHaveTextContent('third stone'))
    await eventually(() => expect(wordsOf(stage.kit, stage.conversationId ?? '')).not.toContain(secret))
    const { bob, conversationId } = await bobOf(stage)
    await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    await eventually(() => expect(wordsOf(bob, conversationId)).toContain(secret))
    // The service has it no more for this user.
    await stage.kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    await expect(wordsOf(stage.kit, conversationId)).not.toContain(secret)
  },
}

/** A text that grows keeps the reader at its end, is told once, and is no correction. */
export const Grows: Story = {
  async play(context: Context) {
    const stage = context.loaded['stage'] as Stage
    const log = await findLog(context.canvasElement)
    const { bob, conversationId } = await bobOf(stage)
    await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    const growing = () =>
      useTimelineStore(bob.pinia)
        .timelineById.get(conversationId)
        ?.entries()
        .map(({ message }) => message)
        .findLast(({ parts }) => parts.some((part) => part.kind === 'text' && part.growth === 'going'))
    await expect(await within(log).findByRole('img', { name: 'Still being written' })).toBeVisible()
    let text = 'Here is what I found:'
    for (let piece = 1; piece <= 6; piece++) {
      text += ` ${piece}. another line of the answer that is long enough to make the bubble grow by a line or two.`
      const message = growing()
      if (!message) throw new Error('nothing grows')
      await bob.dispatch({
        type: 'editMessage',
        message,
        body: { parts: [{ kind: 'text', text, growth: piece === 6 ? 'done' : 'going' }] },
      })
      await eventually(() => expect(log).toHaveTextContent(`${piece}. another line`))
      await eventually(() =>
        expect(log.scrollHeight - log.scrollTop - log.clientHeight).toBeLessThanOrEqual(1),
      )
    }
    await expect(within(log).queryByRole('img', { name: 'Still being written' })).toBeNull()
    await expect(log).not.toHaveTextContent('Edited')
  },
}

/** What was taken back can be written again, and reaches the other one. */
export const EditsAgain: Story = {
  async play(context: Context) {
    const { canvasElement } = context
    const stage = context.loaded['stage'] as Stage
    await findLog(canvasElement)
    const canvas = within(canvasElement)
    const box = canvas.getByRole('textbox', { name: 'Message' })
    await userEvent.type(box, 'At sevn by the brigde{Enter}')
    const article = await canvas.findByRole('article', { name: /At sevn.*(Sent|Delivered|Read)/ })
    article.focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.click(await screen.findByRole('menuitem', { name: /^Recall/ }))
    await press(await canvas.findByRole('button', { name: 'Edit again' }))
    await eventually(() => expect(box).toHaveValue('At sevn by the brigde'))
    await eventually(() => expect(box).toHaveFocus())
    await userEvent.clear(box)
    await userEvent.type(box, 'At seven by the bridge{Enter}')
    const { bob, conversationId } = await bobOf(stage)
    await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    await eventually(() => expect(wordsOf(bob, conversationId)).toContain('At seven by the bridge'))
    await expect(wordsOf(bob, conversationId)).not.toContain('At sevn by the brigde')
  },
}

/** The next message is let burn: it says so above the field, and what arrives burns; the one after it lasts. */
const writesWhatBurns: NonNullable<Story['play']> = async ({ canvasElement, loaded }) => {
  const stage = loaded['stage'] as Stage
  await findLog(canvasElement)
  const canvas = within(canvasElement)
  const choose = async (name: RegExp) => {
    await userEvent.click(canvas.getByRole('button', { name: /^(Burn after reading|阅后即焚)$/ }))
    await userEvent.click(await screen.findByRole('menuitemcheckbox', { name }))
  }
  const box = canvas.getByRole('textbox', { name: /^(Message|消息)$/ })
  const { bob, conversationId } = await bobOf(stage)
  const burnTimeOf = async (words: string) => {
    await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
    const entries = useTimelineStore(bob.pinia).timelineById.get(conversationId)?.entries() ?? []
    const entry = entries.find(({ message }) =>
      message.parts.some((part) => part.kind === 'text' && part.text === words),
    )
    if (!entry) throw new Error(`${words} has not arrived`)
    return entry.message.burnAfterMs
  }
  await choose(/0:10/)
  await eventually(() =>
    expect(canvas.getByText(/^(Gone 0:10 after it is read|对方查看 0:10 后消失)$/)).toBeVisible(),
  )
  await userEvent.type(box, 'The code is 4711{Enter}')
  await eventually(async () => expect(await burnTimeOf('The code is 4711')).toBe(10_000))
  await userEvent.type(box, 'Back to work{Enter}')
  await eventually(async () => expect(await burnTimeOf('Back to work')).toBeUndefined())
  await choose(/1:00$|1:00 /)
  await userEvent.click(await canvas.findByRole('button', { name: /^(Do not let it burn|取消阅后即焚)$/ }))
  await choose(/60:00|1:00:00/)
  await eventually(() =>
    expect(canvas.getByRole('button', { name: /^(Do not let it burn|取消阅后即焚)$/ })).toBeVisible(),
  )
}
export const WritesWhatBurns: Story = { play: writesWhatBurns }
export const WritesWhatBurnsChinese: Story = { ...faces.ChineseDark, play: writesWhatBurns }
