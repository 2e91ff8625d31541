import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { TimelineRow } from '../../../src/composables'
import {
  day,
  distanceFromEnd,
  drawnRows,
  frames,
  middleRow,
  openStage,
  placed,
  type StageOptions,
} from './timelineStage'

const height = 500
let mounted: VueWrapper | undefined

afterEach(() => {
  mounted?.unmount()
  document.body.replaceChildren()
})

function aRow(number: number, extra: Partial<TimelineRow> = {}): TimelineRow {
  const isOwn = extra.isOwn ?? number % 3 === 0
  return {
    key: `row-${number}`,
    isOwn,
    isRunStart: true,
    isRunEnd: true,
    isFirstUnread: false,
    ...(isOwn && { status: 'sent' as const }),
    message: {
      conversationId: 'c',
      keys: [`row-${number}`],
      sentAt: day + number * 60_000,
      senderId: isOwn ? 'me' : 'lin',
      delivery: 'stored',
      // Heights differ a lot, so that no estimate is right by chance.
      parts: [
        { kind: 'text', text: `Number ${number} ${'and some words '.repeat(((number * 7) % 11) ** 2 % 40)}` },
      ],
    },
    ...extra,
  }
}

function rowsBetween(from: number, to: number): TimelineRow[] {
  return Array.from({ length: to - from }, (_, index) => aRow(from + index))
}

function open(rows: readonly TimelineRow[], props: StageOptions['props'] = {}) {
  const stage = openStage(rows, { height, props })
  mounted = stage.wrapper
  return stage
}

/** The first message that begins on screen, by its text, and where its bubble ends: its top loses a name or a day. */
function firstVisible(log: HTMLElement): { text: string; end: number } {
  const edge = log.getBoundingClientRect().top
  const seen = [...log.querySelectorAll('article')]
    .map((article) => ({ article, box: article.getBoundingClientRect() }))
    .filter(({ box }) => box.top >= edge)
    .sort((a, b) => a.box.top - b.box.top)
    .map(({ article, box }) => ({ text: article.getAttribute('aria-label') ?? '', end: box.bottom - edge }))
  if (!seen[0]) throw new Error('nothing visible')
  return seen[0]
}

function endOf(log: HTMLElement, text: string): number | undefined {
  const article = [...log.querySelectorAll('article')].find((one) => one.getAttribute('aria-label') === text)
  return article && article.getBoundingClientRect().bottom - log.getBoundingClientRect().top
}

async function scrollTo(log: HTMLElement, top: number): Promise<void> {
  log.scrollTop = top
  await frames()
}

