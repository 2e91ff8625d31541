import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, userEvent, within } from 'storybook/test'
import { h, ref } from 'vue'
import { ChatPanel } from 'vue-parley'
import { framed } from '../support/frame'
import { distanceFromEnd, eventually, findLog, press, scrollUntil } from '../support/reader'
import { archiveLoader } from '../support/stage'
import type { ArchiveStage } from '../support/stage'

/** To a message far up and back to where one was; what comes in meanwhile is counted and moves nothing. */
const meta = {
  title: 'States/Jump and return',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [archiveLoader({ count: 400 })],
  render: (_, { loaded, parameters }) => {
    const panel = ref<InstanceType<typeof ChatPanel>>()
    return framed(
      loaded['stage'] as ArchiveStage,
      ({ conversationId }) =>
        h('div', { style: { display: 'grid', gridTemplateRows: 'auto 1fr', minBlockSize: 0 } }, [
          h(
            'button',
            {
              type: 'button',
              style: { justifySelf: 'start', margin: '8px' },
              onClick: () => panel.value?.goTo({ message: { conversationId, keys: ['seq:100'] } }),
            },
            'Go to message 100',
          ),
          h(ChatPanel, { ref: panel, conversationId }),
        ]),
      { height: 680, width: (parameters['width'] as number | undefined) ?? 640 },
    )
  },
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

async function jump(canvasElement: HTMLElement): Promise<HTMLElement> {
  const log = await findLog(canvasElement)
  await userEvent.click(within(canvasElement).getByRole('button', { name: 'Go to message 100' }))
  await eventually(() => expect(within(log).getByText(/^100\./)).toBeVisible())
  return log
}

/** The message stands in the middle and is lit up; a pill leads back. */
export const Jumped: Story = {
  async play({ canvasElement }) {
    const log = await jump(canvasElement)
    await eventually(() => expect(log.querySelector('[data-target]')).toHaveTextContent(/100\./))
    const back = within(canvasElement).getByRole('button', { name: 'Back to where you were' })
    await eventually(() => expect(back).toBeVisible())
  },
}

/** Back at the end, where the reader was, and the pill is gone. */
export const Returned: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const log = await jump(canvasElement)
    await press(await canvas.findByRole('button', { name: 'Back to where you were' }))
    await eventually(() => expect(within(log).getByText(/^400\./)).toBeVisible())
    await eventually(() => expect(distanceFromEnd(log)).toBeLessThanOrEqual(1))
    await eventually(() =>
      expect(canvas.queryByRole('button', { name: 'Back to where you were' })).toBeNull(),
    )
  },
}

const counted: Story['play'] = async ({ canvasElement, loaded, globals }) => {
  const { archive } = loaded['stage'] as ArchiveStage
  await jump(canvasElement)
  archive.grow(3)
  const words = globals['locale'] === 'zh-CN' ? /3 条新消息/ : /3 new messages/
  await eventually(() => expect(within(canvasElement).getByRole('button', { name: words })).toBeVisible())
}

/** Both pills: the way back, and the way to what came in. */
export const NewMessagesMeanwhile: Story = { play: counted }
export const NewMessagesOnAPhone: Story = {
  globals: { locale: 'zh-CN', theme: 'dark' },
  parameters: { width: 320 },
  play: counted,
}

/** Below the place there is more, and it is on its way. */
export const NewerLoading: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    const log = await jump(canvasElement)
    archive.hold()
    await scrollUntil(log, 300, () => within(log).queryByText('Loading later messages…'))
    log.scrollTop = log.scrollHeight
    await expect(within(log).getByText('Loading later messages…')).toBeVisible()
  },
}

/** It did not come. */
export const NewerFailed: Story = {
  async play({ canvasElement, loaded }) {
    const { archive } = loaded['stage'] as ArchiveStage
    const log = await jump(canvasElement)
    archive.failPages(true)
    await scrollUntil(log, 300, () => within(log).queryByText('Later messages did not load.'))
    log.scrollTop = log.scrollHeight
    await expect(within(log).getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}
