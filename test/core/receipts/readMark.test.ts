import { describe, expect, it } from 'vitest'
import { fartherMark, isCovered, readMark } from '../../../src/core/receipts'
import { aMessage } from '../../support/builders'

describe('read marks', () => {
  it('cover the message they stand at and all before it', () => {
    const mark = readMark({ message: aMessage({ seq: 5 }) })
    expect(isCovered(mark, aMessage({ seq: 5 }))).toBe(true)
    expect(isCovered(mark, aMessage({ seq: 4 }))).toBe(true)
    expect(isCovered(mark, aMessage({ seq: 6 }))).toBe(false)
  })

  it('go by time where the backend tells only a time', () => {
    const mark = readMark({ at: 2_000 })
    expect(isCovered(mark, aMessage({ sentAt: 2_000 }))).toBe(true)
    expect(isCovered(mark, aMessage({ sentAt: 2_001 }))).toBe(false)
  })

  it('never move back', () => {
    const far = { order: { major: 9 }, at: 9_000 }
    expect(fartherMark(far, { order: { major: 3 }, at: 3_000 })).toBe(far)
    expect(fartherMark({ order: { major: 3 } }, far)).toBe(far)
    expect(fartherMark({ at: 5_000 }, { at: 4_000 })).toEqual({ at: 5_000 })
    expect(fartherMark({ order: { major: 3 } }, { at: 9_000 })).toEqual({ order: { major: 3 } })
  })

  it('are nothing where a point names a message without place or time', () => {
    expect(readMark({ message: { conversationId: 'c1', keys: ['k'] } })).toBeUndefined()
    expect(readMark({ at: NaN })).toBeUndefined()
    expect(isCovered(undefined, aMessage({ seq: 1 }))).toBe(false)
  })

  it('leave out an order or a time that is no number', () => {
    const point = (major: number, sentAt: number) =>
      readMark({ message: { conversationId: 'c1', keys: [], order: { major }, sentAt } })
    expect(point(NaN, 5)).toEqual({ at: 5 })
    expect(point(5, Infinity)).toEqual({ order: { major: 5 } })
    expect(point(NaN, NaN)).toBeUndefined()
  })
})
