const openers = /[\u2066-\u2068]/u
const closer = '\u2069'
/** Letters that run from right to left, and signs that turn the direction of what follows them. */
const turnsTheLine =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * Words that other people wrote, ready to stand inside a sentence: where they could turn the rest of the line around,
 * they are closed in U+2068 … U+2069, and isolates that they leave open or close too often are made even first.
 */
export function isolate(words: string): string {
  return turnsTheLine.test(words) ? `\u2068${balanced(words)}${closer}` : words
}

function balanced(words: string): string {
  let open = 0
  const kept = words.replace(/[\u2066-\u2069]/gu, (sign) => {
    if (openers.test(sign)) open++
    else if (open === 0) return ''
    else open--
    return sign
  })
  return kept + closer.repeat(open)
}
