import type { MentionName, Mentions } from '../../model'
import { createLiteralFinder } from './literals'
import { normaliseText } from './normaliseText'

/** A place where a text points at somebody. */
export interface FoundMention {
  readonly start: number
  readonly raw: string
  readonly name: MentionName
}

/** Words that mean everybody, as the apps around write them. */
export const EVERYBODY_WORDS: readonly string[] = ['all', 'All', 'everyone', 'Everyone', '所有人', '全体成员']

/** Alphabets that put spaces between words: there a name ends only where its word ends. */
const SPACED =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Nd}_]/u
const BEFORE_MAIL = /[\w.%+-]/

/** The places where a text points at one of these names, by `@` or its full-width form. */
export function* findMentions(text: string, names: readonly MentionName[]): Iterable<FoundMention> {
  const nameByWord = new Map<string, MentionName>()
  for (const name of names) {
    for (const written of [name.name, normaliseText(name.name)]) {
      if (written.trim() === '') continue
      for (const word of [`@${written}`, `＠${written}`])
        if (!nameByWord.has(word)) nameByWord.set(word, name)
    }
  }
  for (const { start, raw, value } of createLiteralFinder(nameByWord, isWhole).find(text))
    yield { start, raw, name: value }
}

/** Neither the beginning of a longer name nor a piece of a mail address. */
function isWhole(text: string, start: number, end: number): boolean {
  const last = text.charAt(end - 1)
  if (SPACED.test(last) && SPACED.test(text.charAt(end))) return false
  return !(BEFORE_MAIL.test(text.charAt(start - 1)) && /^\.\w/.test(text.slice(end, end + 2)))
}

/**
 * Whom a text points at: of the people that were picked those whose names stand in it. Each counts once, in the order of the
 * text; undefined where it is nobody.
 */
export function mentionsIn(text: string, names: readonly MentionName[]): Mentions | undefined {
  const found = Array.from(findMentions(text, names), ({ name }) => name.userId)
  const userIds = [...new Set(found.filter((userId) => userId !== undefined))]
  const isAll = found.includes(undefined)
  return isAll || userIds.length > 0 ? { userIds, isAll } : undefined
}
