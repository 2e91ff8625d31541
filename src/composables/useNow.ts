import { onScopeDispose, readonly, shallowRef } from 'vue'
import type { Ref } from 'vue'
import { useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** The server's time, renewed every `stepMs` milliseconds: for labels such as "yesterday". */
export function useNow(stepMs: number): Readonly<Ref<number>> {
  const kit = useChatKit()
  const session = useSessionStore(kit.pinia)
  const read = () => kit.clock.now() + session.clockOffsetMs
  const now = shallowRef(read())
  let stop = kit.clock.after(stepMs, renew)

  function renew(): void {
    now.value = read()
    stop = kit.clock.after(stepMs, renew)
  }
  onScopeDispose(() => stop())
  return readonly(now)
}
