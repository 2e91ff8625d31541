import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { Part } from 'vue-parley/core'
import { drawPanel } from '../support/frame'
import { file, history, kindSamples } from '../support/kindSamples'
import { eventually, findLog, press } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'
import { aTone } from '../support/tone'

/** Every kind of message, as Bob sends it and Alice sees it. */
const meta = {
  title: 'Components/MessageKinds',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [
    async ({ globals, parameters }) => ({
      stage: await stageWith(
        (parameters['parts'] as readonly (readonly Part[])[]) ?? Object.values(kindSamples).flat(),
        globals,
      ),
    }),
  ],
  render: drawPanel({ height: 1900 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

/** Bob has sent these, one after the other. */
async function stageWith(
  messages: readonly (readonly Part[])[],
  globals: Record<string, unknown>,
): Promise<Stage> {
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

/** Each kind is there, and drawn as what it is. */
const showsAll: Story['play'] = async ({ canvasElement }) => {
  await findLog(canvasElement)
  await eventually(() => {
    const shown = new Set([...canvasElement.querySelectorAll('[data-kind]')].map(kindOf))
    for (const kind of Object.keys(kindSamples)) void expect(shown, kind).toContain(kind)
  })
}

function kindOf(element: Element): string | undefined {
  return (element as HTMLElement).dataset['kind']
}

export const EnglishLight: Story = { ...faces.EnglishLight, play: showsAll }
export const EnglishDark: Story = { ...faces.EnglishDark, play: showsAll }
export const ChineseLight: Story = { ...faces.ChineseLight, play: showsAll }
export const ChineseDark: Story = { ...faces.ChineseDark, play: showsAll }

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
  parameters: { parts: [[file('voice.wav', 'audio/wav', aTone(3_000), 3_000)]], height: 640 },
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

/** Keys move the place in a voice before it is fetched, and the dot is gone once it was heard. */
export const HearsVoice: Story = {
  parameters: { parts: [[file('voice.wav', 'audio/wav', aTone(3_000), 3_000)]], height: 640 },
  async play({ canvasElement }) {
    await findLog(canvasElement)
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('img', { name: 'Not heard yet' })).toBeVisible()
    const range = canvas.getByRole('slider', { name: 'Position' })
    range.focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect(range).toHaveValue('1000')
    await userEvent.keyboard('{ArrowLeft}')
    await expect(range).toHaveValue('0')
    await press(canvas.getByRole('button', { name: 'Play' }))
    await eventually(() => expect(canvas.queryByRole('img', { name: 'Not heard yet' })).toBeNull())
  },
}

/** Who plays another voice stops the one before. */
export const OneVoiceAtATime: Story = {
  parameters: {
    parts: ['first', 'second'].map((name) => [file(`${name}.wav`, 'audio/wav', aTone(8_000), 8_000)]),
    height: 640,
  },
  async play({ canvasElement }) {
    await findLog(canvasElement)
    const canvas = within(canvasElement)
    const [first] = await canvas.findAllByRole('button', { name: 'Play' })
    if (first) await press(first)
    await eventually(() => expect(canvas.getByRole('button', { name: 'Pause' })).toBe(first))
    await press(canvas.getByRole('button', { name: 'Play' }))
    await eventually(() => expect(first).toHaveAccessibleName('Play'))
    await expect(canvas.getAllByRole('button', { name: 'Pause' })).toHaveLength(1)
  },
}