describe('the place of a timeline', () => {
  it('opens at the end', async () => {
    const stage = open(rowsBetween(0, 300))
    const { log } = stage
    await placed(stage)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    expect(log.textContent).toContain('Number 299')
  })

  it('lets go at once when the reader moves up in the moment a row comes', async () => {
    const stage = open(rowsBetween(0, 100))
    const { wrapper, log } = stage
    await placed(stage)
    const before = log.scrollTop
    log.scrollTop = before - 300
    await wrapper.setProps({ rows: rowsBetween(0, 101) })
    await frames()
    expect(Math.abs(log.scrollTop - (before - 300))).toBeLessThanOrEqual(1)
  })

  it('lets few rows stand at the bottom', async () => {
    const stage = open([aRow(1), aRow(2)])
    const { log } = stage
    await placed(stage)
    const last = [...log.querySelectorAll('article')].at(-1)?.getBoundingClientRect()
    expect(height - ((last?.bottom ?? 0) - log.getBoundingClientRect().top)).toBeLessThan(24)
  })

  it('opens at the first unread message where that is further up than a screen', async () => {
    const rows = rowsBetween(0, 200).map((row, index) =>
      index === 120 ? { ...row, isFirstUnread: true } : row,
    )
    const stage = open(rows)
    const { wrapper, log } = stage
    await placed(stage)
    expect(log.textContent).toContain('53 unread messages')
    expect(firstVisible(log).text).toContain('Number 120')
    expect(wrapper.find('button[title="Jump to latest"]').exists()).toBe(true)
  })

  it('counts only messages that somebody keeps as unread', async () => {
    const rows = rowsBetween(0, 200).map((row, index) => ({
      ...row,
      isFirstUnread: index === 120,
      message: {
        ...row.message,
        delivery: index > 120 && index % 3 === 1 ? ('uncounted' as const) : row.message.delivery,
      },
    }))
    const stage = open(rows)
    const { log } = stage
    await placed(stage)
    expect(log.textContent).toContain('26 unread messages')
  })

  it('opens at the end where the first unread message is on that screen anyway', async () => {
    const rows = rowsBetween(0, 200).map((row, index) =>
      index === 199 ? { ...row, isFirstUnread: true } : row,
    )
    const stage = open(rows)
    const { log } = stage
    await placed(stage)
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
  })

  it('stays at the end when a message comes in', async () => {
    const stage = open(rowsBetween(0, 50))
    const { wrapper, log } = stage
    await placed(stage)
    await wrapper.setProps({ rows: rowsBetween(0, 51) })
    await frames()
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    expect(log.textContent).toContain('Number 50')
  })

  it('stays at the end when the oldest rows go while messages come in', async () => {
    const stage = open(rowsBetween(0, 500))
    const { wrapper, log } = stage
    await placed(stage)
    for (let from = 100; from <= 400; from += 100) {
      await wrapper.setProps({ rows: rowsBetween(from, 400 + from + 10) })
      await vi.waitFor(() => expect(log.textContent).toContain(`Number ${400 + from + 9}`))
      await frames()
      expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    }
    expect(wrapper.emitted('following')).toBeUndefined()
  })

  it('stays at the end when the box becomes lower', async () => {
    const stage = open(rowsBetween(0, 50))
    const { log, box } = stage
    await placed(stage)
    box.style.height = '380px'
    await frames()
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
  })

  it('does not pull a reader away and counts what came in below', async () => {
    const stage = open(rowsBetween(0, 100))
    const { wrapper, log } = stage
    await placed(stage)
    await scrollTo(log, log.scrollTop - 1500)
    const before = firstVisible(log)
    await wrapper.setProps({ rows: [...rowsBetween(0, 100), aRow(100), aRow(101)] })
    await frames()
    expect(Math.abs((endOf(log, before.text) ?? Infinity) - before.end)).toBeLessThanOrEqual(1)
    expect(wrapper.text()).toContain('2 new messages')
    await wrapper.get('button[title="Jump to latest"]').trigger('click')
    await frames()
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
    expect(wrapper.find('button[title="Jump to latest"]').exists()).toBe(false)
  })

  it('leads first to the first message that came in meanwhile, under a line, and then to the end', async () => {
    const stage = open(rowsBetween(0, 100))
    const { wrapper, log } = stage
    await placed(stage)
    await scrollTo(log, log.scrollTop - 1500)
    const added = Array.from({ length: 20 }, (_, at) => aRow(100 + at, { isOwn: false }))
    await wrapper.setProps({ rows: [...rowsBetween(0, 100), ...added] })
    await frames()
    await wrapper.get('button[title="Jump to latest"]').trigger('click')
    await frames()
    expect(firstVisible(log).text).toContain('Number 100 ')
    expect(log.textContent).toContain('20 unread messages')
    await wrapper.get('button[title="Jump to latest"]').trigger('click')
    await frames()
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
  })

  it('opens where the reader has left', async () => {
    const stage = open(rowsBetween(0, 100), { opensAt: { key: 'row-40', topPx: 33 } })
    await placed(stage)
    expect(drawnRows(stage.log).find(({ key }) => key === 'row-40')?.top).toBeCloseTo(33, 0)
  })

  it('knows of rows that were never drawn here how high they were elsewhere', async () => {
    const { log: without } = open(rowsBetween(0, 100))
    await frames(3)
    const plain = without.scrollHeight
    mounted?.unmount()
    const late = new Map<string, number>()
    let tell = () => {}
    const recalled = new Promise<void>((resolve) => (tell = resolve))
    const stage = open(rowsBetween(0, 100), { heightsFor: () => ({ byKey: late, recalled }) })
    await placed(stage)
    const before = middleRow(stage.log)
    late.set('row-3', 5000)
    tell()
    await frames(3)
    expect(stage.log.scrollHeight).toBeGreaterThan(plain + 4000)
    expect(Math.abs(middleRow(stage.log).top - before.top)).toBeLessThanOrEqual(1)
  })

  it('goes to the end when the reader sends something', async () => {
    const stage = open(rowsBetween(0, 100))
    const { wrapper, log } = stage
    await placed(stage)
    await scrollTo(log, 400)
    await wrapper.setProps({ rows: [...rowsBetween(0, 100), aRow(100, { isOwn: true, status: 'queued' })] })
    await vi.waitFor(() => expect(log.textContent).toContain('Number 100'))
    await frames()
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
  })
})

