import { describe, expect, it } from 'vitest'
import { triggerAt } from '../../../src/components/Composer/trigger'

/** The cursor stands at the bar. */
function at(marked: string) {
  const caret = marked.indexOf('|')
  const found = triggerAt(marked.replace('|', ''), caret)
  return found && `${found.sign}${found.query}#${found.start}`
}

describe('the sign before a name', () => {
  it.each([
    ['@|', '@#0'],
    ['@bo|', '@bo#0'],
    ['Hi @bo| there', '@bo#3'],
    ['你好@林|', '@林#2'],
    ['＠林|', '@林#0'],
    ['(@al|', '@al#1'],
    ['@Alice Mar|', '@Alice Mar#0'],
    ['line\n@bo|', '@bo#5'],
  ])('is found in %s', (text, found) => expect(at(text)).toBe(found))

  it.each(['me@example.com|', 'a.b@c|', '@ |', '@bo\n|', 'none|', '|@bo', `@${'x'.repeat(41)}|`, '@@|'])(
    'is none in %s',
    (text) => expect(at(text)).toBeUndefined(),
  )

  it('costs the same in a long text', () => {
    expect(at(`${'x'.repeat(100_000)} @bo|`)).toBe('@bo#100001')
  })
})

describe('the sign before an emoji', () => {
  it.each([
    [':sm|', ':sm#0'],
    ['so :thumbs_up|', ':thumbs_up#3'],
    ['真的:笑|', ':笑#2'],
    ['：笑|', ':笑#0'],
    [':+1|', ':+1#0'],
  ])('is found in %s', (text, found) => expect(at(text)).toBe(found))

  it.each([':|', ':D|', 'at 12:30|', 'https://ab|', 'http:ab|', '::ab|', ': ab|', 'std::vec|'])(
    'is none in %s',
    (text) => expect(at(text)).toBeUndefined(),
  )
})
