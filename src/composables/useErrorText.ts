import type { ChatErrorShape } from '../model'
import { useLocale } from './useLocale'

/** What happened and the way out, in the words and the language of the kit: for what the app itself catches. */
export function useErrorText(): (error: ChatErrorShape) => string {
  return useLocale().errorText
}
