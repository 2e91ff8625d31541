import { segmentText } from '../../../src/core/text'

/** Pieces that a careless reader of text reads again and again, and some usual ones. */
export const textUnits: readonly string[] = [
  '[',
  '(',
  '@',
  'http://',
  '&',
  'www.',
  'a.',
  'a@',
  '"',
  '://',
  'https://example.com/(',
  'see https://example.com/a?b=c and bob@example.com ',
  '看https://example.com/路径，好的。',
  '👨\u200d',
  'a\u0301',
  'words of a usual message, one after the other. ',
]

/** Takes a text of about so many characters made of one unit apart, as often as fits into the characters; says how many those were. */
export function text(unit: string, length: number, characters: number): number {
  const whole = unit.repeat(Math.ceil(length / unit.length))
  const times = Math.max(1, Math.round(characters / whole.length))
  for (let time = 0; time < times; time++) segmentText(whole)
  return times * whole.length
}
