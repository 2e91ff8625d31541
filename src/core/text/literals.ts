/** Finds fixed words in texts; of two that begin at one place the longer one counts. */
export interface LiteralFinder<T> {
  /** The words in a text, in order, none over another. */
  find(text: string): Iterable<{ readonly start: number; readonly raw: string; readonly value: T }>
}

/** A finder of the words that are the keys of a map; `accepts` may refuse a place. Its work grows with the text alone. */
export function createLiteralFinder<T>(
  valueByWord: ReadonlyMap<string, T>,
  accepts: (text: string, start: number, end: number) => boolean = () => true,
): LiteralFinder<T> {
  const lengthsByFirst = new Map<string, Set<number>>()
  for (const word of valueByWord.keys()) {
    const first = word.charAt(0)
    if (first === '') continue
    lengthsByFirst.set(first, (lengthsByFirst.get(first) ?? new Set<number>()).add(word.length))
  }
  const tries = new Map(
    Array.from(lengthsByFirst, ([first, lengths]) => [first, [...lengths].sort((a, b) => b - a)] as const),
  )

  function at(text: string, start: number): { raw: string; value: T } | undefined {
    for (const length of tries.get(text.charAt(start)) ?? []) {
      const raw = text.slice(start, start + length)
      const value = valueByWord.get(raw)
      if (value !== undefined && accepts(text, start, start + length)) return { raw, value }
    }
    return undefined
  }

  return {
    *find(text) {
      if (tries.size === 0) return
      for (let start = 0; start < text.length; start++) {
        const hit = at(text, start)
        if (!hit) continue
        yield { start, ...hit }
        start += hit.raw.length - 1
      }
    },
  }
}
