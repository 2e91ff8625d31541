import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { MESSAGE_ACTION_IDS, useTimelineStore } from 'vue-parley/headless'
import { drawPanel } from '../support/frame'
import { createGatedLine } from '../support/gatedLine'
import type { GatedLine } from '../support/gatedLine'
import { file } from '../support/kindSamples'
import { eventually, findLog } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'
import { aTone } from '../support/tone'

/** Every action the kit knows, in the menus of the messages that have it; and what can be done with what has not left. */
const meta = {
  title: 'Components/ActionMenus',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [
    async ({ globals }) => {
      const line = createGatedLine()
      return { line, stage: await stageOver(line, String(globals['locale'] ?? 'en')) }
    },
  ],
  render: drawPanel({ height: 760 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

const words = { sent: '周五见 See you on Friday', refused: '没发出去 Turned away', held: '在路上 On its way' }

/** Alice has sent something, something of hers was turned away, something is on its way; and Bob has said something. */
async function stageOver(line: GatedLine, locale: string): Promise<Stage> {
  const stage = await setStage(
    {
      userIds: ['alice', 'bob'],
      open: { groupId: 'review' },
      assistance: { translate: async (text) => text, transcribe: async () => '' },
      line: (transport, userId) => (userId === 'alice' ? line.wrap(transport) : transport),
    },
    locale,
  )
  const { kit, conversationId = '' } = stage
  const say = (text: string) =>
    kit.dispatch({ type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }] })
  await kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
  await stage.kits['bob']?.dispatch({
    type: 'sendMessage',
    conversationId,
    parts: [file('voice.wav', 'audio/wav', aTone(2_000), 2_000)],
  })
  await say(words.sent)
  await eventually(() => expect(statusOf(kit, conversationId, words.sent)).toBe('sent'))
  line.refuse()
  await say(words.refused)
  await eventually(() => expect(statusOf(kit, conversationId, words.refused)).toBe('failed'))
  line.hold()
  await say(words.held)
  return stage
}

function entriesOf(kit: ChatKit, conversationId: string) {
  return useTimelineStore(kit.pinia).timelineById.get(conversationId)?.entries() ?? []
}

function textsOf(kit: ChatKit, conversationId: string): readonly string[] {
  return entriesOf(kit, conversationId).flatMap(({ message }) =>
    message.parts.flatMap((part) => (part.kind === 'text' ? part.text : [])),
  )
}

function statusOf(kit: ChatKit, conversationId: string, text: string): string | undefined {
  const entry = entriesOf(kit, conversationId).findLast(({ message: { parts } }) =>
    parts.some((part) => part.kind === 'text' && part.text === text),
  )
  return entry?.outbox ? entry.outbox.state : entry?.message.order && 'sent'
}

async function openMenu(canvasElement: HTMLElement, name: RegExp): Promise<HTMLElement> {
  await findLog(canvasElement)
  const article = await within(canvasElement).findByRole('article', { name })
  article.focus()
  await userEvent.keyboard('{Enter}')
  return screen.findByRole('menu')
}

async function choose({ canvasElement }: Context, name: RegExp, action: RegExp): Promise<void> {
  const menu = await openMenu(canvasElement, name)
  await userEvent.click(within(menu).getByRole('menuitem', { name: action }))
}

/** What Bob has of the conversation, read anew from the service. */
async function textsAtBob({ loaded }: Context): Promise<readonly string[]> {
  const { kits, conversationId = '' } = loaded['stage'] as Stage
  const bob = kits['bob'] as ChatKit
  await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
  return textsOf(bob, conversationId)
}

/** Every action of the kit stands in the menu of one of these messages. */
const offersAll: NonNullable<Story['play']> = async ({ canvasElement }) => {
  const offered = new Set<string>()
  for (const name of [/See you on Friday/, /Turned away/, /On its way/, /^(Bob Tanaka.*Voice|Bob.*语音)/]) {
    const menu = await openMenu(canvasElement, name)
    for (const item of menu.querySelectorAll<HTMLElement>('[data-item]')) {
      offered.add(item.dataset['item'] ?? '')
      await expect(item.textContent?.trim()).not.toBe('')
    }
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(screen.queryByRole('menu')).toBeNull())
  }
  await expect([...offered].sort()).toEqual([...MESSAGE_ACTION_IDS].sort())
  await openMenu(canvasElement, /See you on Friday/)
}
export const EnglishLight: Story = { ...faces.EnglishLight, play: offersAll }
export const EnglishDark: Story = { ...faces.EnglishDark, play: offersAll }
export const ChineseLight: Story = { ...faces.ChineseLight, play: offersAll }
export const ChineseDark: Story = { ...faces.ChineseDark, play: offersAll }

/** What was turned away is sent once more, and arrives once. */
export const Resend: Story = {
  parameters: { action: 'resend' },
  async play(context) {
    const line = context.loaded['line'] as GatedLine
    await expect(await textsAtBob(context)).not.toContain(words.refused)
    line.letGo()
    await choose(context, /Turned away/, /^Retry/)
    await eventually(async () =>
      expect((await textsAtBob(context)).filter((text) => text === words.refused)).toHaveLength(1),
    )
  },
}

/** What was turned away is given up: it is gone here, and never comes to anybody. */
export const Drop: Story = {
  parameters: { action: 'drop' },
  async play(context) {
    const line = context.loaded['line'] as GatedLine
    await choose(context, /Turned away/, /^Delete/)
    await eventually(() => expect(within(context.canvasElement).queryByText(words.refused)).toBeNull())
    line.letGo()
    await eventually(async () => expect(await textsAtBob(context)).toContain(words.held))
    await expect(await textsAtBob(context)).not.toContain(words.refused)
  },
}

/** What is on its way is called back: what is said afterwards arrives, and it does not. */
export const Cancel: Story = {
  parameters: { action: 'cancel' },
  async play(context) {
    const { canvasElement } = context
    const line = context.loaded['line'] as GatedLine
    await choose(context, /On its way/, /^Cancel sending/)
    await eventually(() => expect(within(canvasElement).queryByText(words.held)).toBeNull())
    line.letGo()
    await userEvent.type(within(canvasElement).getByRole('textbox', { name: 'Message' }), 'Said later{Enter}')
    await eventually(async () => expect(await textsAtBob(context)).toContain('Said later'))
    await expect(await textsAtBob(context)).not.toContain(words.held)
  },
}
