import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import { useLocale } from '../../composables'
import { toChatError, type ChatErrorShape } from '../../model'

/** One thing that is done at a time, and why it failed. */
export interface Submit {
  readonly isBusy: Readonly<ShallowRef<boolean>>
  /** Why the last try has failed, in words; empty while nothing has. */
  readonly failure: ComputedRef<string>
  /** Does it, unless something is being done already; true where it was done. */
  submit(work: () => Promise<unknown>): Promise<boolean>
}

/** What a form does with what is filled in: once at a time, and with words for what goes wrong. */
export function useSubmit(): Submit {
  const { errorText } = useLocale()
  const isBusy = shallowRef(false)
  const error = shallowRef<ChatErrorShape>()
  return {
    isBusy,
    // Better words may be loaded while it is read.
    failure: computed(() => (error.value ? errorText(error.value) : '')),
    async submit(work) {
      if (isBusy.value) return false
      isBusy.value = true
      error.value = undefined
      try {
        await work()
        return true
      } catch (thrown) {
        error.value = toChatError(thrown)
        return false
      } finally {
        isBusy.value = false
      }
    },
  }
}
