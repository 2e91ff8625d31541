import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { CodeWords, Locale } from '../i18n'

interface Loading {
  readonly words: ShallowRef<CodeWords | undefined>
  isUnderWay: boolean
}

const loadingByLocale = new WeakMap<Locale, Loading>()

/**
 * The words for codes in a language, reactive; asked for the first time it begins to load them. What cannot be loaded, as
 * without a network, is tried anew when somebody asks again.
 */
export function codeWordsOf(locale: Locale): CodeWords | undefined {
  if (!locale.codeWords) return undefined
  const loading = loadingByLocale.get(locale) ?? { words: shallowRef<CodeWords>(), isUnderWay: false }
  loadingByLocale.set(locale, loading)
  if (!loading.words.value && !loading.isUnderWay) void load(locale, loading)
  return loading.words.value
}

async function load({ codeWords }: Locale, loading: Loading): Promise<void> {
  loading.isUnderWay = true
  try {
    loading.words.value = await codeWords?.()
  } catch {
    // Errors are told by their kind meanwhile.
  }
  loading.isUnderWay = false
}
