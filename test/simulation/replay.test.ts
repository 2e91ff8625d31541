import { describe, expect, it } from 'vitest'
import { playStory } from './story'
import { judge } from './truth'
import type { Written } from './truth'

describe('a story', () => {
  it('is the same to the last word when its seed is played again', async () => {
    const first = await playStory(5)
    const again = await playStory(5)
    expect(again.log).toEqual(first.log)
    expect(again.hash).toBe(first.hash)
    expect(first.log.length).toBeGreaterThan(100)
    expect((await playStory(6)).hash).not.toBe(first.hash)
  })
})

describe('the judge', () => {
  const say = (text: string, more: Partial<Written> = {}): Written => ({
    ...{ text, byId: 'ann', conversationId: 'c', tab: 'ann1', rowKey: text, isCertain: true },
    isTroubled: false,
    ...more,
  })
  const sees = (userId: string, ...texts: string[]) => ({ userId, conversationId: 'c', texts })

  it('is content where all see the same, each message once', () => {
    expect(judge([say('1'), say('2')], [sees('ann', '1', '2'), sees('ben', '1', '2')])).toEqual([])
  })

  it.each([
    ['a message is missing', [sees('ann', '1')]],
    ['a message stands twice', [sees('ann', '1', '2', '2')]],
    ['a message is older than the one before it', [sees('ann', '2', '1')]],
    ['somebody sees what nobody wrote', [sees('ann', '1', '2', '3')]],
    ['two see different things', [sees('ann', '1', '2'), sees('ben', '2', '1')]],
  ])('notices where %s', (_, seen) => {
    expect(judge([say('1'), say('2')], seen)).not.toEqual([])
  })

  it('lets a message be gone that its dying tab had not kept', () => {
    expect(judge([say('1', { isCertain: false }), say('2')], [sees('ann', '2')])).toEqual([])
  })
})
