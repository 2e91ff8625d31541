import { computed, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { Presence, UserId } from '../model'
import { usePresenceStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** Whether somebody is there, watched while the component lives; undefined where nobody tells (H8). */
export function usePresence(userId: MaybeRefOrGetter<UserId | undefined>): ComputedRef<Presence | undefined> {
  const kit = useChatKit()
  const store = usePresenceStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  watch(
    () => (session.session.state === 'online' ? toValue(userId) : undefined),
    (id, _before, onCleanup) => {
      if (id === undefined || id === kit.userId) return
      const watching = kit.dispatch({ type: 'watchPresence', ids: [id] })
      // Nobody is shown as there whom nobody tells about.
      onCleanup(() => void watching.then((stop) => stop()).catch(() => {}))
      watching.catch(() => {})
    },
    { immediate: true },
  )
  return computed(() => store.byId.get(toValue(userId) ?? ''))
}
