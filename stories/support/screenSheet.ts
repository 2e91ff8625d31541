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

/** How a screen is looked at: on one device, in one language and one theme. */
export type Look = (typeof looks)[number] & { readonly device: Device }
/** Every device in every language and every theme. */
export const everyLook: readonly Look[] = DEVICES.flatMap((device) =>
  looks.map((look) => ({ ...look, device })),
)
/** Of each two of device, language and theme every pair once: half as many, for screens of many states. */
export const pairedLooks: readonly Look[] = looks.map((look, index) => ({
  ...look,
  device: index === 0 || index === 3 ? 'desktop' : 'phone',
}))

/** One screen as it is looked at. */
export interface Cell extends Look {
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
  /** @default everyLook */
  readonly looks?: readonly Look[]
  draw(device: Device, stage: Stage): VNode
}
/** One state of a screen. */
export interface SheetState {
  readonly stage?: StageOptions
  /** What every cell shows before anything is done. */
  ready?(cell: Cell): Promise<unknown>
  /** Done once, on the line or by somebody else, when all cells are there. */
  meanwhile?(stage: Stage): unknown
  /** Brings one cell into the state. */
  act?(cell: Cell): Promise<unknown>
  /** What shows that it is. */
  check(cell: Cell): void | Promise<void>
}

const PHONE = { width: 390, height: 720 }

/** A story in which a screen is in one state in all its looks at once. */
export function sheet(screenOfSheet: SheetScreen, state: string, story: SheetState) {
  const { screen, width, height, looks: looksOfSheet = everyLook, draw } = screenOfSheet
  const frameOf = (device: Device) => (device === 'phone' ? PHONE : { width, height })

  function frameFor(look: Look, stage: Stage): VNode {
    const { device, locale, theme } = look
    const { width: inlineSize, height: blockSize } = frameOf(device)
    const kit = stage.kitByLanguage[locale] as ChatKit
    return h(
      'section',
      {
        'aria-label': nameOf(look),
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
          looksOfSheet.map((look) => frameFor(look, loaded['stage'] as Stage)),
        ),
    }),
    async play({ canvasElement, loaded }: { canvasElement: HTMLElement; loaded: Record<string, unknown> }) {
      const stage = loaded['stage'] as Stage
      const cells: Cell[] = []
      for (const look of looksOfSheet) {
        const frame = await within(canvasElement).findByRole('region', { name: nameOf(look) })
        const cell: Cell = {
          ...look,
          frame,
          canvas: within(frame),
          stage,
          word: (path) => wordIn(look.locale, path),
        }
        await story.ready?.(cell)
        cells.push(cell)
      }
      await story.meanwhile?.(stage)
      for (const cell of cells) {
        const { frame } = cell
        await story.act?.(cell)
        await eventually(() => story.check(cell))
        await eventually(() => expect(frame.scrollWidth, nameOf(cell)).toBeLessThanOrEqual(frame.clientWidth))
      }
    },
  }
}

function nameOf({ device, locale, theme }: Look): string {
  return `${device}, ${locale}, ${theme}`
}

/** Every kit of the stage loses its connection. */
export async function goOffline({ kitByLanguage }: Stage): Promise<void> {
  await Promise.all(Object.values(kitByLanguage).map((kit) => kit.disconnect()))
}
