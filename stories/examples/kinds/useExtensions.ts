import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useChatKit } from 'vue-parley'
import type { TimelineRow } from 'vue-parley'

/** The key/values that everybody in a conversation may add to one message. */
export interface Extensions {
  readonly userId: string
  /** As they stand; they change by themselves when somebody writes one. */
  readonly values: ComputedRef<Readonly<Record<string, string>>>
  set(key: string, value: string): Promise<unknown>
  remove(key: string): Promise<unknown>
}

/** Reads and writes the extensions of a message through the kit around. */
export function useExtensions(row: () => TimelineRow): Extensions {
  const kit = useChatKit()
  const change = (set: Record<string, string>, deleted: readonly string[]) =>
    kit.dispatch({ type: 'setExtensions', ref: row().message, set, deleted })
  return {
    userId: kit.userId,
    values: computed(() => row().message.extensions ?? {}),
    set: (key, value) => change({ [key]: value }, []),
    remove: (key) => change({}, [key]),
  }
}

/** The one of two sets of words that fits the language of the kit around. */
export function useWords<T>(words: { readonly en: T; readonly zh: T }): ComputedRef<T> {
  const kit = useChatKit()
  return computed(() => (kit.locale.value.tag.startsWith('zh') ? words.zh : words.en))
}
