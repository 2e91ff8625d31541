import { describe, expect, it } from 'vitest'
import { emojiOnlyCount } from '../../../src/core/text'

describe('messages of nothing but emoji', () => {
  it('are counted as a reader counts them', () => {
    for (const [text, count] of [
      ['👍', 1],
      ['👍🏽', 1],
      ['👩‍👩‍👧', 1],
      ['🇨🇳', 1],
      ['1️⃣', 1],
      ['❤️ 🎉', 2],
      ['🎉🎉🎉', 3],
    ] as const) {
      expect([text, emojiOnlyCount(text)]).toEqual([text, count])
    }
  })

  it('are not those with words, digits or more than three', () => {
    for (const text of ['', ' ', 'ok', '👍 ok', '1', '#', '🎉🎉🎉🎉', '🇨'])
      expect([text, emojiOnlyCount(text)]).toEqual([text, 0])
  })
})
