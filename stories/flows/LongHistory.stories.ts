import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, waitFor, within } from 'storybook/test'
import { h, onMounted, useTemplateRef } from 'vue'
import { ChatKitProvider, ChatPanel, createChatKit } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import en from 'vue-parley/locales/en'
import zhCN from 'vue-parley/locales/zh-CN'
import { createStoryArchive } from '../support/archive'
import type { StoryArchive } from '../support/archive'
import { faces } from '../support/stage'

/** What a story plays on: the backend in its hand, and the kit of the one who reads. */
interface Reading {
  readonly archive: StoryArchive
  readonly kit: ChatKit
}

let current: ChatKit | undefined

async function setReading(localeTag: string): Promise<Reading> {
  await current?.dispose()
  const archive = createStoryArchive(120)
  const locale = localeTag === 'zh-CN' ? zhCN : en
  const kit = createChatKit({ transport: archive.transport, userId: 'alice', locale, cache: 'memory' })
  current = kit
  await kit.online()
  await kit.dispatch({ type: 'openConversation', target: { userId: 'bob' } })
  return { archive, kit }
}

/** A conversation longer than a page: holes that fill themselves, the way to a message far up, and the way back. */
const meta = {
  title: 'Flows/Long history',
  parameters: { layout: 'fullscreen' },
  loaders: [async ({ globals }) => ({ reading: await setReading(String(globals['locale'] ?? 'en')) })],
  render: (_, { loaded, parameters }) => {
    const { archive, kit } = loaded['reading'] as Reading
    return {
      setup() {
        const panel = useTemplateRef<InstanceType<typeof ChatPanel>>('panel')
        const seq = parameters['goTo'] as number | undefined
        onMounted(() => {
          if (seq === undefined) return
          const message = { conversationId: archive.conversationId, keys: [`seq:${seq}`] }
          void panel.value?.goTo({ message })
        })
        const width = parameters['width'] === undefined ? '100%' : `${String(parameters['width'])}px`
        return () =>
          h(
            'div',
            { style: { inlineSize: width, maxInlineSize: '100%', blockSize: '640px', display: 'grid' } },
            h(ChatKitProvider, { kit }, () =>
              h(ChatPanel, { ref: 'panel', conversationId: archive.conversationId }),
            ),
          )
      },
    }
  },
} satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** The line was down, and what was missed does not reach up to what is known. */
async function meetGap(canvasElement: HTMLElement, { archive }: Reading): Promise<HTMLElement> {
  const log = await within(canvasElement).findByRole('log')
  await waitFor(() => expect(log).toHaveTextContent('120 ·'))
  archive.missMessages(60)
  await waitFor(() => expect(log).toHaveTextContent('180 ·'))
  await waitFor(() => {
    log.scrollTop -= 200
    const gap = log.querySelector('.parley-gap')
    if (!gap) throw new Error('the hole is further up')
    gap.scrollIntoView({ block: 'center' })
  })
  return log
}

/** What is missing is on its way. */
export const GapLoading: Story = {
  ...faces.EnglishLight,
  async play({ canvasElement, loaded }) {
    const reading = loaded['reading'] as Reading
    reading.archive.pages = 'hang'
    const log = await meetGap(canvasElement, reading)
    await waitFor(() => expect(log).toHaveTextContent('Loading the messages missing here…'))
  },
}

/** It did not come, and a button asks again. */
export const GapFailed: Story = {
  ...faces.EnglishDark,
  async play({ canvasElement, loaded }) {
    const reading = loaded['reading'] as Reading
    reading.archive.pages = 'fail'
    const log = await meetGap(canvasElement, reading)
    await expect(await within(log).findByText('Some messages are missing here.')).toBeVisible()
    reading.archive.pages = 'come'
    for (const button of within(log).getAllByRole('button', { name: 'Try again' }))
      await userEvent.click(button)
    await waitFor(() => expect(log).not.toHaveTextContent('Some messages are missing here.'))
  },
}

/** The service no longer keeps it. */
export const GapLost: Story = {
  ...faces.ChineseLight,
  async play({ canvasElement, loaded }) {
    const reading = loaded['reading'] as Reading
    reading.archive.firstKept = 161
    const log = await meetGap(canvasElement, reading)
    await waitFor(() => expect(log).toHaveTextContent('这里的消息已不再保存。'))
  },
}

/** Far up: new messages are counted, and a pill leads back to where the reader was. */
export const AfterAJump: Story = {
  ...faces.EnglishLight,
  parameters: { goTo: 20 },
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['reading'] as Reading
    const canvas = within(canvasElement)
    await expect(await canvas.findByText(/^20 ·/u)).toBeVisible()
    archive.receive(2)
    await expect(await canvas.findByRole('button', { name: /Jump to latest/u })).toBeVisible()
    await userEvent.click(await canvas.findByRole('button', { name: 'Back to where you were' }))
    await waitFor(() => expect(canvas.getByText(/^122 ·/u)).toBeVisible())
  },
}

/** The two pills in the width of a small phone. */
export const AfterAJumpOnAPhone: Story = {
  ...faces.ChineseDark,
  parameters: { goTo: 20, width: 320 },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('button', { name: '回到刚才的位置' })).toBeVisible()
  },
}

/** Without a line: what was read is still there. */
export const Offline: Story = {
  ...faces.EnglishDark,
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['reading'] as Reading
    const canvas = within(canvasElement)
    await expect(await canvas.findByText(/^120 ·/u)).toBeVisible()
    archive.become({ state: 'reconnecting' })
    await expect(canvas.getByText(/^120 ·/u)).toBeVisible()
  },
}

/** Several messages were not taken: one bar offers both ways out for all of them. */
export const Unsent: Story = {
  ...faces.EnglishLight,
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const box = await canvas.findByRole('textbox', { name: 'Message' })
    await userEvent.type(box, 'Are you there?{Enter}')
    await userEvent.type(box, 'Hello?{Enter}')
    await expect(await canvas.findByText('2 messages were not sent.')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Delete all' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Really delete?' }))
    await waitFor(() => expect(canvas.queryByText('2 messages were not sent.')).toBeNull())
  },
}
