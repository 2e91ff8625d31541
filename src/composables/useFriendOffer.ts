import { computed, shallowRef, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue'
import type { ConversationId } from '../model'
import { useContactStore, useConversationStore, useFriendRequestStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** The way out where only friends may write to each other (H6). */
export interface FriendOfferView {
  /** The other one of this conversation can be asked to be a friend. */
  readonly isPossible: ComputedRef<boolean>
  /** What came of asking, here or elsewhere; absent until somebody asks. */
  readonly outcome: ComputedRef<'asking' | 'added' | 'pending' | undefined>
  /** Why it did not work. */
  readonly error: ShallowRef<unknown>
  ask(): Promise<void>
}

/** Offers to ask the other one of a direct conversation to be a friend. */
export function useFriendOffer(
  conversationId: MaybeRefOrGetter<ConversationId | undefined>,
): FriendOfferView {
  const kit = useChatKit()
  const conversations = useConversationStore(kit.pinia)
  const contacts = useContactStore(kit.pinia)
  const requests = useFriendRequestStore(kit.pinia)
  const ownOutcome = shallowRef<'asking' | 'added' | 'pending'>()
  const error = shallowRef<unknown>()
  const peerId = computed(() => conversations.byId.get(toValue(conversationId) ?? '')?.peerId)

  // A row of a long list may be drawn anew at any time: what it has done is not known by it alone.
  const outcome = computed(() => {
    const isAsked = [...requests.byId.values()].some(
      ({ userId, direction, state }) => userId === peerId.value && direction === 'out' && state === 'pending',
    )
    return ownOutcome.value ?? (isAsked ? 'pending' : undefined)
  })

  return {
    isPossible: computed(
      () => peerId.value !== undefined && !contacts.byId.has(peerId.value) && isOffered(kit, 'contacts.ask'),
    ),
    outcome,
    error,
    async ask() {
      if (peerId.value === undefined || outcome.value) return
      ownOutcome.value = 'asking'
      error.value = undefined
      try {
        const contact = { userId: peerId.value }
        ownOutcome.value = await kit.dispatch({ type: 'askFriend', contact, source: 'conversation' })
      } catch (thrown) {
        ownOutcome.value = undefined
        error.value = thrown
      }
    },
  }
}
