import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { invitationOf } from '../core/groups'
import type { BatchResult, GroupId, UserId } from '../model'
import { useGroupStore } from '../stores'
import { useChatKit } from './kitContext'

/** Bringing people into a group (I2). */
export interface InviteView {
  /** True where the user may, by the rules of the type and by what the backend says. */
  readonly canInvite: ComputedRef<boolean>
  /** A leader has to agree first. */
  readonly needsApproval: ComputedRef<boolean>
  /** Those who are in already, as far as they are known. */
  readonly memberIds: ComputedRef<ReadonlySet<UserId>>
  /** How many can be invited at once. */
  readonly most: ComputedRef<number>
  /** @throws ChatError where all is refused; what is refused for one of them stands in the answer. */
  invite(userIds: readonly UserId[], wording: string): Promise<BatchResult>
}

/** Brings people into a group. */
export function useInvite(groupId: MaybeRefOrGetter<GroupId>): InviteView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const id = computed(() => toValue(groupId))
  const outcome = computed(() => {
    const group = store.byId.get(id.value)
    const role = group?.me?.role
    return group && role ? invitationOf(group, role) : 'closed'
  })
  return {
    canInvite: computed(() => {
      const verdict = kit.can('groups.invite', { groupId: id.value })
      return verdict === 'yes' || (verdict === 'try' && outcome.value !== 'closed')
    }),
    needsApproval: computed(() => outcome.value === 'approval'),
    memberIds: computed(() => new Set(store.membersById.get(id.value)?.byId.keys())),
    most: computed(() => kit.limits({ groupId: id.value }).inviteCount ?? Infinity),
    invite: (userIds, wording) =>
      kit.dispatch({
        type: 'inviteMembers',
        groupId: id.value,
        userIds,
        ...(wording.trim() && { wording: wording.trim() }),
      }),
  }
}
