import { describe, expect, it } from 'vitest'
import { mergeMessage } from '../../../src/core/timeline/mergeMessage'
import { clientKey } from '../../../src/model'
import { aMessage, textsOf } from '../../support/builders'

describe('two tellings of one message', () => {
  it('add up their keys, and stay the same keys where nothing is new', () => {
    const known = aMessage({ seq: 1, clientId: 'x' })
    expect(mergeMessage(known, aMessage({ seq: 1 })).keys).toBe(known.keys)
    expect(mergeMessage(aMessage({ seq: 1 }), known).keys).toEqual(['seq:1:1', clientKey('bob', 'x')])
  })

  it('show the higher revision, and the later telling where revisions are equal', () => {
    const merge = (known: number | undefined, told: number | undefined) =>
      textsOf([
        mergeMessage(
          aMessage({ seq: 1, text: 'known', ...(known !== undefined && { revision: known }) }),
          aMessage({ seq: 1, text: 'told', ...(told !== undefined && { revision: told }) }),
        ),
      ])
    expect(merge(undefined, undefined)).toEqual(['told'])
    expect(merge(2, 2)).toEqual(['told'])
    expect(merge(2, 3)).toEqual(['told'])
    expect(merge(2, 1)).toEqual(['known'])
    expect(merge(1, undefined)).toEqual(['known'])
  })

  it('keep what the later one leaves out', () => {
    const known = aMessage({ seq: 1, text: 'hello', senderName: 'Bob' })
    const merged = mergeMessage(known, { ...known, parts: [], senderName: undefined } as never)
    expect(merged).toMatchObject({ senderName: 'Bob', parts: [{ text: 'hello' }] })
  })

  it('stay recalled, whichever of them knew it', () => {
    const message = aMessage({ seq: 1, text: 'secret' })
    const recalled = { ...message, parts: [], recalled: { byId: 'bob' } }
    for (const merged of [mergeMessage(message, recalled), mergeMessage(recalled, message)]) {
      expect(merged).toMatchObject({ parts: [], recalled: { byId: 'bob' } })
    }
  })

  it('do not let a passing one change a stored one', () => {
    const stored = aMessage({ seq: 1, text: 'I owe you 10' })
    const passing = aMessage({ keys: ['seq:1:1', 'other'], text: 'nothing', delivery: 'online-only' })
    expect(mergeMessage(stored, passing)).toEqual({ ...stored, keys: ['seq:1:1', 'other'] })
    expect(textsOf([mergeMessage(passing, stored)])).toEqual(['I owe you 10'])
  })

  it('leave a message that the backend holds twice where it stood first', () => {
    const first = aMessage({ seq: 3, clientId: 'x', text: 'hi' })
    const copy = aMessage({ seq: 9, clientId: 'x', text: 'hi' })
    for (const merged of [mergeMessage(first, copy), mergeMessage(copy, first)]) {
      expect(merged).toMatchObject({ order: first.order, sentAt: first.sentAt })
      expect([...merged.keys].sort()).toEqual([clientKey('bob', 'x'), 'seq:1:3', 'seq:1:9'])
    }
    expect(mergeMessage(first, { ...copy, parts: [{ kind: 'text', text: 'other words' }] }).order).toEqual(
      copy.order,
    )
  })
})
