import type { Catalogue, DeepPartial, Locale } from './catalogue'
import en from './locales/en'

/** What differs from another language: words by their keys, and perhaps the tag, the direction and the words for codes. */
export interface LocaleParts extends Partial<Omit<Locale, 'messages'>> {
  /** The words that are there; the others are those of the language it extends. */
  readonly messages?: DeepPartial<Catalogue>
}

type Tree = { readonly [key: string]: string | Tree | undefined }

/**
 * A language that says some things otherwise than another one, or is not translated as a whole yet.
 * @example
 * const mine = extendLocale(en, { messages: { list: { title: 'Inbox' } } })
 */
export function extendLocale(base: Locale, { messages = {}, ...parts }: LocaleParts): Locale {
  return { ...base, ...parts, messages: merged(base.messages, messages) as Catalogue }
}

/** The same language with the English words where it has none, so that a missing key costs a word and not the screen. */
export function completeLocale(locale: Locale): Locale {
  return { ...locale, messages: merged(en.messages, locale.messages) as Catalogue }
}

/** A group of words never takes the place of a word, nor a word that of a group. */
function merged(base: Tree, over: unknown): Tree {
  if (typeof over !== 'object' || over === null) return base
  return Object.fromEntries(
    Object.entries(base).map(([key, words]) => {
      const own: unknown = Object.hasOwn(over, key) ? (over as Tree)[key] : undefined
      if (typeof words === 'object') return [key, merged(words, own)]
      return [key, typeof own === 'string' ? own : words]
    }),
  )
}
