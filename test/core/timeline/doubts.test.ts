import { describe, expect, it } from 'vitest'
import { ChatError, clientKey } from '../../../src/model'
import type { HistoryRequest, KnownPage } from '../../../src/model'
import { aMessage, aPage, newestRequest } from '../../support/builders'
import { TimelineDriver } from '../../support/timelineDriver'

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }))

function make({ isDense = false } = {}) {
  const timeline = new TimelineDriver('alice', () => isDense)
  return {
    timeline,
    doubt() {
      const doubt = timeline.it.nextDoubt()
      return doubt && [doubt.direction, 'beside' in doubt ? doubt.beside.order?.major : undefined]
    },
    read(page: KnownPage, request: HistoryRequest = { ...newestRequest }) {
      timeline.startLoading(request)
      timeline.addPage(request, page)
    },
    readBeside(direction: 'older' | 'newer', seq: number, page: KnownPage) {
      const beside = aMessage({ seq })
      const request = { ...newestRequest, from: { message: beside }, direction }
      timeline.startLoading(request, beside)
      timeline.addPage(request, page, beside)
    },
  }
}

describe('What may have changed unheard', () => {
  it('is nothing of what was just read or told', () => {
    const { timeline, read, doubt } = make()
    expect(doubt()).toBeUndefined()
    read(aPage(range(1, 5)))
    timeline.addLive([aMessage({ seq: 6 })])
    expect(doubt()).toBeUndefined()
  })

  it('is after a loss what the newest page does not tell again, from the newest on', () => {
    const { timeline, read, readBeside, doubt } = make()
    read(aPage(range(1, 10)))
    timeline.interrupt()
    expect(doubt()).toEqual(['newest', undefined])
    read(aPage(range(7, 10), { cursor: 'c' }))
    expect(doubt()).toEqual(['older', 7])
    readBeside('older', 7, aPage(range(4, 6), { cursor: 'd' }))
    expect(doubt()).toEqual(['older', 4])
    readBeside('older', 4, aPage(range(1, 3)))
    expect(doubt()).toBeUndefined()
    expect(timeline.it.older).toEqual({ end: 'start' })
  })

  it('leaves the beginning of history known while its middle is read again', () => {
    const { timeline, read, readBeside } = make()
    read(aPage(range(1, 10)))
    timeline.interrupt()
    read(aPage(range(7, 10), { cursor: 'c' }))
    const older = timeline.it.older
    readBeside('older', 7, aPage(range(4, 6), { cursor: 'd' }))
    expect(timeline.it.older).toEqual(older)
    expect(timeline.it.olderWork).toBe('idle')
  })

  it.each(['page', 'failure'] as const)('leaves no edge loading that has moved meanwhile (%s)', (end) => {
    const { timeline, read } = make()
    read(aPage(range(11, 15), { cursor: 'c' }))
    const beside = aMessage({ seq: 11 })
    const older = { ...newestRequest, from: { message: beside }, direction: 'older' as const }
    timeline.startLoading(older, beside)
    expect(timeline.it.olderWork).toBe('loading')
    read(aPage(range(9, 15), { cursor: 'b' }))
    if (end === 'page') timeline.addPage(older, aPage(range(9, 10), { cursor: 'b' }), beside)
    else timeline.failLoading(older, { ...new ChatError({ code: 'x', kind: 'timeout' }) }, beside)
    expect(timeline.it.olderWork).not.toBe('loading')
    expect(timeline.it.older).toEqual({ cursor: 'b' })
  })

  it('is read again above a gap too', () => {
    const { timeline, read, readBeside, doubt } = make()
    read(aPage(range(1, 5)))
    timeline.interrupt()
    read(aPage(range(31, 35), { cursor: 'c' }))
    expect(timeline.it.gaps().size).toBe(1)
    expect(doubt()).toEqual(['newer', 4])
    readBeside('newer', 4, { ...aPage(range(5, 7), { cursor: 'x' }), newer: { cursor: 'y' } })
    expect(doubt()).toEqual(['older', 5])
    readBeside('older', 5, aPage(range(1, 4)))
    expect(doubt()).toBeUndefined()
    expect(timeline.it.gaps().size).toBe(1)
  })

  it('is all that this machine kept and cannot vouch for', () => {
    const { timeline, read, doubt } = make()
    read({ ...aPage(range(1, 5)), isKept: true, isDoubted: true })
    expect(doubt()).toEqual(['newest', undefined])
    read(aPage(range(1, 5)))
    expect(doubt()).toBeUndefined()
    timeline.addLive([aMessage({ seq: 5 })])
    expect(doubt()).toBeUndefined()
  })

  it('is not taken back by an old event that is told again', () => {
    const { timeline, read, doubt } = make()
    read(aPage(range(1, 5)))
    timeline.interrupt()
    read(aPage(range(4, 5), { cursor: 'c' }))
    timeline.addLive([aMessage({ seq: 3 })])
    expect(doubt()).toEqual(['older', 4])
  })

  it('stays in doubt where it was lost while the page was on its way', () => {
    const { timeline, doubt } = make()
    const request = { ...newestRequest }
    timeline.startLoading(request)
    timeline.interrupt()
    timeline.addPage(request, aPage(range(1, 5)))
    expect(doubt()).toEqual(['newest', undefined])
  })

  it('is known of where the reader is far up, who is left where he is', () => {
    const { timeline, read, doubt } = make()
    read(aPage(range(50, 60), { cursor: 'c' }))
    read(
      { ...aPage(range(1, 5)), newer: { cursor: 'n' } },
      { ...newestRequest, from: { at: 1 }, direction: 'around' },
    )
    timeline.interrupt()
    expect(timeline.it.isDetached).toBe(true)
    expect(timeline.it.isInterrupted).toBe(false)
    expect(doubt()).toEqual(['newer', 4])
  })
})

describe('The answer to sending a message', () => {
  it.each([true, false])('does not say that the end is here (dense: %s)', (isDense) => {
    const { timeline, read } = make({ isDense })
    read(aPage(range(1, 6)))
    const rowKey = clientKey('alice', 'x')
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'x' }), rowKey)
    timeline.interrupt()
    timeline.settle(rowKey, aMessage({ senderId: 'alice', clientId: 'x', seq: 7 }))
    expect(timeline.it.newer).toEqual({ more: true })
    // With numbers there is nothing between the two.
    expect(timeline.it.gaps().size).toBe(isDense ? 0 : 1)
    timeline.addLive([aMessage({ seq: 8 })])
    expect(timeline.it.newer).toEqual({ end: 'live' })
    expect(timeline.it.gaps().size).toBe(isDense ? 0 : 2)
  })

  it('does not say that it is the first of a conversation that was empty', () => {
    const { timeline, read } = make()
    read(aPage([]))
    const rowKey = clientKey('alice', 'x')
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'x' }), rowKey)
    timeline.settle(rowKey, aMessage({ senderId: 'alice', clientId: 'x', seq: 2 }))
    timeline.interrupt()
    expect(timeline.it.older).toEqual({ more: true })
  })
})
