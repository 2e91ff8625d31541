import { describe, expect, it } from 'vitest'
import { createRowBuilder, findFirstUnread } from '../../src/composables/timelineRows'
import type { RowSurroundings } from '../../src/composables/timelineRows'
import type { TimelineEntry } from '../../src/core/timeline'
import { ChatError } from '../../src/model'
import { aMessage } from '../support/builders'
import type { MessageTraits } from '../support/builders'

const noon = new Date(2026, 10, 20, 12).getTime()
const minute = 60_000

function entries(...traits: MessageTraits[]): TimelineEntry[] {
  return traits.map((trait, index) => {
    const message = aMessage({ seq: index + 1, sentAt: noon + index * minute, ...trait })
    return { rowKey: message.keys[0] ?? '', message, asOf: 0 }
  })
}

const around: RowSurroundings = {
  isDirect: true,
  hasMore: false,
  marks: new Map(),
  firstUnreadKey: undefined,
}

function rowsOf(list: readonly TimelineEntry[], traits: Partial<RowSurroundings> = {}) {
  return createRowBuilder('alice')(list, { ...around, ...traits })
}

describe('timeline rows', () => {
  it('join messages of one sender within five minutes to a run', () => {
    const rows = rowsOf(
      entries(
        { senderId: 'bob' },
        { senderId: 'bob' },
        { senderId: 'alice' },
        { senderId: 'alice', sentAt: noon + 30 * minute },
      ),
    )
    expect(rows.map(({ isRunStart }) => isRunStart)).toEqual([true, false, true, true])
    expect(rows.map(({ isRunEnd }) => isRunEnd)).toEqual([false, true, true, true])
    expect(rows.map(({ isOwn }) => isOwn)).toEqual([false, false, true, true])
  })

  it('begin a day where the local day changes', () => {
    const rows = rowsOf(
      entries({ sentAt: noon }, { sentAt: noon + minute }, { sentAt: noon + 24 * 60 * minute }),
    )
    expect(rows.map(({ dayStartsAt }) => dayStartsAt !== undefined)).toEqual([true, false, true])
    expect(rows[1]?.isRunEnd).toBe(true)
    expect(rows[2]?.isRunStart).toBe(true)
  })

  it('say nothing above the first row while more history lies there', () => {
    const [first] = rowsOf(entries({}), { hasMore: true })
    expect(first?.dayStartsAt).toBeUndefined()
    expect(first?.isRunStart).toBe(false)
  })

  it('stay the same objects where nothing changed', () => {
    const build = createRowBuilder('alice')
    const list = entries({ senderId: 'alice' }, { senderId: 'bob' })
    const before = build(list, around)
    const after = build([...list], {
      ...around,
      marks: new Map([['bob', { read: { order: { major: 1 } } }]]),
    })
    expect(after[0]).not.toBe(before[0])
    expect(after[0]?.status).toBe('read')
    expect(after[1]).toBe(before[1])
  })

  it('show how an own message stands, from the outbox to the last receipt', () => {
    const [entry] = entries({ senderId: 'alice' })
    if (!entry) throw new Error('no entry')
    const error = new ChatError({ code: 'x', kind: 'other' })
    const statusWith = (more: Partial<TimelineEntry>, traits: Partial<RowSurroundings> = {}) =>
      rowsOf([{ ...entry, ...more }], traits)[0]?.status
    const mark = { order: { major: 1 } }
    expect(statusWith({ outbox: { state: 'queued' } })).toBe('queued')
    expect(statusWith({ outbox: { state: 'failed', error } })).toBe('failed')
    expect(statusWith({ outbox: { state: 'sent' } })).toBe('sent')
    expect(statusWith({}, { marks: new Map([['bob', { delivered: mark }]]) })).toBe('delivered')
    expect(statusWith({}, { marks: new Map([['bob', { read: mark }]]) })).toBe('read')
    expect(statusWith({}, { marks: new Map([['alice', { read: mark }]]) })).toBe('sent')
  })

  it('count readers in a group, and call it read when all others have', () => {
    const marks = new Map([
      ['bob', { read: { order: { major: 1 } } }],
      ['carol', {}],
    ])
    const group = { isDirect: false, marks, otherCount: 2 }
    expect(rowsOf(entries({ senderId: 'alice' }), group)[0]).toMatchObject({
      status: 'delivered',
      readCount: 1,
    })
    marks.set('carol', { read: { order: { major: 4 } } })
    expect(rowsOf(entries({ senderId: 'alice' }), group)[0]).toMatchObject({ status: 'read', readCount: 2 })
  })
})

describe('the unread divider', () => {
  const list = entries({}, { senderId: 'alice' }, {}, {}, {})
  const keyOf = (index: number) => list[index]?.rowKey

  it('stands above as many messages of others as were unread at opening', () => {
    const opened = { unreadCount: 3, lastKey: keyOf(4) as string }
    expect(findFirstUnread(list, 'alice', opened)).toBe(keyOf(2))
    expect(findFirstUnread(list, 'alice', { ...opened, unreadCount: 4 })).toBe(keyOf(0))
  })

  it('does not count what came after opening, and waits until enough is loaded', () => {
    const opened = { unreadCount: 1, lastKey: keyOf(3) as string }
    expect(findFirstUnread(list, 'alice', opened)).toBe(keyOf(3))
    expect(findFirstUnread(list, 'alice', { ...opened, unreadCount: 9 })).toBeUndefined()
    expect(findFirstUnread(list, 'alice', { unreadCount: 0 })).toBeUndefined()
  })
})
