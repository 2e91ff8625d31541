import type { Meta, StoryObj } from '@storybook/vue3-vite'
import { expect, within } from 'storybook/test'
import { h } from 'vue'
import { ChatKitProvider, ChatPanel } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import type { Part } from 'vue-parley/core'
import { useTimelineStore } from 'vue-parley/headless'
import CustomPart from '../examples/kinds/CustomPart.vue'
import { eventually, press } from '../support/reader'
import { faces, setStage } from '../support/stage'
import type { Stage } from '../support/stage'

/** Kinds of messages that an app adds by itself, through nothing but the public registry. Two people look at them. */
const meta = {
  title: 'Components/CustomKinds',
  component: ChatPanel,
  parameters: {
    layout: 'fullscreen',
    // Each person's landmarks carry the same names, for they are two apps on one page.
    a11y: { config: { rules: [{ id: 'landmark-unique', enabled: false }] } },
  },
  loaders: [
    async ({ globals, parameters }) => ({
      stage: await stageWith(
        (parameters['kinds'] as readonly string[] | undefined) ?? Object.keys(samples),
        String(globals['locale'] ?? 'en'),
      ),
    }),
  ],
  render: (_, { loaded, parameters }) => ({
    setup: () => () =>
      h('div', { style: { display: 'flex', blockSize: `${(parameters['height'] as number) ?? 1020}px` } }, [
        side(loaded['stage'] as Stage, 'alice'),
        side(loaded['stage'] as Stage, 'bob'),
      ]),
  }),
} satisfies Meta<typeof ChatPanel>

export default meta
type Story = StoryObj<typeof meta>

const samples: Readonly<Record<string, Extract<Part, { kind: 'custom' }>>> = {
  order: {
    kind: 'custom',
    type: 'shop/order',
    data: { number: '2026-1107', title: 'Two kettles · 水壶两只', price: '¥ 258.00', state: 'shipped' },
    fallback: 'Order 2026-1107: two kettles',
  },
  packet: {
    kind: 'custom',
    type: 'shop/red-packet',
    data: { wish: '恭喜发财 · Good luck', shares: ['¥ 3.20', '¥ 1.80'] },
    fallback: 'A red packet',
  },
  poll: {
    kind: 'custom',
    type: 'team/poll',
    data: { question: 'Where shall we meet? 在哪里见？', options: ['The bridge', '人民广场', 'At mine'] },
    fallback: 'Poll: where shall we meet?',
  },
  signUp: {
    kind: 'custom',
    type: 'team/sign-up',
    data: { title: 'Walk on Sunday · 周日徒步' },
    fallback: 'Sign up for the walk',
  },
  newer: { kind: 'custom', type: 'team/of-next-year', data: {}, fallback: 'A kind of next year' },
}

async function stageWith(kinds: readonly string[], locale: string): Promise<Stage> {
  const stage = await setStage({ userIds: ['alice', 'bob'], open: { userId: 'bob' } }, locale)
  for (const kind of kinds) {
    const part = samples[kind]
    if (!part) continue
    await stage.kit.dispatch({
      type: 'sendMessage',
      conversationId: stage.conversationId ?? '',
      parts: [part],
      // Whatever people add to a message lives in its extensions.
      hasExtensions: true,
    })
  }
  return stage
}

function side(stage: Stage, userId: string) {
  const kit = stage.kits[userId] as ChatKit
  return h('div', { 'data-side': userId, style: { flex: '1', minInlineSize: '0', display: 'grid' } }, [
    h(
      ChatKitProvider,
      { kit },
      {
        default: () =>
          h(ChatPanel, { conversationId: stage.conversationId, renderers: { custom: CustomPart } }),
      },
    ),
  ])
}

async function sideOf(canvasElement: HTMLElement, userId: string) {
  const element = canvasElement.querySelector<HTMLElement>(`[data-side='${userId}']`)
  if (!element) throw new Error(`no side of ${userId}`)
  await eventually(() => expect(element.querySelector('[data-placed]')).not.toBeNull())
  return within(element)
}

function extensionsAt({ kits, conversationId = '' }: Stage, userId: string): unknown {
  const kit = kits[userId] as ChatKit
  const entries = useTimelineStore(kit.pinia).timelineById.get(conversationId)?.entries() ?? []
  return entries.at(-1)?.message.extensions
}

export const EnglishLight: Story = faces.EnglishLight
export const EnglishDark: Story = faces.EnglishDark
export const ChineseLight: Story = faces.ChineseLight
export const ChineseDark: Story = faces.ChineseDark

/** Two people vote, each sees the other's vote come in, and one takes his back. */
export const Poll: Story = {
  parameters: { kinds: ['poll'], height: 640 },
  async play({ canvasElement, loaded }) {
    const stage = loaded['stage'] as Stage
    const [alice, bob] = [await sideOf(canvasElement, 'alice'), await sideOf(canvasElement, 'bob')]
    await press(await alice.findByRole('button', { name: /The bridge/ }))
    await eventually(() => expect(bob.getByRole('button', { name: 'The bridge 1 vote' })).toBeVisible())
    await press(bob.getByRole('button', { name: /人民广场/ }))
    await press(bob.getByRole('button', { name: /The bridge/ }))
    await eventually(() => expect(alice.getByRole('button', { name: 'The bridge 2 votes' })).toBeVisible())
    await eventually(() => expect(alice.getByRole('button', { name: '人民广场 0 votes' })).toBeVisible())
    await press(alice.getByRole('button', { name: /The bridge/ }))
    await eventually(() => expect(bob.getByRole('button', { name: 'The bridge 1 vote' })).toBeVisible())
    await expect(extensionsAt(stage, 'bob')).toEqual({ 'vote:bob': '0' })
  },
}

/** Who signs up is on the list of the other one, until he takes it back. */
export const SignUp: Story = {
  parameters: { kinds: ['signUp'], height: 640 },
  async play({ canvasElement }) {
    const [alice, bob] = [await sideOf(canvasElement, 'alice'), await sideOf(canvasElement, 'bob')]
    await press(await bob.findByRole('button', { name: 'I come along' }))
    await eventually(() => expect(alice.getByText('bob')).toBeVisible())
    await press(bob.getByRole('button', { name: 'I do not come' }))
    await eventually(() => expect(alice.getByText('Nobody yet')).toBeVisible())
  },
}

/** A red packet has as many shares as it has: who comes late gets none. */
export const Packet: Story = {
  parameters: { kinds: ['packet'], height: 640 },
  async play({ canvasElement }) {
    const [alice, bob] = [await sideOf(canvasElement, 'alice'), await sideOf(canvasElement, 'bob')]
    await press(await bob.findByRole('button', { name: 'Open' }))
    await eventually(() => expect(bob.getByText('You got ¥ 3.20')).toBeVisible())
    await eventually(() => expect(alice.getByText('1 share left')).toBeVisible())
    await press(alice.getByRole('button', { name: 'Open' }))
    await eventually(() => expect(alice.getByText('You got ¥ 1.80')).toBeVisible())
    await eventually(() => expect(bob.getByText('All shares are gone')).toBeVisible())
  },
}
