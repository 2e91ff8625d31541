import { getCurrentInstance, onMounted, onScopeDispose, readonly, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { Stop } from '../model'
import { useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** The server's time, renewed every `stepMs` milliseconds: for labels such as "yesterday". */
export function useNow(stepMs: number): Readonly<Ref<number>> {
  const kit = useChatKit()
  const session = useSessionStore(kit.pinia)
  const read = () => kit.clock.now() + session.clockOffsetMs
  const now = shallowRef(read())
  let stop: Stop | undefined

  function renew(): void {
    now.value = read()
    stop = kit.clock.after(stepMs, renew)
  }
  // On a server nothing is ever mounted, and a timer would keep the process alive.
  if (getCurrentInstance()) onMounted(renew)
  else renew()
  onScopeDispose(() => stop?.())
  return readonly(now)
}
