import { computed, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { ConversationId, Group, GroupId } from '../model'
import { useGroupStore, useSessionStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** The groups that somebody keeps among his contacts (H7). */
export interface SavedGroupsView {
  readonly isOffered: ComputedRef<boolean>
  /** By name. */
  readonly groups: ComputedRef<readonly Group[]>
  /** Opens the conversation of one. */
  open(groupId: GroupId): Promise<ConversationId>
}

/** The groups that the kit's user keeps among his contacts, read once as soon as the session is online. */
export function useSavedGroups(): SavedGroupsView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const hasSaved = computed(() => isOffered(kit, 'groups.setSaved'))
  watch(
    () => hasSaved.value && session.session.state === 'online',
    (isWanted) => {
      // Without the list those are shown that are known otherwise.
      if (isWanted) kit.dispatch({ type: 'loadOwnGroups' }).catch(() => {})
    },
    { immediate: true },
  )
  return {
    isOffered: hasSaved,
    groups: computed(() =>
      [...store.byId.values()]
        .filter(({ isSaved, state }) => isSaved === true && state === 'joined')
        .sort((a, b) => (a.name ?? a.id).localeCompare(b.name ?? b.id)),
    ),
    async open(groupId) {
      return (await kit.dispatch({ type: 'openConversation', target: { groupId } })).id
    },
  }
}
