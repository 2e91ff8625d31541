const writtenInOneSign = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/u
const startsWithALetter = /^[\p{L}\p{N}]/u

/** What stands in an avatar without a picture: the first sign of a name, or the first letters of its first and last word. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter((word) => startsWithALetter.test(word) || writtenInOneSign.test(word))
  const first = words[0] ?? name.trim()
  const last = words.at(-1)
  if (writtenInOneSign.test(first) || last === undefined || words.length < 2 || writtenInOneSign.test(last)) {
    return firstSign(first).toLocaleUpperCase()
  }
  return (firstSign(first) + firstSign(last)).toLocaleUpperCase()
}

/** The first sign a reader sees, which may be several code points. */
function firstSign(word: string): string {
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)
  for (const { segment } of segments) return segment
  return ''
}

/** Colours that can be told from each other and carry white letters: lightness, chroma and hue of both ends of a gradient. */
const palette = [
  { from: [0.65, 0.125, 172], to: [0.5, 0.105, 188] },
  { from: [0.67, 0.15, 52], to: [0.55, 0.16, 35] },
  { from: [0.63, 0.14, 285], to: [0.49, 0.16, 275] },
  { from: [0.66, 0.15, 5], to: [0.53, 0.17, 350] },
  { from: [0.65, 0.115, 235], to: [0.5, 0.13, 250] },
  { from: [0.66, 0.12, 128], to: [0.52, 0.115, 142] },
  { from: [0.64, 0.14, 322], to: [0.5, 0.15, 308] },
  { from: [0.65, 0.1, 208], to: [0.5, 0.09, 222] },
] as const

/** The two colours of an avatar, always the same for the same seed. */
export function gradientOf(seed: string): { from: string; to: string } {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  // The low bits of such a sum alone are alike for ids that differ in their last sign.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  const { from, to } = palette[(hash >>> 13) % palette.length] ?? palette[0]
  return { from: `oklch(${from.join(' ')})`, to: `oklch(${to.join(' ')})` }
}
