import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { Stop } from '../model'
import { useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

const STEP_MS = 1_000

/** In how many milliseconds the next try to sign in begins, counted down by the second; undefined while none is waited for. */
export function useRetryWait(): Readonly<Ref<number | undefined>> {
  const kit = useChatKit()
  const store = useSessionStore(kit.pinia)
  const leftMs = shallowRef<number>()
  let stop: Stop | undefined

  function countDown(endsAt: number): void {
    leftMs.value = Math.max(0, endsAt - kit.clock.now())
    if (leftMs.value > 0) stop = kit.clock.after(STEP_MS, () => countDown(endsAt))
  }
  watch(
    () => store.session,
    (session) => {
      stop?.()
      const waitMs = 'retryInMs' in session ? session.retryInMs : undefined
      if (waitMs === undefined) leftMs.value = undefined
      else countDown(kit.clock.now() + waitMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop?.())
  return leftMs
}
