import type { Message } from '../../model'

/** More emoji than this are a text. */
const mostEmoji = 3
/** The longest emoji are families and flags of regions; a longer text needs no counting. */
const mostCharacters = mostEmoji * 32
const oneEmoji = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

const counts = new WeakMap<Message, number>()

/** How many emoji a message is that is one text of 1 to 3 emoji, else 0. The same message is counted once. */
export function emojiCountOf(message: Message): number {
  const known = counts.get(message)
  if (known !== undefined) return known
  const [only, ...others] = message.parts
  const count = only?.kind === 'text' && others.length === 0 ? emojiOnlyCount(only.text) : 0
  counts.set(message, count)
  return count
}

/** How many emoji a text consists of: 1 to 3, or 0 where there is anything else in it or more of them. */
export function emojiOnlyCount(text: string): number {
  if (text.length > mostCharacters) return 0
  let count = 0
  for (const { segment } of graphemes.segment(text.trim())) {
    if (segment.trim() === '') continue
    if (!oneEmoji.test(segment) || ++count > mostEmoji) return 0
  }
  return count
}
