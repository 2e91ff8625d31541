import { shallowReactive } from 'vue'
import { emojiOf } from './emojiBook'
import type { Emoji, EmojiRecord, ShortNames } from './emojiBook'

/** A language in which emoji have names. */
export type EmojiLanguage = 'en' | 'zh'

const books = shallowReactive(new Map<EmojiLanguage, readonly Emoji[]>())
const failed = shallowReactive(new Set<EmojiLanguage>())
const loading = new Map<EmojiLanguage, Promise<void>>()

const records: Readonly<Record<EmojiLanguage, () => Promise<{ readonly default: unknown }>>> = {
  en: () => import('emojibase-data/en/compact.json'),
  zh: () => import('emojibase-data/zh/compact.json'),
}

/** Fetches the names of a language, once; what failed is tried again when it is asked for again. */
export function loadEmoji(language: EmojiLanguage): void {
  if (loading.has(language)) return
  failed.delete(language)
  const work = Promise.all([records[language](), import('emojibase-data/en/shortcodes/github.json')])
    .then(([list, names]) => {
      books.set(language, emojiOf(list.default as readonly EmojiRecord[], names.default as ShortNames))
    })
    .catch(() => {
      failed.add(language)
      loading.delete(language)
    })
  loading.set(language, work)
}

/** The emoji of a language as far as they are here; reactive. */
export function emojiIn(language: EmojiLanguage): readonly Emoji[] | undefined {
  return books.get(language)
}

/** The names of a language could not be fetched; reactive. */
export function hasFailed(language: EmojiLanguage): boolean {
  return failed.has(language)
}
