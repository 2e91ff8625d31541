import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import type { Part } from 'vue-parley/core'
import { useTimelineStore } from 'vue-parley/headless'
import { drawPanel } from '../support/frame'
import { file } from '../support/kindSamples'
import { eventually, findLog } from '../support/reader'
import { faces, stageLoader } from '../support/stage'
import type { Stage } from '../support/stage'
import { aTone } from '../support/tone'

/** A voice message: recorded, paused, heard before it leaves. The browser of the tests has a microphone that beeps. */
const meta = {
  title: 'Components/VoiceRecorder',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [stageLoader({ userIds: ['alice', 'bob'], open: { userId: 'bob' } })],
  render: drawPanel({ height: 480 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const patience = { timeout: 20_000 }

/** Begins to record, and waits until something was heard. */
async function record(canvasElement: HTMLElement) {
  await findLog(canvasElement)
  const canvas = within(canvasElement)
  await userEvent.click(canvas.getByRole('button', { name: /^(Record a voice message|录制语音消息)$/ }))
  const voice = within(await canvas.findByRole('region', { name: /^(Voice message|语音消息)$/ }, patience))
  await eventually(() => expect(voice.getByRole('timer').textContent).not.toBe('0:00'))
  return voice
}

const recording: Story['play'] = async ({ canvasElement }) => void (await record(canvasElement))

export const EnglishLight: Story = { ...faces.EnglishLight, play: recording }
export const EnglishDark: Story = { ...faces.EnglishDark, play: recording }
export const ChineseLight: Story = { ...faces.ChineseLight, play: recording }
export const ChineseDark: Story = { ...faces.ChineseDark, parameters: { width: 390 }, play: recording }

/** Paused and gone on with, heard, and sent: the other one has it with its length and how loud it is. */
export const RecordAndSend: Story = {
  async play({ canvasElement, loaded }) {
    const voice = await record(canvasElement)
    await userEvent.click(voice.getByRole('button', { name: 'Pause recording' }))
    await expect(voice.getByRole('status')).toHaveTextContent('Paused')
    await userEvent.click(voice.getByRole('button', { name: 'Go on recording' }))
    await userEvent.click(voice.getByRole('button', { name: 'Stop and listen' }))
    await userEvent.click(await voice.findByRole('button', { name: 'Play the recording' }, patience))
    await userEvent.click(voice.getByRole('button', { name: 'Send' }))
    const canvas = within(canvasElement)
    await eventually(() => expect(canvas.queryByRole('region', { name: 'Voice message' })).toBeNull())
    await expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus()
    const bob = (loaded['stage'] as Stage).kits['bob'] as ChatKit
    const { id } = await bob.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
    await eventually(async () => {
      await bob.dispatch({ type: 'loadHistory', conversationId: id, direction: 'newest' })
      const newest = useTimelineStore(bob.pinia).timelineById.get(id)?.entries().at(-1)?.message
      const part: Part | undefined = newest?.parts[0]
      if (part?.kind !== 'audio') throw new Error('no voice message yet')
      await expect(part.durationMs).toBeGreaterThan(0)
      await expect(part.peaks?.length).toBeGreaterThan(0)
    })
  },
}

/** Thrown away, there is the field again and nothing in it. */
export const ThrowAway: Story = {
  async play({ canvasElement }) {
    const voice = await record(canvasElement)
    await userEvent.click(voice.getByRole('button', { name: 'Throw the recording away' }))
    const canvas = within(canvasElement)
    await eventually(() => expect(canvas.getByRole('textbox', { name: 'Message' })).toHaveFocus())
    await expect(canvas.queryByRole('list', { name: 'Files to send' })).toBeNull()
  },
}

/** The browser does not allow the microphone: it is said in words, with a way to try again. */
export const Refused: Story = {
  async play({ canvasElement }) {
    const { mediaDevices } = navigator
    const { getUserMedia } = mediaDevices
    mediaDevices.getUserMedia = async () => {
      throw new DOMException('no', 'NotAllowedError')
    }
    try {
      await findLog(canvasElement)
      const canvas = within(canvasElement)
      await userEvent.click(canvas.getByRole('button', { name: 'Record a voice message' }))
      const voice = within(await canvas.findByRole('region', { name: 'Voice message' }, patience))
      await eventually(() =>
        expect(voice.getByRole('status')).toHaveTextContent(/^The microphone is not allowed/),
      )
      await expect(voice.getByRole('button', { name: 'Try again' })).toBeVisible()
    } finally {
      mediaDevices.getUserMedia = getUserMedia
    }
  },
}

/** What was left behind waits among the files to send, and can be heard there. */
const heardInTray: Story['play'] = async ({ canvasElement }) => {
  await findLog(canvasElement)
  const tray = within(
    await within(canvasElement).findByRole('list', { name: /^(Files to send|待发送的文件)$/ }),
  )
  await userEvent.click(tray.getByRole('button', { name: /^(Play the recording|播放录音)$/ }))
  await userEvent.click(await tray.findByRole('button', { name: /^(Pause the recording|暂停播放)$/ }))
  await expect(await tray.findByRole('button', { name: /^(Play the recording|播放录音)$/ })).toBeVisible()
}
const leftBehind = [
  stageLoader({
    open: { userId: 'bob' },
    prepare: async ({ kit, conversationId = '' }) => {
      const voice = file('voice.wav', 'audio/wav', aTone(30_000), 30_000)
      if (!('file' in voice)) throw new Error('a voice is a file')
      const draft = { text: '', attachments: [voice] }
      await kit.dispatch({ type: 'setDraft', conversationId, draft })
    },
  }),
]
export const LeftBehind: Story = { loaders: leftBehind, play: heardInTray }
export const LeftBehindChinese: Story = { ...faces.ChineseDark, loaders: leftBehind, play: heardInTray }
