import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import { drawPanel } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { archiveLoader } from '../support/stage'
import type { ArchiveStage } from '../support/stage'

/** Messages that wait, that were not taken, and of which nobody knows. */
const meta = {
  title: 'States/Unsent messages',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [archiveLoader({ count: 8 })],
  render: drawPanel({ height: 640, width: 640 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const refused = { code: 'no', kind: 'forbidden' } as const
const texts = ['Shall we meet at the bridge?', '七点见', 'Bring the map, please']

async function send(canvasElement: HTMLElement, count: number): Promise<HTMLElement> {
  const log = await findLog(canvasElement)
  const box = within(canvasElement).getByRole('textbox')
  for (const text of texts.slice(0, count)) {
    await userEvent.type(box, `${text}{Enter}`)
    await eventually(() => expect(within(log).getByText(text)).toBeVisible())
  }
  return log
}

/** Without a connection a message waits, under a clock. */
export const Waiting: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    archive.become({ state: 'reconnecting' })
    await send(canvasElement, 1)
    await eventually(() =>
      expect(
        within(canvasElement).getByRole('article', { name: /meet at the bridge.*Waiting to be sent/ }),
      ).toBeVisible(),
    )
  },
}

/** On its way, and no answer yet. */
export const Sending: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    archive.refuse('never-answers')
    await send(canvasElement, 1)
    await eventually(() =>
      expect(
        within(canvasElement).getByRole('article', { name: /meet at the bridge.*Sending/ }),
      ).toBeVisible(),
    )
  },
}

/** One was refused: why, and both ways out, stand in its own row and nowhere else. */
export const OneFailed: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    archive.refuse(refused)
    const log = within(await send(canvasElement, 1))
    await eventually(() => expect(log.getByRole('button', { name: 'Retry' })).toBeVisible())
    await expect(log.getByText('Not sent · You are not allowed to do that. Ask an admin.')).toBeVisible()
    await expect(within(canvasElement).queryByRole('button', { name: 'Send all again' })).toBeNull()
  },
}

/** Sent once more, it arrives. */
export const Retried: Story = {
  async play(context) {
    await OneFailed.play?.(context)
    const { archive } = context.loaded['stage'] as ArchiveStage
    archive.refuse(undefined)
    const canvas = within(context.canvasElement)
    await press(canvas.getByRole('button', { name: 'Retry' }))
    await eventually(() =>
      expect(canvas.getByRole('article', { name: /meet at the bridge.*Sent/ })).toBeVisible(),
    )
    await expect(canvas.queryByRole('button', { name: 'Retry' })).toBeNull()
  },
}

const several: Story['play'] = async ({ canvasElement, loaded, globals }) => {
  const { archive } = loaded['stage'] as ArchiveStage
  archive.refuse(refused)
  await send(canvasElement, 3)
  const words = globals['locale'] === 'zh-CN' ? /3 条消息/ : '3 messages were not sent.'
  await eventually(() => expect(within(canvasElement).getByText(words)).toBeVisible())
}

/** Several were refused: the bar speaks for all of them. */
export const SeveralFailed: Story = { play: several }
export const SeveralFailedOnAPhone: Story = {
  globals: { locale: 'zh-CN', theme: 'dark' },
  parameters: { width: 390 },
  play: several,
}

/** All of them are sent once more, in their order. */
export const AllSentAgain: Story = {
  async play(context) {
    await several?.(context)
    const { archive } = context.loaded['stage'] as ArchiveStage
    archive.refuse(undefined)
    const canvas = within(context.canvasElement)
    await press(canvas.getByRole('button', { name: 'Send all again' }))
    await eventually(() => expect(canvas.queryByText(/not sent/i)).toBeNull())
    const own = canvas.getAllByRole('article', { name: /^You: / }).map((article) => article.textContent)
    await expect(own.slice(-3).map((text, index) => text?.includes(texts[index] ?? ''))).toEqual([
      true,
      true,
      true,
    ])
  },
}

/** The first press only asks; the second deletes. */
export const AllDeleted: Story = {
  async play(context) {
    await several?.(context)
    const canvas = within(context.canvasElement)
    await press(canvas.getByRole('button', { name: 'Delete all' }))
    await expect(canvas.getByText(texts[0] ?? '')).toBeVisible()
    await press(canvas.getByRole('button', { name: 'Really delete?' }))
    await eventually(() => expect(canvas.queryByText(texts[0] ?? '')).toBeNull())
  },
}

/** The line broke at the wrong moment and the service cannot tell: nothing is sent twice without a person's word. */
export const Unsure: Story = {
  loaders: [archiveLoader({ count: 8, speed: 50 })],
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    archive.refuse({ code: 'cut', kind: 'invalid', effect: 'unknown' })
    const log = within(await send(canvasElement, 1))
    await eventually(() => expect(log.getByText(/It is not known whether this arrived/)).toBeVisible())
    await expect(log.getByRole('button', { name: 'Retry' })).toBeVisible()
  },
}
