import { describe, expect, it } from 'vitest'
import { emojiAt, emojiRows, moveInGrid } from '../../../src/components/EmojiPicker/emojiRows'
import type { Emoji } from '../../../src/composables'

const emoji = (signs: string): readonly Emoji[] =>
  [...signs].map((unicode) => ({ unicode, label: unicode, group: 'smileys', tags: [], codes: [] }))
const rows = emojiRows(
  [
    { id: 'recent', title: 'Used last', emoji: emoji('ab') },
    { id: 'none', title: 'Empty', emoji: [] },
    { id: 'all', title: 'All', emoji: emoji('cdefghi') },
  ],
  3,
)
/** The sign that keys lead to, from the first one. */
function after(...keys: readonly string[]): string | undefined {
  const cell = keys.reduce<ReturnType<typeof moveInGrid>>(
    (from, key) => moveInGrid(rows, from, key, 2) ?? from,
    moveInGrid(rows, undefined, 'ArrowDown', 2),
  )
  return emojiAt(rows, cell)?.unicode
}

describe('the grid of emoji', () => {
  it('has headings over groups, and none over nothing', () => {
    expect(rows.map((row) => (row.kind === 'title' ? row.title : row.emoji.length))).toEqual([
      'Used last',
      2,
      'All',
      3,
      3,
      1,
    ])
  })

  it.each([
    [[], 'a'],
    [['ArrowRight'], 'b'],
    [['ArrowRight', 'ArrowRight'], 'c'],
    [['ArrowDown'], 'c'],
    [['ArrowDown', 'ArrowLeft'], 'b'],
    [['ArrowLeft'], 'a'],
    [['ArrowUp'], 'a'],
    [['End'], 'i'],
    [['End', 'ArrowRight'], 'i'],
    [['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown'], 'i'],
    [['PageDown'], 'f'],
    [['PageDown', 'PageDown', 'PageUp'], 'c'],
    [['End', 'Home'], 'a'],
  ])('leads by %j to %s', (keys, sign) => expect(after(...keys)).toBe(sign))

  it('is not entered by keys that move the cursor of the search', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'Home', 'End', 'a']) {
      expect(moveInGrid(rows, undefined, key, 2)).toBeUndefined()
    }
    expect(moveInGrid([], undefined, 'ArrowDown', 2)).toBeUndefined()
  })
})
