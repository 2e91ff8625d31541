import { onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { MaybeRefOrGetter, ShallowRef } from 'vue'
import type { GroupId, Stop } from '../model'
import { useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** Backends count no more often (I9). */
const EVERY_MS = 60_000

/** How many members of a group are there right now, counted anew once a minute; undefined where nobody counts them. */
export function useOnlineCount(groupId: MaybeRefOrGetter<GroupId>): Readonly<ShallowRef<number | undefined>> {
  const kit = useChatKit()
  const session = useSessionStore(kit.pinia)
  const count = shallowRef<number>()
  let stop: Stop = () => {}

  async function read(id: GroupId): Promise<void> {
    stop = kit.clock.after(EVERY_MS, () => void read(id))
    try {
      const found = await kit.dispatch({ type: 'countOnline', groupId: id })
      if (toValue(groupId) === id) count.value = found
    } catch {
      // A number that is not known is not shown.
      count.value = undefined
    }
  }
  watch(
    () => {
      const id = toValue(groupId)
      const isCounted =
        session.session.state === 'online' &&
        typeof kit.can('groups.onlineCount', { groupId: id }) === 'string'
      return isCounted ? id : undefined
    },
    (id) => {
      stop()
      count.value = undefined
      if (id !== undefined) void read(id)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return count
}
