import { describe, expect, it } from 'vitest'
import { TimelineDriver } from '../../support/timelineDriver'
import { ChatError, clientKey } from '../../../src/model'
import type { MessageChange } from '../../../src/model'
import { aMessage, aPage, newestRequest, olderRequest, textsOf } from '../../support/builders'

function aTimeline(isDense = true) {
  const timeline = new TimelineDriver('alice', () => isDense)
  const texts = () => textsOf(timeline.entries().map(({ message }) => message))
  return { timeline, texts }
}

function range(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }))
}

function aChange(seq: number, traits: Partial<MessageChange> = {}): MessageChange {
  return {
    kind: 'recalled',
    ref: { conversationId: 'c1', keys: [`seq:1:${seq}`] },
    isVouched: true,
    ...traits,
  } as MessageChange
}

describe('Timeline', () => {
  it('puts pages and live messages in order and shows nothing twice', () => {
    const { timeline, texts } = aTimeline()
    timeline.startLoading(newestRequest)
    timeline.addLive([aMessage({ seq: 6 })])
    timeline.addPage(newestRequest, aPage(range(3, 5), { cursor: 'x' }))
    timeline.addPage(olderRequest, aPage(range(1, 3)))
    timeline.addLive([aMessage({ seq: 5 }), aMessage({ seq: 7 })])
    expect(texts()).toEqual([1, 2, 3, 4, 5, 6, 7].map((seq) => `message ${seq}`))
    expect(timeline.older).toEqual({ end: 'start' })
  })

  it('shows a message that the backend holds twice once, and the gap between its two places', () => {
    const { timeline, texts } = aTimeline(false)
    const first = aMessage({ seq: 3, clientId: 'x', text: 'twice' })
    const copy = aMessage({ seq: 9, clientId: 'x', text: 'twice' })
    timeline.addPage(newestRequest, aPage([...range(1, 2), first]))
    timeline.interrupt()
    timeline.addPage(newestRequest, aPage([...range(7, 8), copy, ...range(10, 10)], { cursor: 'x' }))
    expect(texts()).toEqual(['message 1', 'message 2', 'twice', 'message 7', 'message 8', 'message 10'])
    const below = timeline.entries().find(({ message }) => textsOf([message])[0] === 'message 7')
    expect([...timeline.it.gaps().keys()]).toEqual([below?.rowKey])
    timeline.addPage(olderRequest, aPage(range(4, 6), { cursor: 'x' }), below?.message)
    timeline.addPage(olderRequest, aPage([first, ...range(4, 4)], { cursor: 'x' }), aMessage({ seq: 4 }))
    expect(timeline.it.gaps().size).toBe(0)
    expect(texts()).toHaveLength(9)
  })

  it('keeps the row of an own message for life, whichever telling comes first', () => {
    const rowKey = clientKey('alice', 'x1')
    const queued = aMessage({ senderId: 'alice', clientId: 'x1', text: 'hello' })
    const stored = aMessage({ senderId: 'alice', clientId: 'x1', seq: 2, text: 'hello' })
    for (const echoFirst of [true, false]) {
      const { timeline, texts } = aTimeline()
      timeline.addPage(newestRequest, aPage(range(1, 1)))
      timeline.addQueued(queued, rowKey)
      if (echoFirst) timeline.addLive([stored])
      timeline.settle(rowKey, stored)
      timeline.addLive([stored])
      expect(texts()).toEqual(['message 1', 'hello'])
      expect(timeline.entries()[1]).toMatchObject({ rowKey, outbox: { state: 'sent' } })
    }
  })

  it('joins two rows when a telling shows that they are one message', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage([]))
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'x1', text: 'hi' }), clientKey('alice', 'x1'))
    timeline.addLive([aMessage({ senderId: 'alice', seq: 1, text: 'hi' })])
    expect(texts()).toEqual(['hi', 'hi'])
    timeline.addLive([aMessage({ senderId: 'alice', seq: 1, clientId: 'x1', text: 'hi' })])
    expect(texts()).toEqual(['hi'])
    expect(timeline.entries()[0]?.message.order).toEqual({ major: 1 })
  })

  it('keeps own messages without a place at the end, in the order typed', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 1)))
    for (const id of ['a', 'b']) {
      timeline.addQueued(aMessage({ senderId: 'alice', clientId: id, text: id }), clientKey('alice', id))
    }
    timeline.addLive([aMessage({ seq: 2 })])
    expect(texts()).toEqual(['message 1', 'message 2', 'a', 'b'])
    timeline.settle(
      clientKey('alice', 'a'),
      aMessage({ senderId: 'alice', clientId: 'a', text: 'a', seq: 3 }),
    )
    timeline.addLive([aMessage({ seq: 4 })])
    expect(texts()).toEqual(['message 1', 'message 2', 'a', 'message 4', 'b'])
  })

  it('keeps the order of a page where the order numbers are equal', () => {
    const { timeline, texts } = aTimeline(false)
    const sameSecond = ['p', 'q', 'r', 's'].map((text) =>
      aMessage({ text, keys: [text], order: { major: 7 } }),
    )
    timeline.addPage(newestRequest, aPage(sameSecond.slice(2), { cursor: 'x' }))
    timeline.addPage(olderRequest, aPage(sameSecond.slice(0, 3)))
    expect(texts()).toEqual(['p', 'q', 'r', 's'])
  })

  it('sees a jump in dense numbers and fills the hole from the newest page', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.addLive([aMessage({ seq: 6 })])
    expect(timeline.isInterrupted).toBe(true)
    timeline.addPage(newestRequest, aPage(range(4, 7), { cursor: 'x' }))
    expect(texts()).toEqual([1, 2, 3, 4, 5, 6, 7].map((seq) => `message ${seq}`))
    expect(timeline.isInterrupted).toBe(false)
    expect(timeline.older).toEqual({ end: 'start' })
  })

  it('shows a gap where a hole of unknown size is, and closes it with the pages that fill it', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'a', text: 'mine' }), clientKey('alice', 'a'))
    timeline.interrupt()
    timeline.addLive([aMessage({ seq: 52 })])
    timeline.addPage(newestRequest, aPage(range(51, 52), { cursor: 'x' }))
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3', 'message 51', 'message 52', 'mine'])
    expect([...timeline.it.gaps()]).toEqual([['seq:1:51', { work: 'idle', isLost: false }]])
    const beside = aMessage({ seq: 51 })
    timeline.startLoading(olderRequest, beside)
    expect(timeline.it.gaps().get('seq:1:51')?.work).toBe('loading')
    timeline.addPage(olderRequest, aPage(range(20, 50), { cursor: 'y' }), beside)
    expect([...timeline.it.gaps().keys()]).toEqual(['seq:1:20'])
    timeline.addPage(olderRequest, aPage(range(4, 19), { cursor: 'z' }), aMessage({ seq: 20 }))
    expect(timeline.it.gaps().size).toBe(0)
    expect(texts()).toHaveLength(53)
    expect(timeline.older).toEqual({ end: 'start' })
  })

  it('reads a newest page again without losing the older ones', () => {
    const { timeline, texts } = aTimeline(false)
    timeline.addPage(newestRequest, aPage(range(3, 4), { cursor: 'x' }))
    timeline.addPage(olderRequest, aPage(range(1, 2)))
    timeline.addPage(newestRequest, aPage(range(4, 5), { cursor: 'y' }))
    expect(texts()).toEqual([1, 2, 3, 4, 5].map((seq) => `message ${seq}`))
    expect(timeline.older).toEqual({ end: 'start' })
  })

  it('keeps a change that comes before its message', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage([]))
    timeline.change(aChange(1, { byId: 'bob' }))
    timeline.addLive([aMessage({ seq: 1 })])
    expect(timeline.entries()[0]?.message).toMatchObject({ parts: [], recalled: { byId: 'bob' } })
    timeline.addLive([aMessage({ seq: 1 })])
    expect(timeline.entries()[0]?.message).toMatchObject({ parts: [], recalled: { byId: 'bob' } })
  })

  it('ignores a claim about a message by somebody who did not write it', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 1)))
    timeline.change(aChange(1, { isVouched: false, byId: 'mallory' }))
    expect(timeline.entries()[0]?.message.recalled).toBeUndefined()
    timeline.change(aChange(1, { isVouched: false, byId: 'bob' }))
    expect(timeline.entries()[0]?.message.recalled).toBeDefined()
  })

  it('does not bring a removed message back', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 2)))
    timeline.change(aChange(1, { kind: 'removed' } as Partial<MessageChange>))
    timeline.addPage(newestRequest, aPage(range(1, 2)))
    expect(texts()).toEqual(['message 2'])
  })

  it('lets the higher revision of an edit win whatever comes first', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage([aMessage({ seq: 1, text: 'first' })]))
    const edit = (text: string, revision: number) =>
      timeline.change({ ...aChange(1), kind: 'edited', body: { parts: [{ kind: 'text', text }] }, revision })
    edit('third', 3)
    edit('second', 2)
    timeline.addLive([aMessage({ seq: 1, text: 'first' })])
    expect(texts()).toEqual(['third'])
  })

  it('shows a message as failed when it bounces after it was accepted', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage([aMessage({ seq: 1, senderId: 'alice' })]))
    const error = new ChatError({ code: 'bounced', kind: 'not-found' })
    timeline.change(aChange(1, { kind: 'failed', error } as Partial<MessageChange>))
    expect(timeline.entries()[0]?.outbox).toEqual({ state: 'failed', error })
    timeline.addLive([aMessage({ seq: 1, senderId: 'alice' })])
    expect(timeline.entries()[0]?.outbox).toEqual({ state: 'failed', error })
  })

  it('keeps what was shown when a page fails', () => {
    const { timeline } = aTimeline()
    const error = new ChatError({ code: 'x', kind: 'offline' })
    timeline.startLoading(newestRequest)
    timeline.failLoading(newestRequest, error)
    expect(timeline.state).toBe('failed')
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(2, 3), { cursor: 'x' }))
    timeline.startLoading(olderRequest)
    timeline.failLoading(olderRequest, error)
    expect(timeline).toMatchObject({ state: 'ready', olderWork: error })
    expect(timeline.entries()).toHaveLength(2)
  })

  it('reads an empty conversation again after an interruption', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage([]))
    timeline.interrupt()
    expect(timeline.isInterrupted).toBe(true)
    timeline.addPage(newestRequest, aPage(range(1, 2)))
    expect(texts()).toEqual(['message 1', 'message 2'])
    expect(timeline.isInterrupted).toBe(false)
  })

  it('shows text from any wire without what no wire can carry', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage([aMessage({ seq: 1, text: 'a\r\nb\u0000c\ud800' })]))
    expect(texts()).toEqual(['a\nbc\ufffd'])
  })

  it('forgets everything when it is cleared, and the same keys may come again', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.clear({ keepsTail: false })
    expect(texts()).toEqual([])
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 1)))
    expect(texts()).toEqual(['message 1'])
  })
})

