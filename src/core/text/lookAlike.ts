import { lookByCharacter } from './confusables'

/** Pairs of letters that read as one. */
const pairs: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
]

/** Alphabets that are easily taken for each other; one name in two of them is meant to deceive. */
const alphabets = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Lisu}/u,
]

/**
 * True where a reader can take one name for the other: the same letters of another alphabet, digits for letters, hidden
 * characters, other accents, or the very same name. A warning for people, not a proof.
 */
export function isLookAlike(name: string, other: string): boolean {
  const look = lookOf(name)
  return look !== '' && look === lookOf(other)
}

/** True for words in more than one of the alphabets that look alike; Latin beside Chinese or Arabic is no trick. */
export function hasMixedScripts(words: string): boolean {
  return alphabets.filter((alphabet) => alphabet.test(words)).length > 1
}

/** How a name looks, roughly: names with the same look are easily taken for each other. */
export function lookOf(name: string): string {
  const bare = name.normalize('NFKD').replace(/[\p{M}\p{Cf}\p{Cc}\p{Z}]/gu, '')
  // Capitals first, for some look like nothing in small letters: the capital i is a small L.
  let look = looked(looked(bare).toLowerCase())
  for (const [two, one] of pairs) look = look.replaceAll(two, one)
  return look
}

function looked(text: string): string {
  return Array.from(text, (character) => lookByCharacter.get(character) ?? character).join('')
}
