import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { h } from 'vue'
import { ChatPanel } from 'vue-parley'
import type { Message, Part } from 'vue-parley/core'
import { framed } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'
import { STORY_NOW } from '../support/storyWorld'
import { aTone } from '../support/tone'

/** Every kind of message, as Bob sends it and Alice sees it. */
const meta = {
  title: 'Components/MessageKinds',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [
    async ({ globals, parameters }) => ({
      stage: await stageWith((parameters['parts'] as readonly Part[][]) ?? allKinds(), globals),
    }),
  ],
  render: (_, { loaded, parameters }) =>
    framed(loaded['stage'] as Stage, (stage) => h(ChatPanel, { conversationId: stage.conversationId }), {
      height: (parameters['height'] as number) ?? 1180,
      ...(parameters['width'] !== undefined && { width: parameters['width'] as number }),
    }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

/** Bob has sent these, one after the other. */
async function stageWith(messages: readonly Part[][], globals: Record<string, unknown>): Promise<Stage> {
  const stage = await setStage(
    { userIds: ['alice', 'bob'], open: { userId: 'bob' } },
    String(globals['locale'] ?? 'en'),
  )
  const bob = stage.kits['bob']
  const conversation = await bob?.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
  for (const parts of messages) {
    await bob?.dispatch({ type: 'sendMessage', conversationId: conversation?.id ?? '', parts })
  }
  return stage
}

function said(senderName: string, text: string, minute: number): Message {
  return {
    conversationId: 'elsewhere',
    keys: [`said:${minute}`],
    senderId: senderName.toLowerCase(),
    senderName,
    sentAt: STORY_NOW - 86_400_000 + minute * 60_000,
    delivery: 'stored',
    parts: [{ kind: 'text', text }],
  }
}

function file(name: string, mime: string, content: Blob): Part {
  return {
    kind: mime.startsWith('audio') ? 'audio' : mime.startsWith('video') ? 'video' : 'file',
    file: { at: 'local', source: 'blob', value: content, name, bytes: content.size, mime },
    ...(mime.startsWith('audio') && { durationMs: 1_000 }),
  }
}

const text = new Blob(['Minutes of the meeting\n'.repeat(3_000)], { type: 'text/plain' })
const inner: Part = {
  kind: 'merged',
  title: 'Kitchen table',
  abstracts: ['Nora: The plums are ripe'],
  items: [said('Nora', 'The plums are ripe', 1)],
}
const history: Part = {
  kind: 'merged',
  title: 'Garden group',
  abstracts: ['Nora: Who waters tomorrow?', 'Tom: I do, after nine', 'Nora: [Chat history] Kitchen table'],
  items: [
    said('Nora', 'Who waters tomorrow?', 1),
    said('Tom', 'I do, after nine', 2),
    { ...said('Nora', '', 3), parts: [inner] },
  ],
}

function allKinds(): readonly Part[][] {
  return [
    [file('Minutes 会议纪要.txt', 'text/plain', text)],
    [file('voice.wav', 'audio/wav', aTone(1_000))],
    [file('clip.mp4', 'video/mp4', new Blob([new Uint8Array(2_000)], { type: 'video/mp4' }))],
    [{ kind: 'location', latitude: 31.23041, longitude: 121.4737, label: '人民广场 People’s Square' }],
    [{ kind: 'card', of: 'user', id: 'carol' }],
    [{ kind: 'card', of: 'group', id: 'review' }],
    [history],
    [{ kind: 'custom', type: 'app/order', data: { id: 7 }, fallback: 'Order 7: two kettles' }],
  ]
}

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark

/** All of it in the width of a phone. */
export const Narrow: Story = { ...faces.ChineseLight, parameters: { width: 390 } }

/** A chat history opens, and one inside it opens above it. */
export const OpensHistory: Story = {
  parameters: { parts: [[history]], height: 640 },
  async play({ canvasElement }) {
    await findLog(canvasElement)
    await press(await within(canvasElement).findByRole('button', { name: /Garden group/ }))
    const dialog = await screen.findByRole('dialog', { name: 'Garden group' })
    await expect(await within(dialog).findByText('I do, after nine')).toBeVisible()
    await press(await within(dialog).findByRole('button', { name: /Kitchen table/ }))
    await expect(await within(dialog).findByText('The plums are ripe')).toBeVisible()
    await userEvent.click(within(dialog).getByRole('button', { name: 'Back to the chat history around it' }))
    await expect(await within(dialog).findByText('I do, after nine')).toBeVisible()
  },
}

/** A voice message plays, and its speed changes. */
export const PlaysVoice: Story = {
  parameters: { parts: [[file('voice.wav', 'audio/wav', aTone(3_000))]], height: 640 },
  async play({ canvasElement }) {
    await findLog(canvasElement)
    const canvas = within(canvasElement)
    await press(await canvas.findByRole('button', { name: 'Play' }))
    await eventually(() => expect(canvas.getByRole('button', { name: 'Pause' })).toBeVisible())
    const player = canvasElement.querySelector('audio')
    await userEvent.click(canvas.getByRole('button', { name: 'Speed: 1 times' }))
    await expect(player?.playbackRate).toBe(1.5)
    await press(canvas.getByRole('button', { name: 'Pause' }))
    await eventually(() => expect(player?.paused).toBe(true))
  },
}

/** What cannot be played says so, and may be tried again. */
export const BrokenVideo: Story = {
  parameters: {
    parts: [[file('clip.mp4', 'video/mp4', new Blob([new Uint8Array(2_000)], { type: 'video/mp4' }))]],
    height: 640,
  },
  async play({ canvasElement }) {
    await findLog(canvasElement)
    await press(await within(canvasElement).findByRole('button', { name: 'Play the video' }))
    await eventually(() =>
      expect(within(canvasElement).getByText('The video cannot be played.')).toBeVisible(),
    )
  },
}
