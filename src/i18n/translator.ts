import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  resolveValue,
  translate,
} from '@intlify/core-base'
import type { ChatErrorShape } from '../model'
import type { CatalogueKey, Locale } from './catalogue'
import { errorWords } from './errorWords'
import { createFormatters, type Formatters } from './formatters'

/** Words for a key; `named` fills the braces, `count` picks the plural form and is `{n}` where `named` has none. */
export type Translate = (
  key: CatalogueKey,
  named?: Readonly<Record<string, string | number>>,
  count?: number,
) => string

/** One language at work: words, dates, numbers and errors. */
export interface Translator extends Formatters {
  /** Words for a key of the catalogue. */
  readonly t: Translate
  /** What happened and the way out, in words a person understands (K1). */
  readonly errorText: (error: ChatErrorShape) => string
  /** The language it speaks. */
  readonly locale: Locale
}

/** Makes the translator of a language. Words are compiled on first use, without `eval`, so a strict policy holds. */
export function createTranslator(locale: Locale): Translator {
  const formatters = createFormatters(locale)
  const t = createTranslate(locale, formatters)
  return { ...formatters, t, errorText: (error) => errorWords(t, formatters, error), locale }
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
  return (key, named = {}, count) => {
    const words =
      count === undefined
        ? translate(context, key, named)
        : translate(context, key, { n: number(count), ...named }, { plural: count })
    return typeof words === 'string' ? words : key
  }
}
