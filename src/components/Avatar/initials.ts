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

/** Twelve hues far enough apart to be told from each other. */
const hueCount = 12

/** A hue in degrees that is always the same for the same seed. */
export function hueOf(seed: string): number {
  let hash = 0
  for (let i = 0; i < seed.length; i++) hash = (Math.imul(hash, 31) + seed.charCodeAt(i)) | 0
  return ((Math.imul(hash, 0x9e3779b1) >>> 16) % hueCount) * (360 / hueCount) + 22
}
