import { shallowRef, type ShallowRef } from 'vue'
import { useLocale } from '../../composables'
import { toChatError } from '../../model'

/** One thing that is done at a time, and why it failed. */
export interface Submit {
  readonly isBusy: Readonly<ShallowRef<boolean>>
  /** Why the last try has failed, in words; empty while nothing has. */
  readonly failure: ShallowRef<string>
  /** Does it, unless something is being done already; true where it was done. */
  submit(work: () => Promise<unknown>): Promise<boolean>
}

/** What a form does with what is filled in: once at a time, and with words for what goes wrong. */
export function useSubmit(): Submit {
  const { errorText } = useLocale()
  const isBusy = shallowRef(false)
  const failure = shallowRef('')
  return {
    isBusy,
    failure,
    async submit(work) {
      if (isBusy.value) return false
      isBusy.value = true
      failure.value = ''
      try {
        await work()
        return true
      } catch (thrown) {
        failure.value = errorText(toChatError(thrown))
        return false
      } finally {
        isBusy.value = false
      }
    },
  }
}
