/** What a reader takes for one character, where the platform cannot tell: enough for marks, emoji and flags. */
const ROUGH_GRAPHEME =
  /\r\n|\p{Regional_Indicator}{2}|[^](?:\p{M}|\p{Emoji_Modifier}|\u200c|\u200d|(?<=\u200d)\p{Extended_Pictographic})*/gu

/** What belongs to the character before it: marks, tones, joiners, tags, and the later parts of Korean and Thai syllables. */
export const CONTINUING = String.raw`\u200d\u200c\p{M}\p{Emoji_Modifier}\u{e0020}-\u{e007f}\uff9e\uff9f\u0e33\u0eb3\u1160-\u11ff\ud7b0-\ud7fb`
const CONTINUES = new RegExp(`[${CONTINUING}]`, 'u')

/** Signs that stand alone beside each other: what is written most, and needs nobody who knows all scripts. */
const STANDS_ALONE =
  /[\x20-\x7e\u00c0-\u024f\u0400-\u0481\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]/

let segmenter: Intl.Segmenter | null | undefined

/** Every step of a segmenter costs as much as the text it was given is long, so it is given little at a time. */
const windowUnits = 256

/** What a reader takes for one character each, in order; joined they are the text. Nothing is read far ahead. */
export function* graphemesOf(text: string): Generator<string, void> {
  let start = 0
  for (; isAlone(text, start); start++) yield text.charAt(start)
  if (start === text.length) return
  // Mini-programs and old browsers have no segmenter; making one is dear, so it is made once, and not before it is needed.
  segmenter ??= typeof Intl !== 'undefined' && 'Segmenter' in Intl ? new Intl.Segmenter() : null
  if (!segmenter) {
    for (const [grapheme] of text.slice(start).matchAll(ROUGH_GRAPHEME)) yield grapheme
    return
  }
  let units = windowUnits
  while (start < text.length) {
    const windowStart = start
    const end = endOfWindow(text, start + units)
    for (const { segment } of segmenter.segment(text.slice(start, end))) {
      // The last one of a window may go on behind it.
      if (start + segment.length === end && end < text.length) break
      yield segment
      start += segment.length
      if (units > windowUnits) break
    }
    // One character may be longer than the window, marks piled upon marks.
    units = start === windowStart ? units * 2 : windowUnits
  }
}

/** True where a character of one unit stands at `index`, and the next one is not part of it. */
function isAlone(text: string, index: number): boolean {
  if (index >= text.length || !STANDS_ALONE.test(text.charAt(index))) return false
  return index + 1 === text.length || STANDS_ALONE.test(text.charAt(index + 1))
}

/** No window ends between the two halves of a sign. */
function endOfWindow(text: string, end: number): number {
  if (end >= text.length) return text.length
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end
}

/** True where what begins at `index` belongs to the character before, so that a cut there would break it. */
export function continuesGrapheme(text: string, index: number): boolean {
  const code = text.codePointAt(index)
  return code !== undefined && CONTINUES.test(String.fromCodePoint(code))
}

/** The longest beginning of `text` of at most `most` UTF-16 units that cuts no character in two. */
export function truncateToUnits(text: string, most: number): string {
  if (text.length <= most) return text
  let end = 0
  for (const grapheme of graphemesOf(text)) {
    if (end + grapheme.length > most) break
    end += grapheme.length
  }
  return text.slice(0, end)
}
