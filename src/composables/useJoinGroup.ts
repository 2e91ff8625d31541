import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ChatErrorShape, ConversationId, Group, GroupId } from '../model'
import { useGroupStore } from '../stores'
import { useChatKit } from './kitContext'
import { useInterest } from './useInterest'

/** How somebody stands before the door of a group. */
export type GroupDoor =
  /** He is in. */
  | { readonly at: 'inside' }
  /** He can come in, at once or when a leader agrees. */
  | { readonly at: 'open' | 'approval' }
  /** He has asked, and nobody has answered. */
  | { readonly at: 'waiting' }
  /** He cannot come in; the error says why. */
  | { readonly at: 'closed'; readonly error: ChatErrorShape }

/** The door of one group (I2). */
export interface JoinGroupView {
  readonly group: ComputedRef<Group | undefined>
  readonly door: ComputedRef<GroupDoor>
  /** Comes in, or asks with some words to be let in. @throws ChatError where the service refuses. */
  join(wording: string): Promise<'joined' | 'pending'>
  /** Opens the conversation of a group one is in. */
  open(): Promise<ConversationId>
}

/** What one can do before the door of a group. */
export function useJoinGroup(groupId: MaybeRefOrGetter<GroupId>): JoinGroupView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const id = computed(() => toValue(groupId))
  const group = computed(() => store.byId.get(id.value))
  useInterest(kit, 'watchGroups', () => [id.value])
  const isWaiting = computed(() =>
    [...store.applicationById.values()].some(
      ({ groupId: of, userId, kind, state }) =>
        of === id.value && userId === kit.userId && kind === 'asks' && state === 'pending',
    ),
  )
  const door = computed((): GroupDoor => {
    if (group.value?.state === 'joined') return { at: 'inside' }
    const verdict = kit.can('groups.join', { groupId: id.value })
    if (typeof verdict === 'object') return { at: 'closed', error: verdict }
    if (isWaiting.value) return { at: 'waiting' }
    return { at: group.value?.joining === 'approval' ? 'approval' : 'open' }
  })
  return {
    group,
    door,
    join: (wording) =>
      kit.dispatch({
        type: 'joinGroup',
        groupId: id.value,
        ...(wording.trim() && { wording: wording.trim() }),
      }),
    async open() {
      return (await kit.dispatch({ type: 'openConversation', target: { groupId: id.value } })).id
    },
  }
}
