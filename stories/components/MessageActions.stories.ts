import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, waitFor, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { useTimelineStore } from 'vue-parley/headless'
import type { Message } from 'vue-parley/core'
import { drawPanel } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** What can be done with messages; what comes of it is read at the other person's. */
const meta = {
  title: 'Components/MessageActions',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob'], open: { userId: 'bob' } })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

/** Sends something, and gives its bubble. */
async function say(canvasElement: HTMLElement, words: string): Promise<HTMLElement> {
  await findLog(canvasElement)
  const box = within(canvasElement).getByRole('textbox', { name: /Message|消息/ })
  await userEvent.type(box, `${words}{Enter}`)
  return stored(canvasElement, words)
}

/** A bubble the service has, so that something can be done with it. */
function stored(canvasElement: HTMLElement, words: string): Promise<HTMLElement> {
  return waitFor(() => {
    const article = within(canvasElement)
      .getAllByRole('article')
      .find((one) => one.textContent?.includes(words))
    if (!article || /queued|sending/.test(article.dataset['status'] ?? '')) throw new Error(`no ${words} yet`)
    return article
  })
}

/** Opens the menu as the keyboard does. */
async function openMenu(article: HTMLElement): Promise<HTMLElement> {
  article.focus()
  await userEvent.keyboard('{Enter}')
  return screen.findByRole('menu')
}

async function choose(article: HTMLElement, name: RegExp): Promise<void> {
  await openMenu(article)
  await userEvent.click(screen.getByRole('menuitem', { name }))
}

/** The newest message as the other person has it. */
async function newestAt({ loaded }: Context, holds: (message: Message) => boolean): Promise<void> {
  const { kits } = loaded['stage'] as Stage
  const bob = kits['bob'] as ChatKit
  const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
  await bob.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
  await eventually(() => {
    const entries = useTimelineStore(bob.pinia).timelineById.get(id)?.entries() ?? []
    const newest = entries.at(-1)?.message
    return expect(newest && holds(newest)).toBe(true)
  })
}

const textOf = ({ parts }: Message) => parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
const menuOpen: Story['play'] = async ({ canvasElement }) => {
  await openMenu(await say(canvasElement, 'Shall we go?'))
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: menuOpen }
export const EnglishDark: Story = { ...faces.EnglishDark, play: menuOpen }
export const ChineseLight: Story = { ...faces.ChineseLight, play: menuOpen }
export const ChineseDark: Story = { ...faces.ChineseDark, play: menuOpen }

/** An answer carries what it answers. */
export const Reply: Story = {
  parameters: { action: 'reply' },
  async play(context) {
    const { canvasElement } = context
    await choose(await say(canvasElement, 'Which train?'), /^Reply/)
    await eventually(() => expect(within(canvasElement).getByText(/^Reply to/)).toBeVisible())
    await userEvent.keyboard('The early one{Enter}')
    const answer = await stored(canvasElement, 'The early one')
    await eventually(() =>
      expect(within(answer).getByRole('button', { name: /Which train\?/ })).toBeVisible(),
    )
    await newestAt(context, (message) => message.replyTo?.abstract === 'Which train?')
  },
}

/** A reaction is given, and taken back. */
export const React: Story = {
  async play(context) {
    const article = await say(context.canvasElement, 'We won')
    await choose(article, /👍/)
    await newestAt(context, ({ reactions }) => reactions?.[0]?.key === '👍' && reactions[0].count === 1)
    await press(await within(article).findByRole('button', { name: /👍/ }))
    await newestAt(context, ({ reactions }) => (reactions ?? []).every(({ count }) => count === 0))
  },
}

/** Any emoji can be given, found by a word; then the message has the keyboard again. */
export const ReactWithAnyEmoji: Story = {
  async play(context) {
    const article = await say(context.canvasElement, 'Look at this')
    await choose(article, /^More reactions/)
    const dialog = within(await screen.findByRole('dialog', undefined, { timeout: 20_000 }))
    const search = await dialog.findByRole('combobox', undefined, { timeout: 20_000 })
    await userEvent.type(search, 'fox')
    await userEvent.click(await dialog.findByRole('gridcell', { name: 'fox' }, { timeout: 20_000 }))
    await newestAt(context, ({ reactions }) => reactions?.[0]?.key === '🦊')
    await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
  },
}

/** The words of a message are changed. */
export const Edit: Story = {
  parameters: { action: 'edit' },
  async play(context) {
    const { canvasElement } = context
    await choose(await say(canvasElement, 'At sevn'), /^Edit/)
    const box = within(canvasElement).getByRole('textbox', { name: 'Message' })
    await waitFor(() => expect(box).toHaveValue('At sevn'))
    await userEvent.clear(box)
    await userEvent.type(box, 'At seven{Enter}')
    await expect(await stored(canvasElement, 'At seven')).toHaveTextContent('Edited')
    await newestAt(context, (message) => textOf(message) === 'At seven')
    await waitFor(() => expect(box).toHaveValue(''))
  },
}

/** A message is taken back for everybody. */
export const Recall: Story = {
  parameters: { action: 'recall' },
  async play(context) {
    await choose(await say(context.canvasElement, 'To the wrong person'), /^Recall/)
    await eventually(() =>
      expect(within(context.canvasElement).getByText('You recalled a message')).toBeVisible(),
    )
    await newestAt(context, ({ recalled }) => recalled !== undefined)
  },
}

/** Several messages are chosen and passed on. */
export const SelectAndForward: Story = {
  parameters: { action: 'select' },
  async play(context) {
    const { canvasElement } = context
    await say(canvasElement, 'First of two')
    await choose(await say(canvasElement, 'Second of two'), /^Select/)
    const canvas = within(canvasElement)
    await press(await stored(canvasElement, 'First of two'))
    await expect(await canvas.findByText('2 chosen')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Forward' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('radio', { name: 'As one chat history' }))
    await userEvent.click(await dialog.findByRole('checkbox', { name: /Bob/ }))
    await userEvent.click(dialog.getByRole('button', { name: 'Forward' }))
    await newestAt(
      context,
      ({ parts: [part] }) =>
        part?.kind === 'merged' && part.items?.map(textOf).join() === 'First of two,Second of two',
    )
  },
}

/** A message is passed on to several, found by their names. */
export const Forward: Story = {
  parameters: { action: 'forward' },
  async play(context) {
    const { canvasElement, loaded } = context
    const stage = loaded['stage'] as Stage
    await choose(await say(canvasElement, 'The bridge is closed'), /^Forward/)
    const dialog = within(await screen.findByRole('dialog'))
    for (const name of ['Bob', '林悦']) {
      const search = dialog.getByRole('textbox')
      await userEvent.clear(search)
      await userEvent.type(search, name)
      await userEvent.click(await dialog.findByRole('checkbox', { name: new RegExp(name) }))
    }
    await userEvent.click(dialog.getByRole('button', { name: 'Forward' }))
    await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
    await newestAt(context, (message) => textOf(message) === 'The bridge is closed')
    const linyue = await stage.kit.dispatch({ type: 'openConversation', target: { userId: 'linyue' } })
    await stage.kit.dispatch({ type: 'loadHistory', conversationId: linyue.id, direction: 'newest' })
    await eventually(() => {
      const entries = useTimelineStore(stage.kit.pinia).timelineById.get(linyue.id)?.entries() ?? []
      const newest = entries.at(-1)?.message
      return expect(newest && textOf(newest)).toBe('The bridge is closed')
    })
  },
}

/** One message is gone from one's own view; the other still has it. */
export const Delete: Story = {
  parameters: { action: 'delete' },
  async play(context) {
    const { canvasElement } = context
    await choose(await say(canvasElement, 'For your eyes only'), /^Delete/)
    await eventually(() => expect(within(canvasElement).queryByText('For your eyes only')).toBeNull())
    await newestAt(context, (message) => textOf(message) === 'For your eyes only')
  },
}

/** Messages are gone from one's own view only. */
export const SelectAndDelete: Story = {
  async play(context) {
    const { canvasElement } = context
    const canvas = within(canvasElement)
    await choose(await say(canvasElement, 'Only a draft'), /^Select/)
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete for me' }))
    await eventually(() => expect(canvas.queryByText('Only a draft')).toBeNull())
    await newestAt(context, (message) => textOf(message) === 'Only a draft')
  },
}

/** The words of a message go to the clipboard; where the browser keeps it shut, that is said. */
export const Copy: Story = {
  parameters: { action: 'copy' },
  async play({ canvasElement }) {
    const mayWrite = await navigator.clipboard.writeText('').then(
      () => true,
      () => false,
    )
    await choose(await say(canvasElement, 'Platform 4, 18:20'), /^Copy/)
    const told = mayWrite ? 'Copied' : /^It could not be copied/
    await eventually(() => expect(within(canvasElement).getByText(told)).toBeVisible())
  },
}
