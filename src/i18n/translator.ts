import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  resolveValue,
  translate,
} from '@intlify/core-base'
import { isolate } from '../core/text'
import type { ChatErrorShape } from '../model'
import type { CatalogueKey, Locale } from './catalogue'
import { codeWordsFor, errorWords } from './errorWords'
import type { CodeWords } from './errors/codeWords'
import { completeLocale } from './extendLocale'
import { createFormatters, type Formatters } from './formatters'

/**
 * Words for a key; `named` fills the braces, `count` picks the plural form and is `{n}` where `named` has none. What
 * fills a brace never turns the sentence around it, whatever direction it has.
 */
export type Translate = (
  key: CatalogueKey,
  named?: Readonly<Record<string, string | number>>,
  count?: number,
) => string

/** One language at work: words, dates, numbers and errors. */
export interface Translator extends Formatters {
  /** Words for a key of the catalogue. */
  readonly t: Translate
  /** What happened and the way out, in words a person understands (K1); exact where the words for codes are loaded. */
  readonly errorText: (error: ChatErrorShape, loaded?: () => CodeWords | undefined) => string
  /** The words of a code alone: undefined where it is unknown or its words are not loaded. */
  readonly codeText: (error: ChatErrorShape, loaded?: () => CodeWords | undefined) => string | undefined
  /** The language it speaks. */
  readonly locale: Locale
}

const translators = new WeakMap<Locale, Translator>()

/**
 * The translator of a language, made once for each `Locale` object. Words are compiled on first use, without `eval`, so
 * a strict policy holds.
 */
export function createTranslator(locale: Locale): Translator {
  const known = translators.get(locale)
  if (known) return known
  const whole = completeLocale(locale)
  const formatters = createFormatters(whole)
  const t = createTranslate(whole, formatters)
  const made = {
    ...formatters,
    t,
    codeText: codeWordsFor,
    errorText: (error: ChatErrorShape, loaded: () => CodeWords | undefined = () => undefined) =>
      errorWords(t, formatters, error, loaded),
    locale,
  }
  translators.set(locale, made)
  return made
}

function createTranslate(locale: Locale, { number }: Formatters): Translate {
  registerMessageCompiler(compile)
  const context = createCoreContext({
    locale: locale.tag,
    messages: { [locale.tag]: locale.messages },
    messageResolver: resolveValue,
    fallbackLocale: false,
    warnHtmlMessage: false,
  })
  /** Words without braces and plurals never change. */
  const plain = new Map<CatalogueKey, string>()
  const words: Translate = (key, named = {}, count) => {
    const inserted = isolated(named)
    const found =
      count === undefined
        ? translate(context, key, inserted)
        : translate(context, key, { n: number(count), ...inserted }, { plural: count })
    return typeof found === 'string' ? found : key
  }
  return (key, named, count) => {
    if (named !== undefined || count !== undefined) return words(key, named, count)
    const known = plain.get(key)
    if (known !== undefined) return known
    const found = words(key)
    // Some keys are made of what a backend says: only those that are in the catalogue are remembered.
    if (found !== key) plain.set(key, found)
    return found
  }
}

function isolated(named: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(named).map(([name, value]) => [name, typeof value === 'string' ? isolate(value) : value]),
  )
}
