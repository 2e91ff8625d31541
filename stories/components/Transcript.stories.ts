import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { useTimelineStore } from 'vue-parley/headless'
import { drawPanel } from '../support/frame'
import { eventually, findLog } from '../support/reader'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
import { listenTo } from '../support/transcript'

/** What a person hears who does not see the panel: sender first, then the text, then the time, and never too much. */
const meta = {
  title: 'States/Transcript',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob'], open: { userId: 'bob' } })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

/** Bob writes, one after the other. */
async function bobWrites(loaded: Record<string, unknown>, ...texts: readonly string[]): Promise<void> {
  const { kits } = loaded['stage'] as Stage
  const bob = kits['bob'] as ChatKit
  const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
  for (const text of texts) {
    await bob.dispatch({ type: 'sendMessage', conversationId: id, parts: [{ kind: 'text', text }] })
  }
}

/** Reading up and down, message by message. */
export const Reading: Story = {
  async play({ canvasElement, loaded }) {
    const log = await findLog(canvasElement)
    await bobWrites(loaded, 'First of two')
    await bobWrites(loaded, 'Second of two')
    await eventually(() => expect(within(log).getByText('Second of two')).toBeVisible())
    const heard = listenTo(canvasElement)
    log.focus()
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowDown}')
    heard.stop()
    await expect(heard.lines.filter((line) => line.startsWith('focus'))).toEqual([
      'focus: Messages (log)',
      expect.stringMatching(/^focus: Bob Tanaka: Second of two\. \d\d:\d\d \(article\)$/),
      expect.stringMatching(/^focus: Bob Tanaka: First of two\. \d\d:\d\d \(article\)$/),
      expect.stringMatching(/^focus: Bob Tanaka: Second of two\. \d\d:\d\d \(article\)$/),
    ])
  },
}

/** An answer is told once, with its sender; many at once are told as a number; the keyboard stays where it was. */
export const BeingAnswered: Story = {
  async play({ canvasElement, loaded }) {
    await findLog(canvasElement)
    const box = within(canvasElement).getByRole('textbox', { name: 'Message' })
    box.focus()
    const heard = listenTo(canvasElement)
    await bobWrites(loaded, 'On my way')
    await eventually(() => expect(heard.lines).toEqual(['polite: Bob Tanaka: On my way']))
    heard.clear()
    await bobWrites(loaded, 'Nearly there', 'At the door', 'Ring, ring', 'Hello?')
    await eventually(() => expect(heard.lines).toEqual(['polite: 4 new messages']))
    heard.stop()
    await expect(box).toHaveFocus()
  },
}

/** The menu gives the keyboard back to the message, whether something was done or not. */
export const Reacting: Story = {
  async play({ canvasElement, loaded }) {
    const log = await findLog(canvasElement)
    await bobWrites(loaded, 'We won')
    const article = await within(log).findByRole('article', { name: /We won/ })
    article.focus()
    await userEvent.keyboard('{Enter}')
    await screen.findByRole('menu')
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(article).toHaveFocus())
    await userEvent.keyboard('{Enter}')
    const menu = await screen.findByRole('menu')
    within(menu).getByRole('menuitem', { name: /👍/ }).focus()
    await userEvent.keyboard('{Enter}')
    await eventually(() => expect(screen.queryByRole('menu')).toBeNull())
    const reaction = await within(article).findByRole('button', { name: /👍/ })
    await expect(reaction).toHaveAttribute('aria-pressed', 'true')
    await eventually(() => expect(article).toHaveFocus())
  },
}

/** The calendar gives the keyboard back to the day that led there. */
export const LookingForADay: Story = {
  async play({ canvasElement }) {
    await findLog(canvasElement)
    const [day] = await within(canvasElement).findAllByRole('button', { name: /Go to a date$/ })
    if (!day) throw new Error('no day')
    day.focus()
    await userEvent.keyboard('{Enter}')
    const dialog = await screen.findByRole('dialog', { name: 'Go to a date' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
    await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(day).toHaveFocus()
  },
}

/** What others give to one's own messages is told: one with its giver, several as a number, one's own not at all. */
export const BeingReactedTo: Story = {
  async play({ canvasElement, loaded }) {
    const { kits } = loaded['stage'] as Stage
    const bob = kits['bob'] as ChatKit
    const log = await findLog(canvasElement)
    await expect(await within(log).findByText('It did, thank you!')).toBeInTheDocument()
    const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
    await bob.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
    const thanks = useTimelineStore(bob.pinia)
      .timelineById.get(id)
      ?.entries()
      .find(({ message }) =>
        message.parts.some((part) => part.kind === 'text' && /thank you/.test(part.text)),
      )
    if (!thanks) throw new Error('nobody said thanks')
    const heard = listenTo(canvasElement)
    const react = (before: readonly string[], after: readonly string[]) =>
      bob.dispatch({ type: 'setReactions', ref: thanks.message, before, after })
    await react([], ['🎉'])
    await eventually(() =>
      expect(heard.lines).toEqual(['polite: Bob Tanaka reacted with 🎉 to: It did, thank you!']),
    )
    heard.clear()
    await react(['🎉'], ['🎉', '👍', '❤️'])
    await eventually(() => expect(heard.lines).toEqual(['polite: 2 new reactions']))
    heard.stop()
  },
}
