import { describe, expect, it } from 'vitest'
import { TimelineDriver } from '../../support/timelineDriver'
import { keepEarly, takeEarly } from '../../../src/core/timeline/earlyChanges'
import type { MessageChange } from '../../../src/model'
import { aMessage, aPage, newestRequest } from '../../support/builders'

class EarlyChanges {
  private waiting: readonly MessageChange[] = []
  keep(change: MessageChange): void {
    this.waiting = keepEarly(this.waiting, change)
  }
  take(keys: readonly string[]): readonly MessageChange[] {
    const { taken, rest } = takeEarly(this.waiting, keys)
    this.waiting = rest
    return taken
  }
}

const edit = (words: string, keys: readonly string[], revision?: number): MessageChange => ({
  kind: 'edited',
  ref: { conversationId: 'c1', keys },
  isVouched: true,
  body: { parts: [{ kind: 'text', text: words }] },
  ...(revision !== undefined && { revision }),
})

describe('Timeline', () => {
  it('leaves nothing of the words of a recalled message when a late edit is heard of', () => {
    const timeline = new TimelineDriver('alice', () => false)
    timeline.addPage(newestRequest, aPage([aMessage({ seq: 1, text: 'secret' })]))
    timeline.change({
      kind: 'recalled',
      isVouched: true,
      ref: { conversationId: 'c1', keys: ['seq:1:1'] },
    })
    timeline.change(edit('secret, edited', ['seq:1:1'], 2))
    expect(timeline.entries()).toMatchObject([{ message: { parts: [], recalled: {} } }])
  })
  it('hands out what waits under different keys of a message in the order it came', () => {
    const early = new EarlyChanges()
    const changes = [edit('first', ['b']), edit('second', ['a'])]
    for (const change of changes) early.keep(change)
    expect(early.take(['a', 'b'])).toEqual(changes)
  })
  it('does not apply a change again when the message turns out to have the other key it named', () => {
    const timeline = new TimelineDriver('alice', () => false)
    timeline.addPage(newestRequest, aPage([]))
    timeline.change(edit('first', ['a', 'b']))
    timeline.addLive([aMessage({ keys: ['a'], order: { major: 1 }, text: 'zero' })])
    timeline.change(edit('second', ['a']))
    timeline.addLive([aMessage({ keys: ['a', 'b'], order: { major: 1 }, text: 'second' })])
    expect(timeline.entries()).toMatchObject([{ message: { parts: [{ text: 'second' }] } }])
  })
})
