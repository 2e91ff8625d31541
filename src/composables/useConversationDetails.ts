import { computed, toValue, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ConversationId, Group, Member } from '../model'
import { useGroupStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'
import type { ConversationSummary } from './rows'
import { useConversationSummary } from './useConversationSummary'
import { OPENED_MAX_AGE_MS } from './useInterest'
import { useProfile } from './useProfile'
import type { ShownProfile } from './useProfile'

/** What stands beside a conversation: who the peer is, or who is in the group. */
export interface ConversationDetailsView {
  readonly summary: ComputedRef<ConversationSummary | undefined>
  /** The peer of a direct conversation. */
  readonly profile: ComputedRef<ShownProfile | undefined>
  readonly group: ComputedRef<Group | undefined>
  /** Owner first, then admins, then the others as the backend lists them. */
  readonly members: ComputedRef<readonly Member[]>
  readonly membersState: ComputedRef<'loading' | 'ready' | 'failed'>
  /** Reads the members again. */
  reloadMembers(): void
}

const RANKS = { owner: 0, admin: 1, member: 2 }

/** The details of a conversation; members are read when this is first asked for a group. */
export function useConversationDetails(
  conversationId: MaybeRefOrGetter<ConversationId | undefined>,
): ConversationDetailsView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const summary = useConversationSummary(() => toValue(conversationId))
  const peer = useProfile(() => summary.value?.peerId, undefined, undefined, { maxAgeMs: OPENED_MAX_AGE_MS })
  const groupId = computed(() => summary.value?.groupId)
  const listed = computed(() =>
    groupId.value === undefined ? undefined : store.membersById.get(groupId.value),
  )

  function reloadMembers(): void {
    // The failure stands in the store, where the details show it.
    if (groupId.value !== undefined)
      kit.dispatch({ type: 'loadMembers', groupId: groupId.value }).catch(() => {})
  }
  watchEffect(() => {
    if (session.session.state === 'online' && groupId.value !== undefined && !listed.value) reloadMembers()
  })

  return {
    summary,
    profile: computed(() => (summary.value?.peerId === undefined ? undefined : peer.value)),
    group: computed(() => (groupId.value === undefined ? undefined : store.byId.get(groupId.value))),
    members: computed(() =>
      [...(listed.value?.byId.values() ?? [])].sort((a, b) => RANKS[a.role] - RANKS[b.role]),
    ),
    membersState: computed(() => listed.value?.state ?? 'loading'),
    reloadMembers,
  }
}
