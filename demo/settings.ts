import { shallowReactive, watchEffect } from 'vue'
import en from 'vue-parley/locales/en'
import zhCN from 'vue-parley/locales/zh-CN'
import { readFaults } from './faults'
import type { FaultWish } from './faults'

/** The languages the demo can show. */
export const locales = { en, 'zh-CN': zhCN }
/** A language of the demo. */
export type LocaleTag = keyof typeof locales
/** A theme of the demo; 'auto' follows the system. */
export type Theme = 'light' | 'dark' | 'auto'

const STORAGE_KEY = 'parley-demo-settings'

/** What the bar of the demo sets: from the address first, then from the last visit, then from the browser. */
export const settings = shallowReactive(readSettings())

/** Keeps the language and the theme for the next visit; a bad network lasts as long as the page. */
export function keepSettings(): void {
  watchEffect(() => {
    const { locale, theme } = settings
    const text = JSON.stringify({ locale, theme })
    try {
      localStorage.setItem(STORAGE_KEY, text)
    } catch {
      // Private windows may refuse: then the choice lasts as long as the page.
    }
  })
}

interface Settings {
  locale: LocaleTag
  theme: Theme
  /** What goes wrong between the people and the service. */
  faults: readonly FaultWish[]
}

function readSettings(): Settings {
  const asked = new URLSearchParams(location.search)
  const kept = readKept()
  const browser = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
  return {
    locale: oneOf(['en', 'zh-CN'], asked.get('lang') ?? kept.locale, browser),
    theme: oneOf(['light', 'dark', 'auto'], asked.get('theme') ?? kept.theme, 'auto'),
    faults: readFaults(asked),
  }
}

function readKept(): { locale?: unknown; theme?: unknown } {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise
}
