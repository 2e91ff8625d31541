/** How wide a piece of text is, in pixels. */
export type MeasureText = (text: string) => number

const opening = '[（〔［｛《「『【〖〈“‘(\\[{]'
const closing = '[）〕］｝》」』】〗〉”’。，、；：？！…—～・,.!?;:)\\]}%]'
const wide = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Extended_Pictographic}ー]'
const joined = '(?:[\\u{1f3fb}-\\u{1f3ff}]|\\ufe0f|\\u20e3|\\u200d\\p{Extended_Pictographic})'
/** What a line is not broken within: a word up to its hyphen, one wide character with the marks that cling to it, a space. */
const unit = new RegExp(
  `\\s|${opening}*(?:${wide}${joined}*|(?:(?!${wide})[^\\s-])+-*|-+)${closing}*|${opening}+|${closing}+`,
  'gu',
)

/**
 * How many lines a text takes in so much room, with something of a given width after its last word. A browser breaks lines by
 * longer rules; these are right but for a few texts.
 */
export function textLines(text: string, roomPx: number, endPx: number, measure: MeasureText): number {
  const paragraphs = text.split(/\r\n|\r|\n/u)
  let lines = 0
  let usedPx = 0
  for (const paragraph of paragraphs) {
    const end = paragraphEnd(paragraph, roomPx, measure)
    lines += end.lines
    usedPx = end.usedPx
  }
  return usedPx + endPx > roomPx ? lines + 1 : lines
}

function paragraphEnd(text: string, roomPx: number, measure: MeasureText): { lines: number; usedPx: number } {
  let lines = 1
  let usedPx = 0
  for (const [part] of text.matchAll(unit)) {
    const px = measure(part)
    // Spaces at the end of a line hang out of it.
    if (usedPx + px <= roomPx || part.trim() === '') {
      usedPx += px
      continue
    }
    if (usedPx > 0) lines++
    if (px <= roomPx) {
      usedPx = px
      continue
    }
    const broken = brokenWord(part, roomPx, measure)
    lines += broken.lines - 1
    usedPx = broken.usedPx
  }
  return { lines, usedPx }
}

/** A word that is longer than a line is broken wherever the line is full. */
function brokenWord(word: string, roomPx: number, measure: MeasureText): { lines: number; usedPx: number } {
  let lines = 1
  let usedPx = 0
  for (const character of word) {
    const px = measure(character)
    if (usedPx > 0 && usedPx + px > roomPx) {
      lines++
      usedPx = 0
    }
    usedPx += px
  }
  return { lines, usedPx }
}
