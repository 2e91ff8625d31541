import { computed, type ComputedRef } from 'vue'
import { createTranslator, type Locale, type Translator } from '../i18n'
import type { ChatErrorShape } from '../model'
import { codeWordsOf } from './codeWords'
import { useChatKit } from './kitContext'
import type { ChatKitContext } from './kitContext'

/** The language in use, as functions that follow it: what calls them in a template changes with it. */
export interface UseLocale extends Omit<Translator, 'locale' | 'errorText' | 'codeText'> {
  /**
   * What happened and the way out. Loads the words for codes when the first one is told; until they are there it is told by
   * its kind.
   */
  readonly errorText: (error: ChatErrorShape) => string
  /** The app's words for an error or those of its code, where there are any and they are loaded. */
  readonly codeText: (error: ChatErrorShape) => string | undefined
  /** The language itself. */
  readonly locale: ComputedRef<Locale>
  /** Which way its lines run. */
  readonly direction: ComputedRef<'ltr' | 'rtl'>
}

const localeByKit = new WeakMap<ChatKitContext, UseLocale>()

/** Words, dates and numbers in the language of the kit; the same object for all who ask, for a message alone has a few. */
export function useLocale(): UseLocale {
  const kit = useChatKit()
  const known = localeByKit.get(kit) ?? localeOf(kit)
  localeByKit.set(kit, known)
  return known
}

function localeOf(kit: ChatKitContext): UseLocale {
  const { locale } = kit
  const translator = () => createTranslator(locale.value)
  return {
    t: (...args) => translator().t(...args),
    time: (...args) => translator().time(...args),
    day: (...args) => translator().day(...args),
    listTime: (...args) => translator().listTime(...args),
    dayTime: (...args) => translator().dayTime(...args),
    month: (...args) => translator().month(...args),
    number: (...args) => translator().number(...args),
    percent: (...args) => translator().percent(...args),
    bytes: (...args) => translator().bytes(...args),
    codeText: (error) =>
      kit.errorText?.(error, locale.value) ?? translator().codeText(error, () => codeWordsOf(locale.value)),
    errorText: (error) =>
      kit.errorText?.(error, locale.value) ?? translator().errorText(error, () => codeWordsOf(locale.value)),
    locale: computed(() => locale.value),
    direction: computed(() => locale.value.direction),
  }
}
