import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import type { Message } from 'vue-parley/core'
import { usePinStore, useTimelineStore } from 'vue-parley/headless'
import { drawPanel } from '../support/frame'
import { file } from '../support/kindSamples'
import { eventually, findLog, press } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'
import { aTone } from '../support/tone'

/** What stands around messages: pins, who reacted, who has read, translations and voices as text. */
const meta = {
  title: 'Components/MessageFacts',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [async ({ globals }) => ({ stage: await stageOf(String(globals['locale'] ?? 'en')) })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

/** Alice and Bob look at the group; Bob has pinned two messages and reacted to one of Alice's. */
async function stageOf(locale: string): Promise<Stage> {
  const stage = await setStage(
    {
      userIds: ['alice', 'bob'],
      open: { groupId: 'review' },
      assistance: {
        translate: async (text, to) => {
          if (text.includes('فشل')) throw new Error('the translator is away')
          return `${to}: ${text}`
        },
        transcribe: async () => 'Seven at the bridge, then.',
      },
    },
    locale,
  )
  const conversationId = stage.conversationId ?? ''
  const say = (kit: ChatKit | undefined, text: string) =>
    kit?.dispatch({ type: 'sendMessage', conversationId, parts: [{ kind: 'text', text }] })
  const bob = stage.kits['bob']
  await say(stage.kit, 'The plan for Friday is up. 周五的计划已发布。')
  await say(bob, 'Bonjour à tous')
  await say(bob, 'فشل')
  await bob?.dispatch({
    type: 'sendMessage',
    conversationId,
    parts: [file('voice.wav', 'audio/wav', aTone(2_000), 2_000)],
  })
  await bob?.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
  await eventually(() => expect(find(stage, 'bob', 'Bonjour')?.order).toBeDefined())
  await eventually(() => expect(find(stage, 'bob', 'The plan')).toBeDefined())
  const plan = find(stage, 'bob', 'The plan')
  const bonjour = find(stage, 'bob', 'Bonjour')
  if (!plan || !bonjour) throw new Error('nobody said anything')
  await bob?.dispatch({ type: 'setMessagePinned', ref: bonjour, isPinned: true })
  await bob?.dispatch({ type: 'setMessagePinned', ref: plan, isPinned: true })
  await bob?.dispatch({ type: 'setReactions', ref: plan, before: [], after: ['🎉'] })
  await bob?.dispatch({ type: 'markRead', conversationId, upTo: plan })
  return stage
}

function find({ kits, conversationId = '' }: Stage, userId: string, words: string): Message | undefined {
  const kit = kits[userId] as ChatKit
  const entries = useTimelineStore(kit.pinia).timelineById.get(conversationId)?.entries() ?? []
  return entries
    .map(({ message }) => message)
    .find(({ parts }) => parts.some((part) => part.kind === 'text' && part.text.includes(words)))
}

async function articleOf(canvasElement: HTMLElement, name: RegExp): Promise<HTMLElement> {
  await findLog(canvasElement)
  return within(canvasElement).findByRole('article', { name })
}

async function choose(article: HTMLElement, name: RegExp): Promise<void> {
  article.focus()
  await userEvent.keyboard('{Enter}')
  await userEvent.click(await screen.findByRole('menuitem', { name }))
}

const showsPins: Story['play'] = async ({ canvasElement }) => {
  await findLog(canvasElement)
  const bar = await within(canvasElement).findByRole('region', { name: /^(Pinned messages|置顶消息)$/ })
  await eventually(() => expect(bar).toHaveTextContent('The plan for Friday'))
}
export const EnglishLight: Story = { ...faces.EnglishLight, play: showsPins }
export const EnglishDark: Story = { ...faces.EnglishDark, play: showsPins }
export const ChineseLight: Story = { ...faces.ChineseLight, play: showsPins }
export const ChineseDark: Story = { ...faces.ChineseDark, play: showsPins }

/** One's own pin comes first at the other's too; a pin in the list leads to its message, and is taken away again. */
export const Pins: Story = {
  parameters: { action: 'pin' },
  async play({ canvasElement, loaded }: Context) {
    const stage = loaded['stage'] as Stage
    await choose(await articleOf(canvasElement, /فشل/), /^Pin for everybody/)
    const bar = await within(canvasElement).findByRole('region', { name: 'Pinned messages' })
    await eventually(() => expect(bar).toHaveTextContent('3 pinned messages'))
    await press(within(bar).getByRole('button', { name: '3 pinned messages' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Pinned messages' }))
    const [unpin] = dialog.getAllByRole('button', { name: /^Unpin the message of/ })
    if (unpin) await userEvent.click(unpin)
    await eventually(() => expect(dialog.getAllByRole('button', { name: /^Unpin/ })).toHaveLength(2))
    await userEvent.click(dialog.getByRole('button', { name: /The plan/ }))
    await eventually(() => expect(canvasElement.querySelector('[data-target]')).toHaveTextContent('The plan'))
    const { bob } = stage.kits
    await bob?.dispatch({ type: 'loadPins', conversationId: stage.conversationId ?? '' })
    const pinned = bob && usePinStore(bob.pinia).messagesById.get(stage.conversationId ?? '')
    await expect(pinned?.map(({ parts: [part] }) => part?.kind === 'text' && part.text)).toEqual([
      'The plan for Friday is up. 周五的计划已发布。',
      'Bonjour à tous',
    ])
  },
}

/** Who reacted and who has read it stands in the details, by name. */
export const Details: Story = {
  parameters: { action: 'details' },
  async play({ canvasElement }) {
    const article = await articleOf(canvasElement, /The plan for Friday/)
    const asking = await within(article).findByRole('button', { name: 'Who reacted' })
    asking.focus()
    await userEvent.keyboard('{Enter}')
    const popover = await screen.findByRole('dialog', { name: 'Who reacted' })
    await eventually(() => expect(popover).toHaveTextContent('Bob Tanaka'))
    await eventually(() => expect(popover).toContainElement(document.activeElement as HTMLElement))
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(asking).toHaveFocus()
    await press(asking)
    await userEvent.click(
      within(await screen.findByRole('dialog', { name: 'Who reacted' })).getByRole('button', {
        name: 'Message details',
      }),
    )
    const dialog = await screen.findByRole('dialog', { name: 'Message details' })
    const region = (name: RegExp) => within(dialog).getByRole('heading', { name }).parentElement
    await eventually(() => expect(region(/^Reacted with 🎉/)).toHaveTextContent('Bob Tanaka'))
    await eventually(() => expect(region(/^Read by/)).toHaveTextContent('Bob Tanaka'))
    await eventually(() => expect(region(/^Not read by/)).toHaveTextContent('林悦'))
    await expect(region(/^Not read by/)).not.toHaveTextContent('Bob Tanaka')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }))
    await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
    await choose(article, /^Details/)
    await expect(await screen.findByRole('dialog', { name: 'Message details' })).toBeVisible()
  },
}
/** Where an own message is, step by step, with a report to copy. */
const checksDelivery: Story['play'] = async ({ canvasElement, globals }: Context) => {
  const isChinese = globals['locale'] === 'zh-CN'
  await choose(await articleOf(canvasElement, /The plan for Friday/), isChinese ? /^消息详情/ : /^Details/)
  const dialog = within(
    await screen.findByRole('dialog', { name: isChinese ? '消息详情' : 'Message details' }),
  )
  const check = await dialog.findByRole('button', {
    name: isChinese ? '检查送达情况' : 'Check the delivery',
  })
  await userEvent.click(check)
  await expect(check).toHaveAttribute('aria-expanded', 'true')
  await expect(await dialog.findByText(isChinese ? '你在这个群里。' : 'You are in this group.')).toBeVisible()
}
export const CheckEnglish: Story = { ...faces.EnglishLight, play: checksDelivery }
export const CheckChinese: Story = { ...faces.ChineseDark, play: checksDelivery }

/** Who reacted stands beside what was pressed. */
export const WhoReactedChinese: Story = {
  ...faces.ChineseDark,
  async play({ canvasElement }) {
    const article = await articleOf(canvasElement, /The plan for Friday/)
    await press(await within(article).findByRole('button', { name: '谁回应了' }))
    const popover = await screen.findByRole('dialog', { name: '谁回应了' })
    await eventually(() => expect(popover).toHaveTextContent('Bob Tanaka'))
  },
}
export const DetailsChinese: Story = {
  ...faces.ChineseDark,
  async play({ canvasElement }) {
    await choose(await articleOf(canvasElement, /The plan for Friday/), /^消息详情/)
    await expect(await screen.findByRole('dialog', { name: '消息详情' })).toBeVisible()
  },
}

/** A reaction out of all emoji, found by its name, is told to the other one. */
export const AnyReaction: Story = {
  async play({ canvasElement, loaded }) {
    const stage = loaded['stage'] as Stage
    await choose(await articleOf(canvasElement, /The plan for Friday/), /^More reactions/)
    const dialog = within(await screen.findByRole('dialog', { name: 'React' }))
    await userEvent.type(await dialog.findByRole('combobox'), 'rocket')
    await eventually(() => expect(dialog.getByText('🚀')).toBeVisible())
    await userEvent.keyboard('{Enter}')
    await eventually(() =>
      expect(find(stage, 'bob', 'The plan')?.reactions?.map(({ key }) => key)).toContain('🚀'),
    )
  },
}

/** A translation stands below what was written, and is put away; one that fails says why. */
export const Translates: Story = {
  parameters: { action: 'translate' },
  async play({ canvasElement }) {
    const article = await articleOf(canvasElement, /Bonjour/)
    await choose(article, /^Translate/)
    await eventually(() => expect(article).toHaveTextContent('en: Bonjour à tous'))
    await press(within(article).getByRole('button', { name: 'Hide' }))
    await eventually(() => expect(article).not.toHaveTextContent('en: Bonjour'))
    const other = await articleOf(canvasElement, /فشل/)
    await choose(other, /^Translate/)
    await eventually(() => expect(within(other).getByRole('alert')).toBeVisible())
  },
}

/** A voice is read instead of heard. */
export const Transcribes: Story = {
  parameters: { action: 'transcribe' },
  async play({ canvasElement }) {
    const article = await articleOf(canvasElement, /Voice message/)
    await choose(article, /^Show as text/)
    await eventually(() => expect(article).toHaveTextContent('Seven at the bridge, then.'))
  },
}
