import { graphemesOf } from '../../composables'

const writtenInOneSign = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/u
const startsWithALetter = /^[\p{L}\p{N}]/u

/** The same few people write again and again. */
const mostKnown = 1_000
const knownByName = new Map<string, string>()

/** What stands in an avatar without a picture: the first sign of a name, or the first letters of its first and last word. */
export function initialsOf(name: string): string {
  const known = knownByName.get(name)
  if (known !== undefined) return known
  if (knownByName.size >= mostKnown) knownByName.clear()
  const initials = readInitials(name)
  knownByName.set(name, initials)
  return initials
}

function readInitials(name: string): string {
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
  for (const sign of graphemesOf(word)) return sign
  return ''
}

/** How many pairs of colours the tokens `--parley-avatar-1` and on hold. */
const pairs = 8

/** Which pair of colours an avatar has, from 1, always the same for the same seed. */
export function colourNumberOf(seed: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  // The low bits of such a sum alone are alike for ids that differ in their last sign.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return ((hash >>> 13) % pairs) + 1
}
