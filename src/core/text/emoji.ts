import { CONTINUING, graphemesOf } from './graphemes'

/** More emoji than this are a text. */
const mostEmoji = 3
/** The longest emoji are families and flags of regions; a longer text needs no counting. */
const mostCharacters = mostEmoji * 32
const beginsWithEmoji = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u

/** What may follow the sign itself: how it is drawn, a tone of skin, or the letters of a region's flag. */
const after = String.raw`(?:\uFE0F|\p{Emoji_Modifier}|[\u{E0020}-\u{E007E}]{1,16}\u{E007F})?`
/** Drawn as a picture by itself, or because of what follows. */
const first = String.raw`\p{Extended_Pictographic}(?:(?<=\p{Emoji_Presentation})|(?=[\uFE0F\u200D\p{Emoji_Modifier}]))`
/**
 * One emoji as a reader sees it, and nothing that is written as text by default. The longest chains there are have fewer
 * than ten links; without that bound a text of nothing but chains would be read again from each of them.
 */
const EMOJI = new RegExp(
  String.raw`(?:\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3|(?<!\u200D)${first}${after}(?:\u200D\p{Extended_Pictographic}${after}){0,9})(?![${CONTINUING}])`,
  'gu',
)

/** The emoji in a text, each with the place where it begins. */
export function* findEmoji(text: string): Iterable<{ readonly start: number; readonly raw: string }> {
  for (const { 0: raw, index } of text.matchAll(EMOJI)) yield { start: index, raw }
}

/** How many emoji a text consists of: 1 to 3, or 0 where there is anything else in it or more of them. */
export function emojiOnlyCount(text: string): number {
  if (text.length > mostCharacters) return 0
  const words = text.trim()
  if (!beginsWithEmoji.test(words)) return 0
  let count = 0
  for (const grapheme of graphemesOf(words)) {
    if (grapheme.trim() === '') continue
    if (!beginsWithEmoji.test(grapheme) || ++count > mostEmoji) return 0
  }
  return count
}
