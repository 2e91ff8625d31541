import { describe, expect, it } from 'vitest'
import { ChatError, clientKey } from '../../../src/model'
import { aMessage, aPage, newestRequest, textsOf } from '../../support/builders'
import type { MessageTraits } from '../../support/builders'
import { TimelineDriver } from '../../support/timelineDriver'

function make() {
  const timeline = new TimelineDriver('alice', () => false)
  return { timeline, texts: () => textsOf(timeline.entries().map(({ message }) => message)) }
}
function range(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }))
}
const rowKey = clientKey('alice', 'x')
function own(seq?: number, more: MessageTraits = {}) {
  return aMessage({
    senderId: 'alice',
    clientId: 'x',
    ...(seq !== undefined && { seq }),
    text: 'own',
    ...more,
  })
}

describe('A timeline under attack', () => {
  it('shows the gap above an own message whose answer came before what was missed', () => {
    const { timeline } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 7)))
    timeline.addQueued(own(), rowKey)
    timeline.settle(rowKey, own(310))
    timeline.interrupt()
    const again = { ...newestRequest }
    timeline.startLoading(again)
    timeline.addPage(again, aPage([...range(291, 309), own(310)], { cursor: 'c' }))
    expect(timeline.it.gaps().size).toBe(1)
  })
  it('shows the gap above a message without order that came after an interruption', () => {
    const { timeline } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 5)))
    timeline.interrupt()
    timeline.addLive([aMessage({ keys: ['srv:u'], sentAt: 9e6, text: 'u' })])
    const again = { ...newestRequest }
    timeline.startLoading(again)
    timeline.addPage(
      again,
      aPage([...range(51, 70), aMessage({ keys: ['srv:u'], order: { major: 71 }, text: 'u' })], {
        cursor: 'c',
      }),
    )
    expect(timeline.it.gaps().size).toBe(1)
  })
  it('keeps what came live while two pages for the end were on their way and one failed', () => {
    const { timeline, texts } = make()
    timeline.startLoading(newestRequest)
    const around = { ...newestRequest, from: { at: 1 }, direction: 'around' as const }
    timeline.addPage(newestRequest, aPage(range(100, 110), { cursor: 'c' }))
    timeline.startLoading(around)
    timeline.addPage(around, { ...aPage(range(1, 5)), newer: { cursor: 'n' } })
    expect(timeline.it.isDetached).toBe(true)
    const newer = { ...newestRequest, from: { cursor: 'n' }, direction: 'newer' as const }
    const beside = aMessage({ seq: 5 })
    timeline.startLoading(newer, beside)
    timeline.addLive([aMessage({ seq: 111 })])
    const newest = { ...newestRequest }
    timeline.startLoading(newest)
    timeline.addPage(newer, aPage(range(6, 110)), beside)
    timeline.failLoading(newest, new ChatError({ code: 'x', kind: 'timeout' }))
    timeline.addLive([aMessage({ seq: 112 })])
    expect(timeline.it.isDetached).toBe(false)
    expect(texts().includes('message 111') || timeline.it.gaps().size > 0 || timeline.isInterrupted).toBe(
      true,
    )
  })
  it('takes away an own message that was cleared before its answer came', () => {
    const { timeline, texts } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 5)))
    timeline.addQueued(own(), rowKey)
    timeline.clear({ keepsTail: true, upToAt: 2_000_000 })
    timeline.settle(rowKey, own(6, { sentAt: 1_500_000 }))
    expect(texts()).toEqual([])
  })
  it('takes away an own message that was deleted elsewhere before its answer came', () => {
    const { timeline, texts } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 5)))
    timeline.addQueued(own(), rowKey)
    timeline.change({ kind: 'removed', ref: { conversationId: 'c1', keys: ['seq:1:6'] }, isVouched: true })
    timeline.settle(rowKey, own(6))
    expect(texts()).not.toContain('own')
  })
  it('clears own messages without order that the backend has', () => {
    const { timeline, texts } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 5)))
    timeline.addLive([aMessage({ senderId: 'alice', keys: ['srv:o'], sentAt: 1_900_000, text: 'mine' })])
    timeline.clear({ keepsTail: true, upToAt: 2_000_000 })
    expect(texts()).toEqual([])
  })
  it('counts what left the end of the window while the reader was further up', () => {
    const { timeline } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage(range(1, 20)))
    timeline.take({ kind: 'following', isFollowing: false })
    for (let n = 21; n <= 560; n++) timeline.addLive([aMessage({ seq: n })])
    expect(timeline.it.isDetached).toBe(true)
    expect(timeline.it.missedCount).toBe(560 - (timeline.entries().at(-1)?.message.order?.major ?? 0))
  })
  it('does not settle an own message into one of another sender that took its key', () => {
    const { timeline, texts } = make()
    timeline.startLoading(newestRequest)
    timeline.addPage(newestRequest, aPage([]))
    timeline.addQueued(own(), rowKey)
    timeline.addLive([
      aMessage({ senderId: 'mallory', keys: [rowKey, 'srv:m'], order: { major: 1 }, text: 'evil' }),
    ])
    timeline.settle(rowKey, own(2))
    expect(texts()).toEqual(['evil', 'own'])
  })
})
