/** What a reader takes for one character, where the platform cannot tell: enough for marks, emoji and flags. */
const ROUGH_GRAPHEME =
  /\r\n|\p{Regional_Indicator}{2}|[^](?:[\p{M}\p{Emoji_Modifier}\u200c\u200d]|(?<=\u200d)\p{Extended_Pictographic})*/gu

/** What belongs to the character before it. */
const CONTINUES = /[\p{M}\p{Emoji_Modifier}\u200c\u200d]/u

let segmenter: Intl.Segmenter | null | undefined

/** What a reader takes for one character each, in order; joined they are the text. Nothing is read ahead. */
export function* graphemesOf(text: string): Generator<string, void> {
  // Mini-programs and old browsers have no segmenter; making one is dear, so it is made once.
  segmenter ??= typeof Intl !== 'undefined' && 'Segmenter' in Intl ? new Intl.Segmenter() : null
  if (segmenter) for (const { segment } of segmenter.segment(text)) yield segment
  else for (const [grapheme] of text.matchAll(ROUGH_GRAPHEME)) yield grapheme
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