describe('Timeline with holes', () => {
  const seqs = (timeline: TimelineDriver) => timeline.entries().map(({ message }) => message.order?.major)

  it('takes in an older page beside the message it was asked for, though a gap lies below', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(11, 20), { cursor: '10' }))
    timeline.startLoading(olderRequest, aMessage({ seq: 11 }))
    timeline.interrupt()
    timeline.addPage(newestRequest, aPage(range(91, 100), { cursor: '90' }))
    timeline.addPage(olderRequest, aPage(range(1, 10)), aMessage({ seq: 11 }))
    expect(seqs(timeline)).toEqual([...range(1, 20), ...range(91, 100)].map(({ order }) => order?.major))
    expect(timeline.older).toEqual({ end: 'start' })
    expect([...timeline.it.gaps().keys()]).toEqual(['seq:1:91'])
  })

  it('does not take in a page that was asked for before it was cleared, nor its failure', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(11, 20), { cursor: '10' }))
    timeline.startLoading(olderRequest)
    timeline.clear({ keepsTail: true })
    expect(timeline.olderWork).toBe('idle')
    timeline.addPage(olderRequest, aPage(range(1, 10)))
    timeline.failLoading(olderRequest, new ChatError({ code: 'x', kind: 'offline' }))
    expect(texts()).toEqual([])
    expect(timeline).toMatchObject({ state: 'empty', olderWork: 'idle' })
  })

  it('keeps own messages without a place when its history is cleared', () => {
    const { timeline, texts } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 2)))
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'a', text: 'mine' }), clientKey('alice', 'a'))
    timeline.clear({ keepsTail: true })
    expect(texts()).toEqual(['mine'])
    timeline.clear({ keepsTail: false })
    expect(texts()).toEqual([])
  })

  it('is interrupted though its messages have no order', () => {
    const { timeline } = aTimeline(false)
    timeline.addPage(newestRequest, aPage([aMessage({ keys: ['k'] })]))
    timeline.interrupt()
    expect(timeline.isInterrupted).toBe(true)
  })

  it('sees the loss when the first message of an empty conversation is not number one', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage([]))
    timeline.addLive([aMessage({ seq: 5 })])
    expect(timeline.isInterrupted).toBe(true)
  })

  it('sees nothing lost where the numbers before the first message lie beyond the end of history', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage([], { end: 'joined' }))
    timeline.addLive([aMessage({ seq: 5 }), aMessage({ seq: 6 })])
    expect(timeline.isInterrupted).toBe(false)
  })

  it('stays interrupted when a second hole opens while the page for the first is on its way', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.addLive([aMessage({ seq: 6 })])
    timeline.startLoading(newestRequest)
    timeline.addLive([aMessage({ seq: 9 })])
    timeline.addPage(newestRequest, aPage(range(1, 6)))
    expect(timeline.isInterrupted).toBe(true)
    const again = { ...newestRequest }
    timeline.startLoading(again)
    timeline.addPage(again, aPage(range(7, 9), { cursor: '6' }))
    expect(timeline.isInterrupted).toBe(false)
    expect(seqs(timeline)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('is not healed by a page that was read before the interruption', () => {
    const { timeline } = aTimeline(false)
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.startLoading(newestRequest)
    timeline.interrupt()
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    expect(timeline.isInterrupted).toBe(true)
  })

  it('sees the loss when an own message gets a place behind lost ones', () => {
    const { timeline } = aTimeline()
    const rowKey = clientKey('alice', 'x')
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'x' }), rowKey)
    timeline.settle(rowKey, aMessage({ senderId: 'alice', seq: 6, clientId: 'x' }))
    expect(timeline.isInterrupted).toBe(true)
  })

  it('forgets why the newest page failed when a new interruption gives a reason to ask again', () => {
    const { timeline } = aTimeline()
    timeline.addPage(newestRequest, aPage(range(1, 3)))
    timeline.startLoading(newestRequest)
    timeline.failLoading(newestRequest, new ChatError({ code: 'x', kind: 'offline' }))
    expect(timeline).toMatchObject({ state: 'ready', error: { code: 'x' } })
    timeline.interrupt()
    expect(timeline.error).toBeUndefined()
  })
})

