import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ConversationId, Group, Member } from '../model'
import { useGroupStore } from '../stores'
import { useChatKit } from './kitContext'
import { createPinning } from './pinning'
import type { ConversationSummary } from './rows'
import { useConversationSummary } from './useConversationSummary'
import { OPENED_MAX_AGE_MS } from './useInterest'
import { useMembers } from './useMembers'
import { useProfile } from './useProfile'
import type { ShownProfile } from './useProfile'

/** What stands beside a conversation: who the peer is, or who is in the group. */
export interface ConversationDetailsView {
  readonly summary: ComputedRef<ConversationSummary | undefined>
  /** The peer of a direct conversation. */
  readonly profile: ComputedRef<ShownProfile | undefined>
  readonly group: ComputedRef<Group | undefined>
  /** The backend keeps no pins, so one made here stays on this device (F2). */
  readonly isPinOnlyHere: ComputedRef<boolean>
  /** Owner first, then admins, then the others as the backend lists them. */
  readonly members: ComputedRef<readonly Member[]>
  readonly membersState: ComputedRef<'loading' | 'ready' | 'failed'>
  /** Reads the members again. */
  reloadMembers(): void
}

/** The details of a conversation; members are read when this is first asked for a group. */
export function useConversationDetails(
  conversationId: MaybeRefOrGetter<ConversationId | undefined>,
): ConversationDetailsView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const pinning = createPinning(kit)
  const summary = useConversationSummary(() => toValue(conversationId))
  const peer = useProfile(() => summary.value?.peerId, undefined, undefined, { maxAgeMs: OPENED_MAX_AGE_MS })
  const groupId = computed(() => summary.value?.groupId)
  const { members, state, reload } = useMembers(() => groupId.value ?? '')

  return {
    summary,
    profile: computed(() => (summary.value?.peerId === undefined ? undefined : peer.value)),
    group: computed(() => (groupId.value === undefined ? undefined : store.byId.get(groupId.value))),
    isPinOnlyHere: computed(() => pinning.isOnlyHere()),
    members,
    membersState: state,
    reloadMembers: reload,
  }
}
