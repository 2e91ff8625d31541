import { expect } from 'storybook/test'
import { h } from 'vue'
import type { VNode } from 'vue'
import { ChatKitProvider } from 'vue-parley'
import type { ChatKit } from 'vue-parley'
import { ChatError } from 'vue-parley/core'
import type { GroupsFacet, Transport } from 'vue-parley/core'
import { eventually } from './reader'
import { looks, setStage } from './stage'
import type { Stage, StageOptions } from './stage'

/** The screens of groups, and every state each of them can be in. */
export const statesOfScreens = {
  admin: ['owner', 'plain member', 'loading', 'failed', 'offline', 'ended'],
  members: ['muted', 'nobody muted', 'banned', 'nobody banned', 'banned failed', 'nothing found'],
  notes: ['filled', 'empty', 'failed'],
  find: [
    'nothing asked',
    'open',
    'approval',
    'waiting',
    'closed',
    'banned',
    'inside',
    'nothing found',
    'loading',
    'failed',
  ],
  inbox: ['waiting', 'empty', 'offline'],
  create: ['type', 'people', 'details', 'failed', 'not everybody'],
  announcement: ['unseen', 'long'],
  live: ['in', 'offline', 'muted', 'muted for all', 'put out', 'ended', 'failed'],
} as const
/** A screen of groups. */
export type GroupScreen = keyof typeof statesOfScreens

/** What is asked in a dialog before a group is changed. */
export const groupDialogs = ['invite', 'kick', 'mute', 'nameCard', 'transfer', 'quit', 'dissolve'] as const

/** Of each two of language, theme and width every pair is shown once; the widths in CSS pixels. */
export const frames = looks.map((look, index) => ({
  ...look,
  width: index === 0 || index === 3 ? 560 : 390,
}))

/** A stage on which the first person looks in every language. */
export function screenLoader(options: StageOptions) {
  return async () => ({ stage: await setStage({ ...options, isInAllLanguages: true }, 'en') })
}

/** One screen in every frame. */
export function inFrames({ kitByLanguage }: Stage, height: number, draw: (kit: ChatKit) => VNode) {
  return {
    setup: () => () =>
      h(
        'div',
        { style: { display: 'flex', flexWrap: 'wrap', gap: '16px' } },
        frames.map(({ locale, theme, width }) => {
          const kit = kitByLanguage[locale]
          return (
            kit &&
            h(
              'section',
              {
                'aria-label': `${locale}, ${theme}, ${width}`,
                'data-frame': '',
                'data-parley-theme': theme,
                style: {
                  display: 'grid',
                  inlineSize: `${width}px`,
                  blockSize: `${height}px`,
                  background: 'var(--parley-panel)',
                },
              },
              h(ChatKitProvider, { kit }, { default: () => draw(kit) }),
            )
          )
        }),
      ),
  }
}

const framesIn = (canvasElement: HTMLElement) => [
  ...canvasElement.querySelectorAll<HTMLElement>('[data-frame]'),
]

/** Brings every frame into a state, one after the other. */
export async function reachIn(
  canvasElement: HTMLElement,
  reach: (frame: HTMLElement) => Promise<unknown>,
): Promise<void> {
  const all = framesIn(canvasElement)
  await expect(all).toHaveLength(frames.length)
  for (const frame of all) await reach(frame)
}

/** Waits until every frame shows some words. */
export async function seenIn(canvasElement: HTMLElement, seen: RegExp): Promise<void> {
  for (const frame of framesIn(canvasElement)) {
    const label = frame.getAttribute('aria-label') ?? ''
    await eventually(() => expect(frame.innerText, label).toMatch(seen))
  }
}

type Call = 'members' | 'findGroups' | 'fetch' | 'readAttributes' | 'join' | 'create'

/** A line on which calls about groups get no answer, or a refusal. */
export function line(
  how: 'silent' | 'refusing',
  ...calls: readonly Call[]
): (transport: Transport) => Transport {
  const answer = () =>
    how === 'silent'
      ? new Promise<never>(() => {})
      : Promise.reject(new ChatError({ domain: 'tencent', code: 10002, kind: 'other', retry: 'never' }))
  return ({ groups, ...transport }) => ({
    ...transport,
    ...(groups && {
      groups: { ...groups, ...Object.fromEntries(calls.map((call) => [call, answer])) } satisfies GroupsFacet,
    }),
  })
}
