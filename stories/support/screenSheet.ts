import { expect, within } from 'storybook/test'
import { h } from 'vue'
import type { VNode } from 'vue'
import { ChatKitProvider } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { eventually } from './reader'
import { looks, setStage, wordIn } from './stage'
import type { Stage, StageOptions } from './stage'

/** What a screen is looked at on. */
export const DEVICES = ['desktop', 'phone'] as const
/** One of them. */
export type Device = (typeof DEVICES)[number]

/** One screen on one device, in one language and one theme. */
export interface Cell {
  readonly locale: string
  readonly theme: 'light' | 'dark'
  readonly device: Device
  readonly frame: HTMLElement
  readonly canvas: ReturnType<typeof within>
  readonly stage: Stage
  /** A word of the interface, in the language of the cell. */
  word(path: string): string
}
/** A screen that is shown on sheets. */
export interface SheetScreen {
  /** The name of the component. */
  readonly screen: string
  /** CSS pixels, on a desktop. */
  readonly width: number
  readonly height: number
  draw(device: Device, stage: Stage): VNode
}
/** One state of a screen. */
export interface SheetState {
  readonly stage?: StageOptions
  /** Brings one cell into the state. */
  act?(cell: Cell): Promise<void>
  /** What shows that it is. */
  check(cell: Cell): void | Promise<void>
}

const PHONE = { width: 390, height: 720 }

/** A story in which a screen is in one state on every device, in every language and every theme at once. */
export function sheet({ screen, width, height, draw }: SheetScreen, state: string, story: SheetState) {
  const frameOf = (device: Device) => (device === 'phone' ? PHONE : { width, height })

  function cellOf(device: Device, { locale, theme }: (typeof looks)[number], stage: Stage): VNode {
    const { width: inlineSize, height: blockSize } = frameOf(device)
    const kit = stage.kitByLanguage[locale] as ChatKit
    return h(
      'section',
      {
        'aria-label': nameOf(device, locale, theme),
        'data-parley-theme': theme,
        style: {
          inlineSize: `${inlineSize}px`,
          blockSize: `${blockSize}px`,
          display: 'grid',
          overflow: 'hidden',
          background: 'var(--parley-panel)',
        },
      },
      h(ChatKitProvider, { kit }, { default: () => draw(device, stage) }),
    )
  }

  return {
    parameters: {
      screen,
      state,
      layout: 'fullscreen',
      // The landmarks of all cells carry the same names; the region around them says whose they are.
      a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } },
    },
    loaders: [async () => ({ stage: await setStage({ ...story.stage, isInAllLanguages: true }, 'en') })],
    render: (_: unknown, { loaded }: { loaded: Record<string, unknown> }) => ({
      setup: () => () =>
        h(
          'div',
          { style: { display: 'flex', flexWrap: 'wrap', gap: '16px', padding: '16px' } },
          DEVICES.flatMap((device) => looks.map((look) => cellOf(device, look, loaded['stage'] as Stage))),
        ),
    }),
    async play({ canvasElement, loaded }: { canvasElement: HTMLElement; loaded: Record<string, unknown> }) {
      const page = within(canvasElement)
      for (const device of DEVICES) {
        for (const { locale, theme } of looks) {
          const name = nameOf(device, locale, theme)
          const frame = await page.findByRole('region', { name })
          const cell: Cell = {
            locale,
            theme,
            device,
            frame,
            canvas: within(frame),
            stage: loaded['stage'] as Stage,
            word: (path) => wordIn(locale, path),
          }
          await story.act?.(cell)
          await eventually(() => story.check(cell))
          await eventually(() => expect(frame.scrollWidth, name).toBeLessThanOrEqual(frame.clientWidth))
        }
      }
    },
  }
}

function nameOf(device: Device, locale: string, theme: string): string {
  return `${device}, ${locale}, ${theme}`
}

/** Every kit of the stage loses its connection. */
export async function goOffline({ kitByLanguage }: Stage): Promise<void> {
  await Promise.all(Object.values(kitByLanguage).map((kit) => kit.disconnect()))
}
