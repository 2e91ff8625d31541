import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect } from 'storybook/test'
import { h } from 'vue'
import { ChatKitProvider, ChatPanel } from 'vue-parley'
import type { PartKind } from 'vue-parley/core'
import { eventually } from '../support/reader'
import { setRowStateStages, statesOfKinds } from '../support/rowStateStage'
import { looks } from '../support/stage'
import type { ArchiveStage } from '../support/stage'

/** Each kind of message in every state it can be in, in both languages and both themes at once. */
const meta = {
  title: 'Components/MessageStates',
  component: ChatPanel,
  parameters: {
    layout: 'fullscreen',
    // Each look's landmarks carry the same names; the region around them says whose they are.
    a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } },
  },
  loaders: [
    async ({ parameters }) => {
      const tags = [...new Set(looks.map(({ locale }) => locale))]
      const stages = await setRowStateStages(parameters['kind'] as PartKind, tags)
      return { stages: Object.fromEntries(tags.map((tag, index) => [tag, stages[index]])) }
    },
  ],
  render: (_, { loaded, parameters }) => ({
    setup: () => () => h('div', { style: grid }, looks.map(panel(loaded['stages'] as Stages, parameters))),
  }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>
type Stages = Readonly<Record<string, ArchiveStage>>
type Look = (typeof looks)[number]

const grid = { display: 'grid', gap: '16px', gridTemplateColumns: 'repeat(auto-fit, minmax(320px, 1fr))' }

function panel(stages: Stages, parameters: Record<string, unknown>) {
  return ({ locale, theme }: Look) => {
    const stage = stages[locale]
    return (
      stage &&
      h(
        'section',
        {
          'aria-label': `${locale}, ${theme}`,
          'data-look': `${locale} ${theme}`,
          'data-parley-theme': theme,
          style: { display: 'grid', blockSize: `${parameters['height'] as number}px`, minInlineSize: 0 },
        },
        h(
          ChatKitProvider,
          { kit: stage.kit },
          { default: () => h(ChatPanel, { conversationId: stage.conversationId }) },
        ),
      )
    )
  }
}

/** Every state stands in every look, and no other. */
const showsAll: NonNullable<Story['play']> = async ({ canvasElement, parameters }) => {
  const kind = parameters['kind'] as PartKind
  const wanted = [...statesOfKinds[kind]].sort()
  for (const { locale, theme } of looks) {
    const frame = canvasElement.querySelector(`[data-look='${locale} ${theme}']`)
    await eventually(() => {
      const marked = [...(frame?.querySelectorAll<HTMLElement>('[data-states]') ?? [])]
      const shown = new Set(marked.flatMap(({ dataset }) => dataset['states']?.split(' ') ?? []))
      return expect([...shown].sort(), `${kind}, ${locale}, ${theme}`).toEqual(wanted)
    })
    const drawn = kind === 'notice' ? '[role=log] p' : `[data-kind='${kind}']`
    await eventually(() =>
      expect(frame?.querySelectorAll(drawn).length, `${kind}, ${locale}, ${theme}`).toBeGreaterThan(2),
    )
  }
}

function story(kind: PartKind, height: number): Story {
  return { parameters: { kind, height }, play: showsAll }
}

export const Text = story('text', 1500)
export const Image = story('image', 3200)
export const Video = story('video', 3400)
export const Audio = story('audio', 1700)
export const File = story('file', 1700)
export const Face = story('face', 2100)
export const Location = story('location', 2900)
export const Call = story('call', 1800)
export const Card = story('card', 2000)
export const Merged = story('merged', 2500)
export const Custom = story('custom', 1700)
export const Unsupported = story('unsupported', 1200)
export const Notice = story('notice', 640)