describe('older messages', () => {
  it('moves nothing when a page comes in above', async () => {
    const stage = open(rowsBetween(200, 260))
    const { wrapper, log } = stage
    await placed(stage)
    await scrollTo(log, 60)
    const before = firstVisible(log)
    await wrapper.setProps({ rows: rowsBetween(150, 260) })
    for (let i = 0; i < 20; i++) {
      await frames(1)
      expect(Math.abs((endOf(log, before.text) ?? Infinity) - before.end)).toBeLessThanOrEqual(1)
    }
  })

  it('moves nothing when the day of the first row turns out to begin further up', async () => {
    const first = { ...aRow(200), dayStartsAt: day, isRunStart: true }
    const stage = open([first, ...rowsBetween(201, 260)])
    const { wrapper, log } = stage
    await placed(stage)
    await scrollTo(log, 0)
    const before = firstVisible(log)
    const older = rowsBetween(150, 200).map((row, index) =>
      index === 0 ? { ...row, dayStartsAt: day } : row,
    )
    await wrapper.setProps({
      rows: [...older, { ...aRow(200), isRunStart: false }, ...rowsBetween(201, 260)],
    })
    await frames()
    const second = [...log.querySelectorAll('article')].find((one) =>
      one.getAttribute('aria-label')?.includes('Number 201 '),
    )
    expect(second).toBeDefined()
    expect(Math.abs((endOf(log, before.text) ?? Infinity) - before.end)).toBeLessThanOrEqual(1)
  })

  it('moves nothing when a page comes in above and a message at the end in one go', async () => {
    const stage = open(rowsBetween(200, 260))
    const { wrapper, log } = stage
    await placed(stage)
    await scrollTo(log, 300)
    const before = firstVisible(log)
    await wrapper.setProps({ rows: rowsBetween(150, 261) })
    await frames()
    expect(Math.abs((endOf(log, before.text) ?? Infinity) - before.end)).toBeLessThanOrEqual(1)
  })

  it('asks for the page above near the start, and not far from it', async () => {
    const stage = open(rowsBetween(0, 200), { olderState: 'more' })
    const { wrapper, log } = stage
    await placed(stage)
    expect(wrapper.emitted('loadOlder')).toBeUndefined()
    await scrollTo(log, 100)
    expect(wrapper.emitted('loadOlder')?.length).toBeGreaterThan(0)
  })

  it('asks for the page above where the rows do not fill the box', async () => {
    const stage = open(rowsBetween(0, 2), { olderState: 'more' })
    const { wrapper } = stage
    await placed(stage)
    expect(wrapper.emitted('loadOlder')?.length).toBeGreaterThan(0)
  })
})

describe('what a timeline holds and tells', () => {
  it('keeps no more rows in the document than fit in three screens', async () => {
    const stage = open(rowsBetween(0, 3000))
    const { log } = stage
    await placed(stage)
    for (const part of [1, 0.6, 0.3, 0]) {
      await scrollTo(log, (log.scrollHeight - log.clientHeight) * part)
      const items = [...log.querySelectorAll<HTMLElement>('article')]
      const sum = items.reduce((total, item) => total + item.getBoundingClientRect().height, 0)
      expect(items.length).toBeGreaterThan(0)
      expect(sum).toBeLessThanOrEqual(height * 3)
    }
  })

  it('tells the last row that was really seen, and the newest at the end', async () => {
    const stage = open(rowsBetween(0, 200))
    const { wrapper, log } = stage
    await placed(stage)
    const seen = () => (wrapper.emitted('seen')?.at(-1)?.[0] as TimelineRow).key
    expect(seen()).toBe('row-199')
    await scrollTo(log, 0)
    const bottom = log.getBoundingClientRect().bottom
    const whole = [...log.querySelectorAll('article')]
      .filter((article) => article.getBoundingClientRect().bottom <= bottom + 4)
      .map((article) => /Number (\d+)/u.exec(article.textContent ?? '')?.[1])
      .at(-1)
    expect(seen()).toBe(`row-${whole}`)
  })

  it('tells what others sent while it was open', async () => {
    const stage = open(rowsBetween(0, 10))
    const { wrapper } = stage
    await placed(stage)
    await wrapper.setProps({ rows: [...rowsBetween(0, 10), aRow(10), aRow(11), aRow(12)] })
    await nextTick()
    const arrived = wrapper.emitted('arrived')?.[0]?.[0] as TimelineRow[]
    expect(arrived.map(({ key }) => key)).toEqual(['row-10', 'row-11'])
  })

  it('scrolls by keys: Home to the start, End to the latest', async () => {
    const stage = open(rowsBetween(0, 100))
    const { wrapper, log } = stage
    await placed(stage)
    await wrapper.get('[role=log]').trigger('keydown', { key: 'Home' })
    await frames()
    expect(log.scrollTop).toBe(0)
    await wrapper.get('[role=log]').trigger('keydown', { key: 'End' })
    await frames()
    expect(distanceFromEnd(log)).toBeLessThanOrEqual(1)
  })
})
