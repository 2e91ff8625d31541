/** The words of the interface, and dates and numbers as a language writes them. */
export type { Catalogue, CatalogueKey, DeepString, Locale } from './catalogue'
export { default as en } from './locales/en'
export { durationText, joinNames, noticeText, previewText } from './previewText'
export type { NameOf } from './previewText'
export type { CodeWords } from './errors/codeWords'
export { createTranslator } from './translator'
export type { Translate, Translator } from './translator'
export type { Formatters } from './formatters'
