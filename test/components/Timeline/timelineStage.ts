import { mount, type VueWrapper } from '@vue/test-utils'
import { expect, vi } from 'vitest'
import { h, shallowRef, type VNode } from 'vue'
import { MessageBubble } from '../../../src/components/Message'
import { Timeline } from '../../../src/components/Timeline'
import { chatKitKey, type ChatKitContext, type TimelineRow } from '../../../src/composables'
import { createRandom } from '../../../src/core/random'
import { en } from '../../../src/i18n'
import type { Part } from '../../../src/model'
import '../../../src/styles/index.css'

/** The day on which the rows of the tests begin. */
export const day = Date.UTC(2026, 10, 21, 12)

/** What is mounted on this page. */
export interface TimelineStage {
  readonly wrapper: VueWrapper
  readonly log: HTMLElement
  readonly box: HTMLElement
}

/** How a stage is set up. */
export interface StageOptions {
  readonly width?: number
  readonly height?: number
  /** What the timeline is given besides its rows. */
  readonly props?: Partial<InstanceType<typeof Timeline>['$props']>
  /** Draws a row, where it is not only the bubble. */
  readonly draw?: (row: TimelineRow) => VNode | VNode[]
  /** The kit that is given to it; absent: what a bubble with text needs. */
  readonly kit?: ChatKitContext
}

/** Mounts a timeline in a box of a size. */
export function openStage(rows: readonly TimelineRow[], options: StageOptions = {}): TimelineStage {
  const { width = 600, height = 500, draw = drawBubble, props = {} } = options
  const kit = options.kit ?? ({ locale: shallowRef(en) } as unknown as ChatKitContext)
  const box = document.createElement('div')
  Object.assign(box.style, { width: `${width}px`, height: `${height}px` })
  document.body.append(box)
  const wrapper = mount(Timeline, {
    attachTo: box,
    props: { rows, olderState: 'start' as const, nowMs: day, isGroup: true, ...props },
    slots: { row: ({ row }: { row: TimelineRow }) => draw(row) },
    global: { provide: { [chatKitKey as symbol]: kit } },
  })
  const log = box.querySelector<HTMLElement>('[role=log]')
  if (!log) throw new Error('no log')
  Object.assign((box.firstElementChild as HTMLElement).style, {
    display: 'flex',
    width: '100%',
    height: '100%',
  })
  return { wrapper, log, box }
}

/** A message as the kit draws it. */
export function drawBubble(row: TimelineRow): VNode {
  return h(MessageBubble, { row, senderName: 'Lin', isGroup: true })
}

/** Lets so many frames pass. */
export async function frames(count = 12): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame)
}

/** Resolves once the timeline stands where it opens. */
export async function placed({ wrapper }: TimelineStage): Promise<void> {
  await vi.waitFor(() => expect(wrapper.attributes('data-placed')).toBeDefined(), { timeout: 20_000 })
  await frames()
}

/** How much there is below what is seen. */
export const distanceFromEnd = (log: HTMLElement) => log.scrollHeight - log.scrollTop - log.clientHeight

/** The rows that are in the document, by where they are in the box. */
export function drawnRows(log: HTMLElement): { key: string; top: number; height: number }[] {
  const edge = log.getBoundingClientRect().top
  return [...log.querySelectorAll<HTMLElement>('[data-row-key]')].map((item) => {
    const { top, height } = item.getBoundingClientRect()
    return { key: item.dataset['rowKey'] ?? '', top: top - edge, height }
  })
}

/** The row in the middle of what is seen. */
export function middleRow(log: HTMLElement): { key: string; top: number; height: number } {
  const middle = log.clientHeight / 2
  const row = drawnRows(log).findLast(({ top }) => top <= middle)
  if (!row) throw new Error('nothing in the middle')
  return row
}

const words =
  'the plan for tuesday looks good but we should ask about room-two and bring the notes again, well'.split(
    ' ',
  )
const wideWords = [
  '好的，明天见！',
  '会议改到下午三点，',
  '我们在桥那边等你。',
  '（别忘了带上笔记）',
  '周末愉快 😀',
]

function someText(seed: number): string {
  const random = createRandom(seed)
  const isWide = random.chance(0.3)
  const count = random.chance(0.1) ? random.between(60, 200) : random.between(1, 25)
  const of = Array.from({ length: count }, () => random.pick(isWide ? wideWords : words))
  return of.join(isWide ? '' : ' ')
}

function someParts(seed: number): readonly Part[] {
  const random = createRandom(seed * 7 + 1)
  if (random.chance(0.1)) {
    const [width, height] = [random.between(60, 2000), random.between(60, 2000)]
    const file = { at: 'remote', url: 'https://media.example/a.jpg', name: 'a.jpg', size: 10 } as const
    return [{ kind: 'image', file, width, height } as unknown as Part]
  }
  if (random.chance(0.05)) return [{ kind: 'text', text: '👍' }]
  return [{ kind: 'text', text: someText(seed) }]
}

/** A row of a long conversation, the same for the same number: of the kinds and lengths that there are. */
export function mixedRow(number: number, extra: Partial<TimelineRow> = {}): TimelineRow {
  const random = createRandom(number * 13 + 5)
  const isOwn = random.chance(0.4)
  const isRunStart = random.chance(0.6)
  const sentAt = day + number * 60_000
  return {
    key: `row-${number}`,
    isOwn,
    isRunStart,
    isRunEnd: random.chance(0.6),
    isFirstUnread: false,
    ...(isOwn && { status: 'sent' as const }),
    ...(random.chance(0.02) && { dayStartsAt: sentAt }),
    message: {
      conversationId: 'c',
      keys: [`row-${number}`],
      sentAt,
      senderId: isOwn ? 'me' : 'lin',
      delivery: 'stored',
      parts: someParts(number),
      ...(random.chance(0.04) && { recalled: {} }),
      ...(random.chance(0.08) && { reactions: [{ key: '👍', count: 2, someIds: ['lin'] }] }),
    },
    ...extra,
  }
}

/** The mixed rows from one number up to another. */
export function mixedRows(from: number, to: number): TimelineRow[] {
  return Array.from({ length: to - from }, (_, index) => mixedRow(from + index))
}
