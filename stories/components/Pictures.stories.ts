import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, screen, userEvent, within } from 'storybook/test'
import { ChatPanel } from 'vue-parley'
import type { Part } from 'vue-parley/core'
import { drawPanel } from '../support/frame'
import { eventually, findLog, press } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'

/** Pictures: one, several as an album, and each of them in full. */
const meta = {
  title: 'Components/Pictures',
  component: ChatPanel,
  parameters: { layout: 'fullscreen' },
  loaders: [
    async ({ globals, parameters }) => ({
      stage: await stageWith((parameters['albums'] as readonly number[] | undefined) ?? [5], globals),
    }),
  ],
  render: drawPanel({ height: 680 }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const shapes = [
  [640, 400],
  [400, 640],
  [500, 500],
] as const

function picture(index: number): Part {
  const [width, height] = shapes[index % shapes.length] ?? shapes[0]
  const name = `picture-${index + 1}.png`
  return {
    kind: 'image',
    file: { at: 'remote', key: `picture:${index + 1}`, name, mime: 'image/png' },
    width,
    height,
  }
}

/** Bob has sent albums of so many pictures. */
async function stageWith(albums: readonly number[], globals: Record<string, unknown>): Promise<Stage> {
  const stage = await setStage(
    { userIds: ['alice', 'bob'], open: { userId: 'bob' } },
    String(globals['locale'] ?? 'en'),
  )
  const bob = stage.kits['bob']
  const conversation = await bob?.dispatch({ type: 'openConversation', target: { userId: 'alice' } })
  for (const count of albums) {
    const parts: Part[] = Array.from({ length: count }, (_, index) => picture(index))
    if (count % 2 === 1) parts.push({ kind: 'text', text: 'From the ridge. 山顶的云海' })
    await bob?.dispatch({ type: 'sendMessage', conversationId: conversation?.id ?? '', parts })
  }
  return stage
}

async function openPicture(canvasElement: HTMLElement, name: RegExp) {
  await findLog(canvasElement)
  const tile = await within(canvasElement).findByRole('button', { name })
  await press(tile)
  const dialog = await screen.findByRole('dialog', undefined)
  await eventually(() => expect(dialog.querySelector('img')?.naturalWidth).toBeGreaterThan(0))
  // The picture gets its first place in a task after the one that draws it.
  await new Promise((done) => setTimeout(done))
  return { tile, dialog }
}

function scaleOf(element: Element | null): number {
  return element ? new DOMMatrix(getComputedStyle(element).transform).a : 0
}

const opens: Story['play'] = async ({ canvasElement }) => {
  await openPicture(canvasElement, /picture 2 of 5|第 2 张图片/)
}

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark
/** Every size of album. */
export const AlbumSizes: Story = { parameters: { albums: [2, 3, 4, 6, 7, 8, 9, 14], height: 2400 } }
/** In the width of a phone. */
export const Narrow: Story = { ...faces.ChineseLight, parameters: { albums: [4, 7], width: 390 } }
export const OpenEnglish: Story = { ...faces.EnglishLight, play: opens }
export const OpenChinese: Story = { ...faces.ChineseDark, play: opens }

/** Arrows page, plus and minus enlarge, nought shows all of it, Escape leads back to where one was. */
export const ByKeyboard: Story = {
  async play({ canvasElement }) {
    const { tile, dialog } = await openPicture(canvasElement, /picture 2 of 5/)
    const view = within(dialog)
    const scale = () => scaleOf(dialog.querySelector('.parley-mover'))
    await userEvent.keyboard('{ArrowRight}')
    await eventually(() => expect(view.getByText('3 of 5')).toBeVisible())
    await userEvent.keyboard('{End}')
    // At the end the button is no way on, and still it has the keyboard.
    const next = view.getByRole('button', { name: 'Next picture' })
    await expect(next).toHaveAttribute('aria-disabled', 'true')
    await userEvent.keyboard('{ArrowLeft}')
    await userEvent.click(next)
    await userEvent.click(next)
    await expect(view.getByText('5 of 5')).toBeVisible()
    await expect(next).toHaveFocus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(view.getByText('4 of 5')).toBeVisible()
    await eventually(() => expect(dialog.querySelector('img')?.naturalWidth).toBeGreaterThan(0))
    await userEvent.keyboard('+')
    await eventually(() => expect(scale()).toBeGreaterThan(1.2))
    // Enlarged, the same keys move it.
    await userEvent.keyboard('{ArrowRight}')
    await expect(view.getByText('4 of 5')).toBeVisible()
    await userEvent.keyboard('0')
    await eventually(() => expect(scale()).toBeCloseTo(1))
    await userEvent.keyboard('r')
    await eventually(() => expect(dialog.querySelector('img')?.style.rotate).toBe('90deg'))
    await userEvent.keyboard('{Escape}')
    await eventually(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(tile).toHaveFocus()
  },
}

/** The wheel enlarges what lies under the pointer, and a double click shows all of it again. */
export const ByWheel: Story = {
  async play({ canvasElement }) {
    const { dialog } = await openPicture(canvasElement, /picture 1 of 5/)
    const mover = dialog.querySelector('.parley-mover')
    const image = dialog.querySelector('img')
    if (!mover || !image) throw new Error('no picture')
    const scale = () => scaleOf(mover)
    await eventually(() => expect(image.getBoundingClientRect().width).toBeGreaterThan(100))
    const { left, top } = image.getBoundingClientRect()
    const turn = { deltaY: -100, clientX: left + 20, clientY: top + 20, bubbles: true, cancelable: true }
    for (let notch = 0; notch < 4; notch++) {
      const before = scale()
      image.dispatchEvent(new WheelEvent('wheel', turn))
      await eventually(() => expect(scale()).toBeGreaterThan(before))
    }
    await eventually(() => expect(scale()).toBeGreaterThan(1.2))
    // What was under the pointer has stayed there.
    const strayed = () => image.getBoundingClientRect().left + 20 * scale() - (left + 20)
    await eventually(() => expect(Math.abs(strayed())).toBeLessThan(6))
    await userEvent.dblClick(image)
    await eventually(() => expect(scale()).toBeCloseTo(1))
  },
}
