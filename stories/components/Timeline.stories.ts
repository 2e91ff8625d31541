import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { h, ref } from 'vue'
import { ChatPanel } from 'vue-parley'
import { framed } from '../support/frame'
import { distanceFromEnd, eventually, findLog, press, scrollUntil } from '../support/reader'
import { archiveLoader } from '../support/stage'
import type { ArchiveStage } from '../support/stage'

/** Reading a long conversation: days, notices, what came in meanwhile, and coming back to it. */
const meta = {
  title: 'States/Reading',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [archiveLoader({ count: 3000 })],
  render: (_, { loaded, parameters }) => {
    const isOpen = ref(true)
    return framed(
      loaded['stage'] as ArchiveStage,
      ({ conversationId }) =>
        h('div', { style: { display: 'grid', gridTemplateRows: 'auto 1fr', minBlockSize: 0 } }, [
          h(
            'button',
            {
              type: 'button',
              style: { justifySelf: 'start', margin: '8px' },
              onClick: () => (isOpen.value = !isOpen.value),
            },
            isOpen.value ? 'Close it' : 'Open it',
          ),
          isOpen.value ? h(ChatPanel, { conversationId }) : h('div'),
        ]),
      { height: 680, width: (parameters['width'] as number | undefined) ?? 640 },
    )
  },
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const floatingDay = (canvasElement: HTMLElement) => canvasElement.querySelector('.parley-floating')

/** While somebody scrolls the day floats above, for the eye only; it goes again. */
export const FloatingDay: Story = {
  async play({ canvasElement }) {
    const log = await findLog(canvasElement)
    await expect(floatingDay(canvasElement)).toBeNull()
    const day = await scrollUntil(log, -60, () => floatingDay(canvasElement))
    await expect(day).toHaveAttribute('aria-hidden', 'true')
    await expect(day).toHaveTextContent('Today')
    await eventually(() => expect(floatingDay(canvasElement)).toBeNull())
  },
}

async function pickDay(canvasElement: HTMLElement, isOnPhone = false): Promise<HTMLElement> {
  const log = await findLog(canvasElement)
  const day = await scrollUntil(log, -60, () => floatingDay(canvasElement)?.querySelector('button') ?? null)
  await userEvent.click(day)
  return within(document.body).findByRole('dialog', { name: isOnPhone ? '跳转到某一天' : 'Go to a date' })
}

/** The day leads to a calendar, the calendar to the first message of a day, and a pill back. */
export const WentToADay: Story = {
  async play({ canvasElement }) {
    const dialog = within(await pickDay(canvasElement))
    const field = dialog.getByLabelText<HTMLInputElement>('Date')
    await expect(field).toHaveFocus()
    const [year = 0, month = 0, date = 0] = field.value.split('-').map(Number)
    const before = new Date(Date.UTC(year, month - 1, date - 1)).toISOString().slice(0, 10)
    await userEvent.clear(field)
    await userEvent.type(field, before)
    await userEvent.click(dialog.getByRole('button', { name: 'Go' }))
    const log = within(await findLog(canvasElement))
    await eventually(() => expect(canvasElement.querySelector('[data-target] .parley-day')).toBeVisible())
    await expect(log.getAllByRole('button', { name: /Go to a date$/ }).length).toBeGreaterThan(0)
    await press(await within(canvasElement).findByRole('button', { name: 'Back to where you were' }))
    await eventually(() => expect(canvasElement.querySelector('[data-target]')).toBeNull())
  },
}

/** The calendar on a phone, in Chinese. */
export const CalendarOnAPhone: Story = {
  globals: { locale: 'zh-CN', theme: 'dark' },
  parameters: { width: 360 },
  async play({ canvasElement }) {
    const dialog = within(await pickDay(canvasElement, true))
    await expect(dialog.getByLabelText('日期')).toBeVisible()
  },
}

const notices: Story = {
  loaders: [
    archiveLoader({
      count: 300,
      traitsOf: (seq) =>
        seq > 285 && seq <= 294
          ? {
              parts: [{ kind: 'notice', about: seq % 2 ? 'joined' : 'left', byId: 'bob', userIds: ['bob'] }],
            }
          : {},
    }),
  ],
}

/** Nine notices are one line. */
export const ManyNotices: Story = {
  ...notices,
  async play({ canvasElement }) {
    const log = within(await findLog(canvasElement))
    await expect(log.getByRole('button', { name: '9 notices' })).toBeVisible()
    await expect(log.queryByText(/Bob Tanaka left/)).toBeNull()
  },
}
export const ManyNoticesInChinese: Story = {
  ...notices,
  globals: { locale: 'zh-CN', theme: 'dark' },
  parameters: { width: 360 },
  async play({ canvasElement }) {
    const log = within(await findLog(canvasElement))
    await expect(log.getByRole('button', { name: '9 条通知' })).toBeVisible()
  },
}

/** Opened, each of them is there, the messages below have not moved, and the keyboard is in the list. */
export const ManyNoticesOpened: Story = {
  ...notices,
  async play({ canvasElement }) {
    const element = await findLog(canvasElement)
    const log = within(element)
    await userEvent.click(log.getByRole('button', { name: '9 notices' }))
    await eventually(() => expect(log.getAllByText(/Bob Tanaka/).length).toBeGreaterThanOrEqual(9))
    await expect(log.queryByRole('button', { name: '9 notices' })).toBeNull()
    await expect(element).toHaveFocus()
    await expect(distanceFromEnd(element)).toBeLessThanOrEqual(1)
  },
}

/** What came in while one read further up: first to its beginning, under the line, then to the end. */
export const FirstToTheLine: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    const canvas = within(canvasElement)
    const log = await findLog(canvasElement)
    log.scrollTop -= 2_000
    await eventually(() => expect(canvas.getByRole('button', { name: 'Jump to latest' })).toBeVisible())
    archive.grow(30)
    const pill = await canvas.findByRole('button', { name: /30 new messages/ })
    await press(pill)
    await eventually(() => expect(within(log).getByText('30 unread messages')).toBeVisible())
    await expect(distanceFromEnd(log)).toBeGreaterThan(200)
    await press(canvas.getByRole('button', { name: /new messages|Jump to latest/ }))
    await eventually(() => expect(distanceFromEnd(log)).toBeLessThanOrEqual(1))
    // It stays while one reads.
    await scrollUntil(log, -100, () => within(log).queryByText('30 unread messages'))
  },
}

