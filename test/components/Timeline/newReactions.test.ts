import { describe, expect, it } from 'vitest'
import { createReactionWatch } from '../../../src/components/Timeline/newReactions'
import type { TimelineRow } from '../../../src/composables'
import type { ReactionTotal } from '../../../src/model'
import { aMessage } from '../../support/builders'

function row(key: string, reactions: readonly ReactionTotal[], isOwn = true): TimelineRow {
  return {
    key,
    message: { ...aMessage(), reactions },
    isOwn,
    isRunStart: true,
    isRunEnd: true,
    isFirstUnread: false,
  }
}

const given = (key: string, ...someIds: string[]): ReactionTotal => ({
  key,
  count: someIds.length,
  someIds,
  ...(someIds.includes('alice') && { isMine: true }),
})

describe('Reactions to own messages', () => {
  it('are told once each, with who gave them', () => {
    const newOf = createReactionWatch('alice')
    expect(newOf([row('1', [])])).toEqual([])
    const once = [row('1', [given('🎉', 'bob')])]
    expect(newOf(once)).toMatchObject([{ key: '🎉', userId: 'bob' }])
    expect(newOf(once)).toEqual([])
    expect(newOf([row('1', [given('🎉', 'bob', 'carol'), given('👍', 'dave')])])).toMatchObject([
      { key: '🎉', userId: 'carol' },
      { key: '👍', userId: 'dave' },
    ])
  })

  it('are not told of messages that have just come on screen, of others, or where they are one’s own', () => {
    const newOf = createReactionWatch('alice')
    expect(newOf([row('1', [given('🎉', 'bob')]), row('2', [], false)])).toEqual([])
    expect(newOf([row('1', [given('🎉', 'bob', 'alice')]), row('2', [given('👍', 'bob')], false)])).toEqual(
      [],
    )
    expect(newOf([row('1', [given('🎉', 'alice')])])).toEqual([])
  })

  it('are told as a number where the backend only counts', () => {
    const newOf = createReactionWatch('alice')
    newOf([row('1', [])])
    expect(newOf([row('1', [{ key: '🎉', count: 2, someIds: [] }])])).toMatchObject([
      { userId: undefined },
      { userId: undefined },
    ])
  })
})
