/** Letters without case, accents and width, so that "kral" finds "Král" and "ＡＢ" finds "ab". */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A stretch of a text, in UTF-16 code units: from `start` up to but not including `end`. */
export interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * Where a text holds the words searched for, whatever their case, accents and width; at most `most` places, none
 * overlapping. The work grows with the length of the text, not with what is in it.
 */
export function occurrences(text: string, words: string, most = 100): readonly Stretch[] {
  const wanted = foldText(words.trim())
  if (wanted === '') return []
  let folded = ''
  /** Where each folded code unit comes from. */
  const origins: number[] = []
  let at = 0
  for (const character of text) {
    const part = foldText(character)
    folded += part
    for (let unit = 0; unit < part.length; unit++) origins.push(at)
    at += character.length
  }
  origins.push(text.length)
  const found: Stretch[] = []
  let from = folded.indexOf(wanted)
  while (from >= 0 && found.length < most) {
    const start = origins[from] ?? 0
    const last = origins[from + wanted.length - 1] ?? start
    // What follows without a folded unit of its own, an accent, belongs to the letter before it.
    const end = origins[from + wanted.length] ?? text.length
    found.push({ start, end: Math.max(end, last + 1) })
    from = folded.indexOf(wanted, from + wanted.length)
  }
  return found
}
