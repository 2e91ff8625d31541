/** More emoji than this are a text. */
const mostEmoji = 3
const oneEmoji = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u

/** How many emoji a text consists of: 1 to 3, or 0 where there is anything else in it or more of them. */
export function emojiOnlyCount(text: string): number {
  const compact = text.trim()
  // The longest emoji are families and flags of regions; a longer text needs no counting.
  if (compact === '' || compact.length > mostEmoji * 32) return 0
  let count = 0
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(compact)) {
    if (segment.trim() === '') continue
    if (!oneEmoji.test(segment) || ++count > mostEmoji) return 0
  }
  return count
}
