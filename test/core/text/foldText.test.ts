import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, occurrences } from '../../../src/core/text'

const found = (text: string, words: string) =>
  occurrences(text, words).map(({ start, end }) => text.slice(start, end))

describe('occurrences', () => {
  it('are found whatever their case, accents and width', () => {
    expect(found('Král, KRAL and kra\u0301l', 'kral')).toEqual(['Král', 'KRAL', 'kra\u0301l'])
    expect(found('ＡＢＣ ﬁsh', 'ab')).toEqual(['ＡＢ'])
    expect(found('明天见,明天', '明天')).toEqual(['明天', '明天'])
  })

  it('never cut a letter in two, even where it becomes several', () => {
    expect(found('ﬁsh', 'f')).toEqual(['ﬁ'])
    expect(found('😀a😀', '😀')).toEqual(['😀', '😀'])
  })

  it('are none of nothing, and at most so many', () => {
    expect(occurrences('abc', '  ')).toEqual([])
    expect(occurrences('aaaaaa', 'a', 3)).toHaveLength(3)
  })

  it('lie in order inside the text and hold what was looked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', maxLength: 3 }),
        (text, words) => {
          let at = 0
          for (const { start, end } of occurrences(text, words)) {
            expect(start).toBeGreaterThanOrEqual(at)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
            expect(foldText(text.slice(start, end))).toContain(foldText(words.trim()))
            at = start
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
