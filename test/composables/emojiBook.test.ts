import en from 'emojibase-data/en/compact.json' with { type: 'json' }
import names from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' }
import zh from 'emojibase-data/zh/compact.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { EMOJI_GROUPS, emojiOf, findEmojiBy, inTone } from '../../src/composables/emojiBook'
import { QUICK_REACTIONS } from '../../src/composables'
import type { EmojiRecord, ShortNames } from '../../src/composables/emojiBook'

const english = emojiOf(en as readonly EmojiRecord[], names as ShortNames)
const chinese = emojiOf(zh as readonly EmojiRecord[], names as ShortNames)
const found = (query: string, all = english, most = 8) =>
  findEmojiBy(query, all, most).map(({ unicode }) => unicode)

describe('the emoji of the data set', () => {
  it('are in all groups, each once, and pieces of emoji are in none', () => {
    expect(new Set(english.map(({ group }) => group))).toEqual(new Set(EMOJI_GROUPS))
    expect(new Set(english.map(({ unicode }) => unicode)).size).toBe(english.length)
    expect(english.length).toBeGreaterThan(1_800)
    expect(english.map(({ unicode }) => unicode)).toEqual(chinese.map(({ unicode }) => unicode))
  })

  it('are written as everybody writes them', () => {
    expect(english.filter(({ unicode }) => /^\p{Emoji_Presentation}\uFE0F$/u.test(unicode))).toEqual([])
    const signs = new Set(english.map(({ unicode }) => unicode))
    for (const quick of QUICK_REACTIONS) expect([quick, signs.has(quick)]).toEqual([quick, true])
  })

  it('begin with faces', () => {
    expect(english[0]).toMatchObject({ unicode: '😀', group: 'smileys', codes: ['grinning'] })
    expect(chinese[0]?.label).toMatch(/\p{Script=Han}/u)
  })

  it('have a tone of skin where they can have one', () => {
    const wave = english.find(({ unicode }) => unicode === '👋')!
    expect([0, 1, 5].map((tone) => inTone(wave, tone))).toEqual(['👋', '👋🏻', '👋🏿'])
    const joy = english.find(({ unicode }) => unicode === '😂')!
    expect(inTone(joy, 5)).toBe('😂')
    const shake = english.find(({ unicode }) => unicode === '🤝')!
    expect(inTone(shake, 3)).toBe('🤝🏽')
  })
})

describe('looking for an emoji', () => {
  it('finds short names first', () => {
    expect(found('joy')[0]).toBe('😂')
    expect(found('+1')[0]).toMatch(/^👍/u)
    expect(found('thumbs')[0]).toBe(found('thumbsup')[0])
    expect(found('heart')[0]).toBe('❤️')
    expect(found('wav')[0]).toBe('👋')
  })

  it('finds labels and tags, in Chinese from any character', () => {
    expect(found('cat', english, 50)).toContain('🐈')
    expect(found('笑', chinese, 50)).toContain('😂')
    expect(found('猫', chinese, 50)).toContain('🐈')
    expect(found('哭', chinese, 50)).toContain('😭')
  })

  it('finds nothing for nothing, and no more than asked for', () => {
    expect(found('')).toEqual([])
    expect(found('xyzzy')).toEqual([])
    expect(found('face')).toHaveLength(8)
  })
})
