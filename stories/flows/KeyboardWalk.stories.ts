import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import type { Message } from 'vue-parley/core'
import { useTimelineStore } from 'vue-parley/headless'
import { drawPanel } from '../support/frame'
import { eventually, findLog } from '../support/reader'
import { stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'

/** A person without a pointer: reads, reacts, answers, forwards, sends a file and finds what was said long ago. */
const meta = {
  title: 'Flows/KeyboardWalk',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob'], open: { userId: 'bob' } })],
  render: drawPanel({ height: 700 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

/** What Bob has of the conversation, read anew from the service. */
async function atBob({ kits, conversationId = '' }: Stage, holds: (all: readonly Message[]) => boolean) {
  const bob = kits['bob'] as ChatKit
  await bob.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })
  await eventually(() => {
    const entries = useTimelineStore(bob.pinia).timelineById.get(conversationId)?.entries() ?? []
    return expect(holds(entries.map(({ message }) => message))).toBe(true)
  })
}

/** Presses a key until something has the focus, as often as a person would. */
async function pressUntil(key: string, isThere: (focused: Element) => boolean): Promise<HTMLElement> {
  for (let count = 0; count < 60; count++) {
    const { activeElement } = document
    if (activeElement instanceof HTMLElement && isThere(activeElement)) return activeElement
    await userEvent.keyboard(key)
  }
  throw new Error(`${key} leads nowhere`)
}

/** Opens the menu of the focused message and goes to an entry by its first letters. */
async function chooseByKeys(name: RegExp): Promise<void> {
  await userEvent.keyboard('{Enter}')
  await screen.findByRole('menu')
  await pressUntil('{ArrowDown}', (focused) =>
    name.test(focused.getAttribute('aria-label') ?? focused.textContent ?? ''),
  )
  await userEvent.keyboard('{Enter}')
}

const holdsText = (words: string) => (message: Message) =>
  message.parts.some((part) => part.kind === 'text' && part.text === words)

/** No pointer is used from beginning to end. */
export const WithoutAPointer: Story = {
  async play({ canvasElement, loaded }) {
    const stage = loaded['stage'] as Stage
    const log = await findLog(canvasElement)
    const canvas = within(canvasElement)
    const toMessage = async (words: RegExp) => {
      log.focus()
      await userEvent.keyboard('{End}')
      return pressUntil(
        '{ArrowUp}',
        (focused) => focused.matches('article') && words.test(focused.ariaLabel ?? ''),
      )
    }

    // Read: the arrows go from message to message, and each says who, what and when.
    await expect(await toMessage(/Seven at the bridge/)).toHaveAccessibleName(
      /^Bob Tanaka: Yes! Seven at the bridge\..*\d\d:\d\d/,
    )

    await chooseByKeys(/^React with 👍/)
    await atBob(stage, (all) => all.some(({ reactions }) => reactions?.some(({ key }) => key === '👍')))

    await toMessage(/Seven at the bridge/)
    await chooseByKeys(/^Reply/)
    const box = canvas.getByRole('textbox', { name: 'Message' })
    await eventually(() => expect(box).toHaveFocus())
    await userEvent.keyboard('I bring the tea{Enter}')
    await atBob(stage, (all) =>
      all.some((one) => holdsText('I bring the tea')(one) && one.replyTo !== undefined),
    )

    await toMessage(/Seven at the bridge/)
    await chooseByKeys(/^Forward/)
    const dialog = await screen.findByRole('dialog')
    await pressUntil(
      '{Tab}',
      (focused) =>
        focused.matches('[type=checkbox]') &&
        /Bob/.test(focused.closest('label, li')?.textContent ?? focused.ariaLabel ?? ''),
    )
    await userEvent.keyboard(' ')
    await pressUntil(
      '{Tab}',
      (focused) => focused.matches('button') && focused.textContent?.trim() === 'Forward',
    )
    await userEvent.keyboard('{Enter}')
    await eventually(() => expect(dialog).not.toBeInTheDocument())
    await atBob(stage, (all) => all.filter(holdsText('Yes! Seven at the bridge.')).length === 2)

    // A file is pasted, as from a file manager.
    box.focus()
    await userEvent.paste(pasted(new File(['minutes'], 'minutes.txt', { type: 'text/plain' })))
    await eventually(() => expect(canvasElement).toHaveTextContent('minutes.txt'))
    await userEvent.keyboard('{Enter}')
    await atBob(stage, (all) => all.some(({ parts }) => parts.some((part) => part.kind === 'file')))

    // What was said two days ago.
    const search = canvas.getByRole('button', { name: 'Search messages' })
    search.focus()
    await userEvent.keyboard('{Enter}')
    const region = await canvas.findByRole('region', { name: 'Search messages' })
    await eventually(() => expect(within(region).getByRole('textbox')).toHaveFocus())
    await userEvent.keyboard('parcel')
    await within(region).findByRole('button', { name: /parcel/ })
    await pressUntil(
      '{Tab}',
      (focused) => focused.matches('button') && /parcel/.test(focused.textContent ?? ''),
    )
    await userEvent.keyboard('{Enter}')
    await eventually(() => expect(canvasElement.querySelector('[data-target]')).toHaveTextContent('parcel'))
  },
}

function pasted(file: File): DataTransfer {
  const data = new DataTransfer()
  data.items.add(file)
  return data
}
