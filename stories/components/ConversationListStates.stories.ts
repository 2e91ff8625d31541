import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { h } from 'vue'
import { ConversationList } from 'vue-parley'
import { answering, never, noAnswer } from '../support/answeringLine'
import { emptyWorld } from '../support/emptyWorld'
import { goOffline, sheet } from '../support/screenSheet'
import type { Cell, SheetState } from '../support/screenSheet'
import { wordIn } from '../support/stage'
import type { Stage } from '../support/stage'
import { unaskedMachine } from '../support/unaskedMachine'

/** The list of conversations in every state, on a desktop and a phone, in both languages and both themes. */
const meta = {
  title: 'Screens/ConversationList',
  component: ConversationList,
} satisfies Meta<typeof ConversationList>

export default meta
type Story = StoryObj<typeof meta>

const list = {
  screen: 'ConversationList',
  width: 340,
  height: 560,
  draw: (_: unknown, { conversationId }: Stage) => h(ConversationList, { selected: conversationId }),
}
const show = (state: string, story: SheetState): Story => sheet(list, state, story)
const stateOf = ({ frame }: Cell) => frame.querySelector<HTMLElement>('[data-state]')?.dataset['state']
const titlesIn = ({ frame }: Cell) =>
  [...frame.querySelectorAll('[role=option]')].map((option) => option.querySelector('bdi')?.textContent)
const inState = (state: string) => (cell: Cell) => expect(stateOf(cell)).toBe(state)
const rowOf = ({ canvas }: Cell, name: RegExp) => canvas.findByRole('option', { name })

export const Ready = show('ready', {
  stage: { open: { userId: 'bob' } },
  check: (cell) => expect(titlesIn(cell)).toContain('林悦'),
})
export const Loading = show('loading', {
  stage: { world: emptyWorld, line: answering('conversations', { list: never }) },
  check: inState('loading'),
})
export const Failed = show('failed', {
  stage: { world: emptyWorld, line: answering('conversations', { list: noAnswer }) },
  check: ({ canvas, word }) => expect(canvas.getByRole('alert')).toHaveTextContent(word('list.failedTitle')),
})
export const Offline = show('offline', {
  stage: { prepare: goOffline },
  check: ({ canvas, word }) => expect(canvas.getByText(word('list.offlineTitle'))).toBeVisible(),
})
export const Empty = show('empty', { stage: { world: emptyWorld }, check: inState('empty') })

export const NothingUnread = show('nothing on the tab', {
  stage: {
    async prepare({ kit }) {
      await kit.dispatch({ type: 'markAllRead' })
    },
  },
  async act({ canvas, word }) {
    await userEvent.click(await canvas.findByRole('button', { name: word('list.unread') }))
  },
  check: ({ canvas, word }) => expect(canvas.getByText(word('list.nothingUnread'))).toBeVisible(),
})

async function search({ canvas, word }: Cell, words: string): Promise<void> {
  await userEvent.type(await canvas.findByRole('textbox', { name: word('list.filter') }), words)
}
export const Found = show('found', {
  stage: {
    async prepare({ kitByLanguage }) {
      for (const kit of Object.values(kitByLanguage)) {
        const { id } = await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
        await kit.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
      }
    },
  },
  act: (cell) => search(cell, 'il'),
  check: ({ canvas, word }) => {
    for (const section of ['chats', 'messages']) {
      expect(
        canvas.getByText(word(`list.sections.${section}`), { selector: '.parley-section' }),
      ).toBeVisible()
    }
  },
})
export const FoundNothing = show('nothing found', {
  act: (cell) => search(cell, 'zzz'),
  check: ({ canvas, word }) =>
    expect(canvas.getByText(word('list.noMatch').replace('{query}', 'zzz'))).toBeVisible(),
})

export const Offer = show('offer', {
  stage: { kit: unaskedMachine },
  check: ({ canvas, word }) =>
    expect(canvas.getByRole('button', { name: word('notify.allow') })).toBeVisible(),
})

const folds = [{ id: 'groups', title: '群 Groups', holds: ({ kind }: { kind: string }) => kind === 'group' }]
const folded = { ...list, draw: () => h(ConversationList, { folds }) }
export const Folded: Story = sheet(folded, 'folded', {
  check: async (cell) => expect(await rowOf(cell, /^群 Groups/)).toBeVisible(),
})
export const Unfolded: Story = sheet(folded, 'unfolded', {
  async act(cell) {
    await userEvent.click(await rowOf(cell, /^群 Groups/))
  },
  check: (cell) => expect(titlesIn(cell)).toEqual(['设计评审 · Design review']),
})

async function openMenu(cell: Cell): Promise<HTMLElement> {
  await userEvent.pointer({ keys: '[MouseRight]', target: await rowOf(cell, /^Bob Tanaka/) })
  return screen.findByRole('menu')
}
export const Choosing = show('choosing', {
  async act(cell) {
    await openMenu(cell)
    await userEvent.click(await screen.findByRole('menuitem', { name: cell.word('rowActions.select') }))
  },
  check: ({ canvas, word }) =>
    expect(canvas.getByRole('toolbar', { name: word('rowActions.choose') })).toBeVisible(),
})

/** One menu is open at a time: each is looked at, and the last stays. */
export const Menu = show('menu', {
  async act(cell) {
    const before = screen.queryByRole('menu')
    if (before) await userEvent.keyboard('{Escape}')
    const menu = await openMenu(cell)
    await expect(menu).toHaveTextContent(wordIn(cell.locale, 'rowActions.pin'))
    const { right } = menu.getBoundingClientRect()
    await expect(right).toBeLessThanOrEqual(document.documentElement.clientWidth)
  },
  check: () => expect(screen.getByRole('menu')).toBeVisible(),
})

/** A finger has pulled a row aside. */
export const Aside = show('aside', {
  async act(cell) {
    const row = await rowOf(cell, /^Bob Tanaka/)
    const { left, top, width, height } = row.getBoundingClientRect()
    const tell = (type: string, part: number) =>
      row.dispatchEvent(
        new PointerEvent(type, {
          bubbles: true,
          pointerId: 7,
          pointerType: 'touch',
          isPrimary: true,
          clientX: left + width / 2 - 180 * part,
          clientY: top + height / 2,
        }),
      )
    tell('pointerdown', 0)
    for (const part of [0.25, 0.5, 0.75, 1]) tell('pointermove', part)
    tell('pointerup', 1)
  },
  check({ frame }) {
    const row = frame.querySelector('[data-aside]')?.parentElement as HTMLElement
    const { left, right } = row.getBoundingClientRect()
    const buttons = within(row).getAllByRole('button', { hidden: true })
    for (const button of buttons) {
      const box = button.getBoundingClientRect()
      expect(box.left).toBeGreaterThanOrEqual(left)
      expect(box.right).toBeLessThanOrEqual(right + 1)
    }
  },
})
