import type { Translate } from './translator'

/**
 * How far a text is from its limit, which counts bytes. People count letters, so those are told where a letter is a byte;
 * where letters are more than one byte, no number of letters would be true.
 */
export function lengthText(t: Translate, bytesLeft: number, text: string): string {
  const isPlain = /^[\0-\x7f]*$/u.test(text)
  const count = Math.abs(bytesLeft)
  if (bytesLeft < 0) return t(isPlain ? 'common.lettersOver' : 'common.bytesOver', {}, count)
  return t(isPlain ? 'common.lettersLeft' : 'common.bytesLeft', {}, count)
}
