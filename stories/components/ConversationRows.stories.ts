import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, waitFor, within } from 'storybook/test'
import { h } from 'vue'
import { ConversationList } from 'vue-parley'
import { useConversationStore } from 'vue-parley/headless'
import { framed } from '../support/frame'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** What can be done with the rows of the list: by menu, by swipe, with several at once. */
const meta = {
  title: 'Components/ConversationRows',
  component: ConversationList,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob'] })],
  render: (_, { loaded }) => framed(loaded['stage'] as Stage, () => h(ConversationList), { width: 340 }),
} satisfies Meta<typeof ConversationList>

export default meta
type Story = StoryObj<typeof meta>
type Context = Parameters<NonNullable<Story['play']>>[0]

function titlesIn(canvasElement: HTMLElement): readonly (string | null | undefined)[] {
  return within(canvasElement)
    .getAllByRole('option')
    .map((option) => option.querySelector('bdi')?.textContent)
}

function rowOf(canvasElement: HTMLElement, name: RegExp): Promise<HTMLElement> {
  return within(canvasElement).findByRole('option', { name })
}

/** Opens the menu of a row as the right button does. */
async function openMenu(row: HTMLElement): Promise<HTMLElement> {
  await userEvent.pointer({ keys: '[MouseRight]', target: row })
  return screen.findByRole('menu')
}

async function choose(row: HTMLElement, name: RegExp): Promise<void> {
  await openMenu(row)
  await userEvent.click(await screen.findByRole('menuitem', { name }))
}

/** The menu of a row; the keyboard goes back to the row. */
const openFirst = async ({ canvasElement }: Context) => {
  await openMenu(await rowOf(canvasElement, /^Bob Tanaka/))
}
export const MenuEnglishLight: Story = { ...faces.EnglishLight, play: openFirst }
export const MenuEnglishDark: Story = { ...faces.EnglishDark, play: openFirst }
export const MenuChineseLight: Story = { ...faces.ChineseLight, play: openFirst }
export const MenuChineseDark: Story = { ...faces.ChineseDark, play: openFirst }

/** A pinned row goes to the top at once, though the pointer is over the list; a muted one says so. */
export const PinAndMute: Story = {
  async play({ canvasElement }) {
    await choose(await rowOf(canvasElement, /^林悦/), /Pin to the top/)
    await waitFor(() => expect(titlesIn(canvasElement)[0]).toBe('林悦'))
    await choose(await rowOf(canvasElement, /^林悦/), /^Mute/)
    await rowOf(canvasElement, /^林悦.*muted.*pinned/)
    await choose(await rowOf(canvasElement, /^林悦/), /Unpin/)
    await waitFor(() => expect(titlesIn(canvasElement)[0]).not.toBe('林悦'))
  },
}

/** Read, and marked as unread again. */
export const ReadAndUnread: Story = {
  async play({ canvasElement }) {
    await choose(await rowOf(canvasElement, /^林悦.*1 unread/), /Mark as read/)
    await waitFor(() =>
      expect(within(canvasElement).queryByRole('option', { name: /^林悦.*1 unread/ })).toBeNull(),
    )
    await choose(await rowOf(canvasElement, /^林悦/), /Mark as unread/)
    await rowOf(canvasElement, /^林悦.*marked as unread/)
  },
}

/** The menu key opens the menu, Escape closes it, and the keyboard is back on the row. */
export const ByKeyboard: Story = {
  async play({ canvasElement }) {
    const row = await rowOf(canvasElement, /^Bob Tanaka/)
    row.focus()
    row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))
    const menu = await screen.findByRole('menu')
    await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true))
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    await waitFor(() => expect(row).toHaveFocus())
  },
}

/** What is lost for ever is asked about first. */
export const Delete: Story = {
  async play({ canvasElement }) {
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /^Delete/)
    const dialog = await screen.findByRole('dialog', { name: 'Delete this conversation?' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
    await expect(await rowOf(canvasElement, /^Bob Tanaka/)).toBeVisible()
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /^Delete/)
    const again = await screen.findByRole('dialog', { name: 'Delete this conversation?' })
    await userEvent.click(within(again).getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(titlesIn(canvasElement)).not.toContain('Bob Tanaka'))
  },
}

/** Several are chosen, and one press is for all of them. */
export const Several: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /Select several/)
    const bar = await canvas.findByRole('toolbar', { name: 'Choose conversations' })
    await userEvent.click(await rowOf(canvasElement, /^林悦/))
    await within(bar).findByText('2 chosen')
    await expect(canvas.getByRole('listbox')).toHaveAttribute('aria-multiselectable', 'true')
    await userEvent.click(within(bar).getByRole('button', { name: 'Pin to the top' }))
    await waitFor(() =>
      expect(new Set(titlesIn(canvasElement).slice(0, 2))).toEqual(new Set(['Bob Tanaka', '林悦'])),
    )
    await expect(canvas.queryByRole('toolbar', { name: 'Choose conversations' })).toBeNull()
  },
}