describe('Timeline and the names of messages', () => {
  it('settles into the own row the one that came live under the server key alone', () => {
    const { timeline, texts } = aTimeline()
    const rowKey = clientKey('alice', 'x')
    timeline.addPage(newestRequest, aPage([]))
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'x', text: 'hi' }), rowKey)
    timeline.addLive([aMessage({ senderId: 'alice', seq: 1, text: 'hi' })])
    timeline.settle(rowKey, aMessage({ senderId: 'alice', seq: 1, clientId: 'x', text: 'hi' }))
    expect(texts()).toEqual(['hi'])
    expect(timeline.entries()[0]).toMatchObject({ rowKey, outbox: { state: 'sent' } })
  })

  it('knows a joined row by every key of both', () => {
    const { timeline, texts } = aTimeline(false)
    const tell = (...keys: string[]) =>
      timeline.addLive([aMessage({ keys, order: { major: 1 }, text: keys.join('') })])
    timeline.addPage(newestRequest, aPage([]))
    tell('a')
    tell('b', 'c')
    expect(texts()).toEqual(['a', 'bc'])
    tell('a', 'b')
    tell('c')
    expect(texts()).toEqual(['c'])
  })

  it('keeps a recall that only one of two joined rows knew of', () => {
    const { timeline } = aTimeline(false)
    timeline.addPage(newestRequest, aPage([]))
    timeline.addLive([aMessage({ keys: ['a'], order: { major: 1 }, text: 'secret' })])
    timeline.addLive([aMessage({ keys: ['b'], order: { major: 1 }, text: 'secret' })])
    timeline.change(aChange(1, { ref: { conversationId: 'c1', keys: ['b'] } }))
    timeline.addLive([aMessage({ keys: ['a', 'b'], order: { major: 1 }, text: 'secret' })])
    expect(timeline.entries()).toMatchObject([{ message: { parts: [], recalled: {} } }])
  })

  it('does not let a message take the client key of another sender, not even ahead of him', () => {
    const { timeline, texts } = aTimeline(false)
    const forged = aMessage({
      keys: [clientKey('bob', 'x'), 'm'],
      senderId: 'mallory',
      order: { major: 1 },
      text: 'I owe you 1000',
    })
    timeline.addPage(newestRequest, aPage([]))
    timeline.addLive([forged, aMessage({ seq: 2, clientId: 'x', text: 'I owe you 10' }), forged])
    expect(texts()).toEqual(['I owe you 1000', 'I owe you 10'])
    expect(timeline.find([clientKey('bob', 'x')])?.message.senderId).toBe('bob')
  })

  it('does not let a message take over one of another sender by its server key', () => {
    const { timeline } = aTimeline(false)
    timeline.addPage(newestRequest, aPage([aMessage({ seq: 1, text: 'I owe you 10' })]))
    timeline.addLive([
      aMessage({ keys: ['seq:1:1', 'm'], senderId: 'mallory', order: { major: 2 }, text: 'I owe you 1000' }),
    ])
    timeline.addLive([aMessage({ seq: 1, text: 'I owe you 10' })])
    expect(timeline.entries().map(({ message }) => [message.senderId, ...textsOf([message])])).toEqual([
      ['bob', 'I owe you 10'],
      ['mallory', 'I owe you 1000'],
    ])
    expect(timeline.find(['seq:1:1'])?.message.senderId).toBe('bob')
  })

  it('keeps the others in order and finds each again though one has an order that is no number', () => {
    const { timeline, texts } = aTimeline(false)
    const majors = [5, NaN, 4, 6]
    timeline.addPage(newestRequest, aPage([]))
    timeline.addLive(
      majors.map((major) => aMessage({ keys: [`k${major}`], order: { major }, text: `${major}` })),
    )
    expect(texts()).toEqual(['4', '5', 'NaN', '6'])
    for (const major of majors) {
      timeline.change(aChange(1, { ref: { conversationId: 'c1', keys: [`k${major}`] } }))
    }
    expect(timeline.entries().map(({ message }) => message.recalled)).toEqual([{}, {}, {}, {}])
  })

  it('keeps an own message sent though a late failure is heard of it', () => {
    const { timeline } = aTimeline()
    const rowKey = clientKey('alice', 'x')
    timeline.addPage(newestRequest, aPage([]))
    timeline.addQueued(aMessage({ senderId: 'alice', clientId: 'x' }), rowKey)
    timeline.settle(rowKey, aMessage({ senderId: 'alice', clientId: 'x', seq: 1 }))
    timeline.setOutbox(rowKey, { state: 'failed', error: new ChatError({ code: 'x', kind: 'timeout' }) })
    expect(timeline.entry(rowKey)?.outbox).toEqual({ state: 'sent' })
  })
})
