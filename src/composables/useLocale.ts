import { computed, type ComputedRef } from 'vue'
import { createTranslator, type Locale, type Translator } from '../i18n'
import { useChatKit } from './kitContext'

/** The language in use, as functions that follow it: what calls them in a template changes with it. */
export interface UseLocale extends Omit<Translator, 'locale'> {
  /** The language itself. */
  readonly locale: ComputedRef<Locale>
  /** Which way its lines run. */
  readonly direction: ComputedRef<'ltr' | 'rtl'>
}

/** Words, dates and numbers in the language of the kit. */
export function useLocale(): UseLocale {
  const { locale } = useChatKit()
  const translator = computed(() => createTranslator(locale.value))
  return {
    t: (...args) => translator.value.t(...args),
    time: (...args) => translator.value.time(...args),
    day: (...args) => translator.value.day(...args),
    listTime: (...args) => translator.value.listTime(...args),
    dayTime: (...args) => translator.value.dayTime(...args),
    number: (...args) => translator.value.number(...args),
    percent: (...args) => translator.value.percent(...args),
    bytes: (...args) => translator.value.bytes(...args),
    errorText: (...args) => translator.value.errorText(...args),
    locale: computed(() => locale.value),
    direction: computed(() => locale.value.direction),
  }
}