/** All are chosen with one press, and read with another. */
export const EverythingRead: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const tabs = within(await canvas.findByRole('group', { name: 'Which conversations' }))
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /Select several/)
    const bar = await canvas.findByRole('toolbar', { name: 'Choose conversations' })
    const all = within(bar).getByRole('button', { name: 'Choose all' })
    await userEvent.click(all)
    await within(bar).findByText(/^([3-9]|\d\d+) chosen$/)
    await expect(all).toHaveAttribute('aria-disabled', 'true')
    await userEvent.click(within(bar).getByRole('button', { name: 'Mark as read' }))
    await userEvent.click(tabs.getByRole('button', { name: 'Unread' }))
    await expect(await canvas.findByText('You have read everything.')).toBeVisible()
  },
}

/** Escape ends the choice. */
export const EndTheChoice: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /Select several/)
    await canvas.findByText('1 chosen')
    await waitFor(() => expect(canvas.getByRole('listbox').contains(document.activeElement)).toBe(true))
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(canvas.queryByText('1 chosen')).toBeNull())
  },
}

/** A finger pulls a row aside. */
async function pull(row: HTMLElement, byX: number, byY = 0): Promise<void> {
  const { left, top, width, height } = row.getBoundingClientRect()
  const [x, y] = [left + width / 2, top + height / 2]
  const tell = (type: string, part: number) =>
    row.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 7,
        pointerType: 'touch',
        isPrimary: true,
        clientX: x + byX * part,
        clientY: y + byY * part,
      }),
    )
  tell('pointerdown', 0)
  for (const part of [0.25, 0.5, 0.75, 1]) tell('pointermove', part)
  tell('pointerup', 1)
}

const pullTheFirst =
  (byX: number) =>
  async ({ canvasElement }: Context) => {
    await pull(await rowOf(canvasElement, /^Bob Tanaka/), byX)
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-aside]')).toHaveLength(1))
  }
export const SwipeToTheStart: Story = { play: pullTheFirst(-180) }
export const SwipeToTheEnd: Story = { ...faces.ChineseDark, play: pullTheFirst(140) }

/** What lies behind a row is done with a tap; a pull that goes down is no swipe. */
export const SwipeAndMute: Story = {
  async play({ canvasElement }) {
    const row = await rowOf(canvasElement, /^Bob Tanaka/)
    await pull(row, -40, 200)
    await expect(canvasElement.querySelector('[data-aside]')).toBeNull()
    await pull(row, -180)
    const behind = await waitFor(() => {
      const button = canvasElement.querySelector<HTMLElement>('button[data-id="mute"]')
      if (!button) throw new Error('nothing lies behind the row')
      return button
    })
    await userEvent.click(behind)
    await rowOf(canvasElement, /^Bob Tanaka.*muted/)
    await waitFor(() => expect(canvasElement.querySelector('[data-aside]')).toBeNull())
  },
}

/** While the pointer moves over the list no row moves; once it has left, the newest is at the top. */
export const NothingMovesUnderThePointer: Story = {
  async play({ canvasElement, loaded }) {
    const { kits } = loaded['stage'] as Stage
    const [kit, bob] = [kits['alice'], kits['bob']]
    if (!kit || !bob) throw new Error('somebody is missing')
    const before = await waitFor(() => {
      const titles = titlesIn(canvasElement)
      if (titles.indexOf('Bob Tanaka') < 1) throw new Error('Bob is not further down')
      return titles
    })
    const list = within(canvasElement).getByRole('listbox')
    const move = () =>
      list.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerType: 'mouse' }))
    move()
    // A hand is never quite still.
    const wiggle = setInterval(move, 200)
    try {
      const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
      await bob.dispatch({
        type: 'sendMessage',
        conversationId: id,
        parts: [{ kind: 'text', text: 'Are you coming?' }],
      })
      await rowOf(canvasElement, /Are you coming/)
      await expect(useConversationStore(kit.pinia).order.ids.value[0]).toBe(id)
      await expect(titlesIn(canvasElement)).toEqual(before)
    } finally {
      clearInterval(wiggle)
    }
    list.dispatchEvent(new PointerEvent('pointerleave', { pointerType: 'mouse' }))
    await waitFor(() => expect(titlesIn(canvasElement)[0]).toBe('Bob Tanaka'))
  },
}

/** Conversations are put into groups, which are tabs; a group can be renamed and deleted. Stars are a tab too. */
export const GroupsAndStars: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /Put into groups/)
    const dialog = await screen.findByRole('dialog', { name: /Groups of/ })
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'New group' }), 'Trail{Enter}')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Trail' }))
    await waitFor(() => expect(titlesIn(canvasElement)).toEqual(['Bob Tanaka']))
    await userEvent.click(canvas.getByRole('button', { name: 'Rename or delete the group' }))
    const field = await canvas.findByRole('textbox', { name: 'Name of the group' })
    await userEvent.clear(field)
    await userEvent.type(field, 'Hikes{Enter}')
    await canvas.findByRole('button', { name: 'Hikes', pressed: true })
    await waitFor(() => expect(titlesIn(canvasElement)).toEqual(['Bob Tanaka']))
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /^Star/)
    await userEvent.click(await canvas.findByRole('button', { name: 'Starred' }))
    await waitFor(() => expect(titlesIn(canvasElement)).toEqual(['Bob Tanaka']))
    await choose(await rowOf(canvasElement, /^Bob Tanaka/), /Remove the star/)
    await canvas.findByRole('button', { name: 'All', pressed: true })
  },
}
