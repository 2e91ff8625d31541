import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { useConversationStore, useTimelineStore } from 'vue-parley/headless'
import type { Message } from 'vue-parley/core'
import { drawPanel } from '../support/frame'
import { eventually, findLog } from '../support/reader'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** Where messages are written; what leaves is read in the kit of somebody else. */
const meta = {
  title: 'Components/Composer',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'linyue'], open: { groupId: 'review' } })],
  render: drawPanel({ height: 640 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

async function findBox(canvasElement: HTMLElement): Promise<HTMLTextAreaElement> {
  await findLog(canvasElement)
  return within(canvasElement).getByRole('textbox', { name: /^(Message|消息)$/ })
}

/** The typist of the stories remembers what it typed, and does not notice what the browser itself has written since. */
function carryOn(box: HTMLTextAreaElement): void {
  const { value } = box
  box.value = ''
  box.value = value
}

/** What the other person has of the group: its newest message, and whether it points at him. */
function seenBy(userId: string, { loaded }: Context): { newest: Message | undefined; isMentioned: boolean } {
  const { pinia } = (loaded['stage'] as Stage).kits[userId] as ChatKit
  const conversation = [...useConversationStore(pinia).byId.values()].find(
    ({ groupId }) => groupId === 'review',
  )
  const newest = useTimelineStore(pinia)
    .timelineById.get(conversation?.id ?? '')
    ?.entries()
    .at(-1)?.message
  const last = conversation?.last as Message | undefined
  return { newest: newest ?? last, isMentioned: conversation?.mention?.isMe ?? false }
}

const people: Story['play'] = async ({ canvasElement }) => {
  const box = await findBox(canvasElement)
  await userEvent.type(box, '@')
  await eventually(() =>
    expect(within(canvasElement).getAllByRole('option').length).toBeGreaterThanOrEqual(5),
  )
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: people }
export const EnglishDark: Story = { ...faces.EnglishDark, play: people }
export const ChineseLight: Story = { ...faces.ChineseLight, play: people }
export const ChineseDark: Story = { ...faces.ChineseDark, play: people }

/** Somebody is found by how the name is read, picked by the keyboard, and told that he is meant. */
export const Mention: Story = {
  async play(context) {
    const { canvasElement } = context
    const canvas = within(canvasElement)
    const box = await findBox(canvasElement)
    await userEvent.type(box, 'Please @liny')
    await eventually(() => expect(canvas.getAllByRole('option')).toHaveLength(1))
    await userEvent.keyboard('{Enter}')
    await expect(box).toHaveValue('Please @林悦 ')
    await expect(canvas.queryByRole('listbox')).toBeNull()
    carryOn(box)
    await userEvent.keyboard('look{Enter}')
    await eventually(() => expect(box).toHaveValue(''))
    await eventually(() => {
      const { newest, isMentioned } = seenBy('linyue', context)
      return expect([isMentioned, newest?.parts]).toEqual([
        true,
        [{ kind: 'text', text: 'Please @林悦 look' }],
      ])
    })
  },
}

/** A mention goes as a whole, comes back as a whole, and is picked with the pointer as well. */
export const MentionGoesAsAWhole: Story = {
  parameters: { width: 390 },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const box = await findBox(canvasElement)
    await userEvent.type(box, 'Hi @bob')
    await userEvent.click(await canvas.findByRole('option', { name: /Bob Tanaka/ }))
    await expect(box).toHaveValue('Hi @Bob Tanaka ')
    await expect(box).toHaveFocus()
    carryOn(box)
    await userEvent.keyboard('{Backspace}{Backspace}')
    await eventually(() => expect(box).toHaveValue('Hi '))
  },
}

/** An emoji by its short name, in English or in Chinese; Escape leaves the text as it was typed. */
export const EmojiByName: Story = {
  async play(context) {
    const { canvasElement } = context
    const canvas = within(canvasElement)
    const box = await findBox(canvasElement)
    const list = () => canvas.findByRole('listbox', { name: 'Emoji' }, { timeout: 20_000 })
    await userEvent.type(box, 'ha :joy')
    await expect(within(await list()).getAllByRole('option')[0]).toHaveTextContent(':joy:')
    await userEvent.keyboard('{Enter}')
    await expect(box).toHaveValue('ha 😂')
    carryOn(box)
    await userEvent.type(box, '，:笑哭')
    await list()
    await userEvent.keyboard('{Tab}')
    await expect(box).toHaveValue('ha 😂，😂')
    carryOn(box)
    await userEvent.type(box, ' :jo')
    await list()
    await userEvent.keyboard('{Escape}{Enter}')
    await eventually(() =>
      expect(seenBy('linyue', context).newest?.parts).toEqual([{ kind: 'text', text: 'ha 😂，😂 :jo' }]),
    )
  },
}

async function openPicker(canvasElement: HTMLElement) {
  const canvas = within(canvasElement)
  await findBox(canvasElement)
  await userEvent.click(canvas.getByRole('button', { name: /^(Emoji|表情)$/ }))
  const picker = within(await canvas.findByRole('dialog', { name: /^(Emoji|表情)$/ }, { timeout: 20_000 }))
  await picker.findByRole('gridcell', { name: /^(grinning face|嘿嘿)$/ }, { timeout: 20_000 })
  return picker
}

const pickerOpen: Story['play'] = async ({ canvasElement }) => void (await openPicker(canvasElement))

export const EmojiEnglishLight: Story = { ...faces.EnglishLight, play: pickerOpen }
export const EmojiEnglishDark: Story = { ...faces.EnglishDark, play: pickerOpen }
export const EmojiChineseLight: Story = { ...faces.ChineseLight, play: pickerOpen }
export const EmojiChineseDark: Story = {
  ...faces.ChineseDark,
  parameters: { width: 390 },
  play: pickerOpen,
}

/** The picker by keyboard alone: a word, arrows, Enter; then one writes on. */
export const EmojiByKeyboard: Story = {
  async play({ canvasElement }) {
    const picker = await openPicker(canvasElement)
    const search = picker.getByRole('combobox', { name: 'Search emoji' })
    await eventually(() => expect(search).toHaveFocus())
    await userEvent.keyboard('waving')
    await picker.findByRole('gridcell', { name: 'waving hand' }, { timeout: 20_000 })
    await userEvent.keyboard('{ArrowDown}')
    const active = search.getAttribute('aria-activedescendant') ?? ''
    await expect(canvasElement.ownerDocument.getElementById(active)).toHaveAccessibleName('waving hand')
    await userEvent.keyboard('{Enter}')
    const box = await findBox(canvasElement)
    await expect(box).toHaveValue('👋')
    await expect(box).toHaveFocus()
    await expect(within(canvasElement).queryByRole('dialog')).toBeNull()
  },
}

/** A tone of skin holds for all emoji that have one; Escape closes the picker and nothing else. */
export const EmojiInATone: Story = {
  async play({ canvasElement }) {
    const picker = await openPicker(canvasElement)
    // Enter presses a button, and what goes with its choice leaves the keyboard behind.
    const press = async (name: string) => {
      picker.getByRole('button', { name }).focus()
      await userEvent.keyboard('{Enter}')
    }
    await press('Skin tone: Default')
    await press('Medium-dark')
    await expect(picker.getByRole('button', { name: 'Skin tone: Medium-dark' })).toHaveFocus()
    await press('Skin tone: Medium-dark')
    picker.getByRole('button', { name: 'Light' }).focus()
    await userEvent.keyboard('{Escape}')
    await expect(picker.getByRole('button', { name: 'Skin tone: Medium-dark' })).toHaveFocus()
    await press('People and gestures')
    const wave = await picker.findByRole('gridcell', { name: 'waving hand' }, { timeout: 20_000 })
    await expect(wave).toHaveTextContent('👋🏾')
    await userEvent.click(picker.getByRole('button', { name: 'Skin tone: Medium-dark' }))
    await userEvent.click(picker.getByRole('button', { name: 'Default' }))
    await userEvent.click(picker.getByRole('combobox'))
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(within(canvasElement).queryByRole('dialog')).toBeNull())
    const box = await findBox(canvasElement)
    await expect(box).toHaveFocus()
    await openPicker(canvasElement)
    // A finger leaves the focus where it was.
    within(canvasElement).getByRole('button', { name: 'Emoji' }).focus()
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(within(canvasElement).queryByRole('dialog')).toBeNull())
    await expect(box).toHaveFocus()
  },
}
