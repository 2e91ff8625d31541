import type { CodeWords } from './errors/codeWords'
import type en from './locales/en'

/** The same tree with any words at its leaves. */
export type DeepString<T> = { readonly [K in keyof T]: T[K] extends string ? string : DeepString<T[K]> }

/** The same tree, of which any part may be missing. */
export type DeepPartial<T> = {
  readonly [K in keyof T]?: (T[K] extends string ? string : DeepPartial<T[K]>) | undefined
}

/** All words of the interface, by the keys English has. */
export type Catalogue = DeepString<(typeof en)['messages']>

/** One language: its words, its direction, and the tag (BCP 47) by which dates and numbers are written. */
export interface Locale {
  readonly tag: string
  readonly direction: 'ltr' | 'rtl'
  readonly messages: Catalogue
  /** Loads the words for the codes of all backends. Absent: errors are told by their kind. */
  readonly codeWords?: () => Promise<CodeWords>
}

type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}`
}[keyof T & string]

/** A dot path to one entry of the catalogue, like `list.title`. */
export type CatalogueKey = Paths<Catalogue>
