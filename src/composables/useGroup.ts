import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { GroupId, GroupType } from '../model'
import { useGroupStore } from '../stores'
import { useChatKit } from './kitContext'
import { useInterest } from './useInterest'

/** What is shown of a group: at once with what is known, complete when it arrives (G7). */
export interface ShownGroup {
  readonly id: GroupId
  /** The name, else the id. */
  readonly name: string
  readonly avatar?: string
  readonly type?: GroupType
  readonly memberCount?: number
  /** Nobody tells this user what changes there: he has left it, was never in it, or it is gone. */
  readonly isPossiblyOld: boolean
}

/** A group, looked up in the background and kept fresh while the component lives. Ask only for what is on screen (G2). */
export function useGroup(groupId: MaybeRefOrGetter<GroupId | undefined>): ComputedRef<ShownGroup> {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  useInterest(kit, 'watchGroups', () => [toValue(groupId)])
  return computed(() => {
    const id = toValue(groupId) ?? ''
    const group = store.byId.get(id)
    return {
      id,
      name: group?.name || id,
      ...(group?.avatar !== undefined && { avatar: group.avatar }),
      ...(group && { type: group.type }),
      ...(group?.memberCount !== undefined && { memberCount: group.memberCount }),
      isPossiblyOld: store.missingIds.has(id) || (group !== undefined && group.state !== 'joined'),
    }
  })
}
