import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick, shallowRef } from 'vue'
import { MessageBubble, PictureFrame } from '../../../src/components/Message'
import { chatKitKey, type ChatKitContext, type TimelineRow } from '../../../src/composables'
import { en } from '../../../src/i18n'
import '../../../src/styles/index.css'

let mounted: VueWrapper | undefined

afterEach(() => {
  mounted?.unmount()
  document.body.replaceChildren()
})

const provide = { [chatKitKey as symbol]: { locale: shallowRef(en) } as unknown as ChatKitContext }

function aRow(text: string, extra: Partial<TimelineRow>): TimelineRow {
  return {
    key: text,
    isOwn: false,
    isRunStart: true,
    isRunEnd: true,
    isFirstUnread: false,
    message: {
      conversationId: 'c',
      keys: [text],
      senderId: 'lin',
      sentAt: Date.UTC(2026, 10, 21, 11, 31),
      delivery: 'stored',
      parts: [{ kind: 'text', text }],
    },
    ...extra,
  }
}

function show(row: TimelineRow, width: number, dir: 'ltr' | 'rtl') {
  const box = document.createElement('div')
  box.dir = dir
  box.style.inlineSize = `${width}px`
  document.body.append(box)
  mounted = mount(
    { render: () => h(MessageBubble, { row, senderName: 'Lin', isGroup: true }) },
    { attachTo: box, global: { provide } },
  )
  return {
    text: find(box, '.parley-text'),
    meta: find(box, '.parley-meta'),
    bubble: find(box, '.parley-bubble'),
  }
}

function find(box: HTMLElement, selector: string): HTMLElement {
  const found = box.querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}

/** Where the words of each line lie. */
function lineBoxes(element: HTMLElement): DOMRect[] {
  const range = document.createRange()
  range.selectNodeContents(element)
  return [...range.getClientRects()]
}

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 2 && b.top < a.bottom - 2
}

const texts = [
  'After the last check',
  'ممتاز، أنا جاهز للاختبار الأخير',
  'שלום hello 12:30',
  '好看！这张可以直接当发布图',
  'مرحبا\nand a line that runs the other way',
  'one\nمرحبا',
  '12:30',
]
const rows: readonly Partial<TimelineRow>[] = [
  {},
  { isOwn: true, status: 'sent' },
  { isOwn: true, status: 'delivered', readCount: 11 },
  { isOwn: true, status: 'delivered', readCount: 12_345 },
]

describe('the time in a bubble', () => {
  it('lies on no word and inside of the bubble, whatever the direction, the readers and the width', () => {
    for (const dir of ['ltr', 'rtl'] as const) {
      for (const text of texts) {
        for (const extra of rows) {
          for (const width of [170, 230, 300, 600]) {
            const parts = show(aRow(text, extra), width, dir)
            const meta = parts.meta.getBoundingClientRect()
            const bubble = parts.bubble.getBoundingClientRect()
            const found = {
              isOnWords: lineBoxes(parts.text).some((line) => overlap(line, meta)),
              isOutside: meta.left < bubble.left + 8 || meta.right > bubble.right - 8,
            }
            expect({ dir, text, extra, width, ...found }).toMatchObject({
              isOnWords: false,
              isOutside: false,
            })
            mounted?.unmount()
          }
        }
      }
    }
  })

  it('takes no line of its own where the last one has room', () => {
    const row = aRow('A first line that is quite long\nshort', { isOwn: true, status: 'read', readCount: 3 })
    const { text, meta, bubble } = show(row, 600, 'ltr')
    const lines = lineBoxes(text)
    expect(bubble.clientHeight).toBeLessThan(3 * 20.3 + 16)
    expect(Math.abs((lines.at(-1)?.bottom ?? 0) - meta.getBoundingClientRect().bottom)).toBeLessThan(6)
  })
})

describe('a picture that broke', () => {
  it('is loaded again on the first press', async () => {
    const url = URL.createObjectURL(new Blob(['no picture'], { type: 'image/png' }))
    const box = document.createElement('div')
    document.body.append(box)
    mounted = mount(PictureFrame, { attachTo: box, props: { url, state: 'ready' }, global: { provide } })
    await vi.waitFor(() => expect(box.textContent).toContain('Try again'))
    box.querySelector('button')?.click()
    await nextTick()
    // It breaks again a moment later, for the file is as broken as before.
    expect(box.querySelector('img')?.src).toBe(url)
    expect(mounted.emitted('retry')).toHaveLength(1)
    URL.revokeObjectURL(url)
  })
})