/** Closed and opened again, the conversation is where it was left. */
export const ComesBackToItsPlace: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const log = await findLog(canvasElement)
    log.scrollTop -= 1_500
    const firstOnScreen = (list: HTMLElement) => {
      const edge = list.getBoundingClientRect().top
      const article = [...list.querySelectorAll('article')].find(
        (one) => one.getBoundingClientRect().top >= edge,
      )
      return article && { text: article.textContent, top: article.getBoundingClientRect().top }
    }
    await eventually(() => expect(canvas.getByRole('button', { name: 'Jump to latest' })).toBeVisible())
    const before = firstOnScreen(log)
    await userEvent.click(canvas.getByRole('button', { name: 'Close it' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Open it' }))
    const again = await findLog(canvasElement)
    await eventually(() => expect(firstOnScreen(again)?.text).toBe(before?.text))
    await expect(Math.abs((firstOnScreen(again)?.top ?? NaN) - (before?.top ?? NaN))).toBeLessThanOrEqual(1)
  },
}

/** From message to message, page by page, to both ends. */
export const ByKeyboard: Story = {
  async play({ canvasElement }) {
    const log = await findLog(canvasElement)
    log.focus()
    await userEvent.keyboard('{ArrowUp}')
    const last = document.activeElement
    await expect(last?.closest('article')).toHaveTextContent(/3000\./)
    await userEvent.keyboard('{ArrowUp}')
    await expect(document.activeElement).toHaveTextContent(/2999\./)
    await userEvent.keyboard('{ArrowDown}')
    await expect(document.activeElement).toBe(last)
    const top = log.scrollTop
    await userEvent.keyboard('{PageUp}')
    await eventually(() => expect(log.scrollTop).toBeLessThan(top - log.clientHeight / 2))
    // The message with the keyboard is still there, though it is out of sight.
    await expect(document.activeElement).toHaveTextContent(/3000\./)
    await userEvent.keyboard('{PageDown}{End}')
    await eventually(() => expect(distanceFromEnd(log)).toBeLessThanOrEqual(1))
    await userEvent.keyboard('{Home}')
    await eventually(() => expect(within(log).queryByText(/^3000\./)).toBeTruthy())
  },
}
