import { computed, shallowRef, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue'
import type { ConversationId } from '../model'
import { useContactStore, useConversationStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** The way out where only friends may write to each other (H6). */
export interface FriendOfferView {
  /** The other one of this conversation can be asked to be a friend. */
  readonly isPossible: ComputedRef<boolean>
  /** What came of asking; absent until somebody asks. */
  readonly outcome: ShallowRef<'asking' | 'added' | 'pending' | undefined>
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
  const outcome = shallowRef<'asking' | 'added' | 'pending'>()
  const error = shallowRef<unknown>()
  const peerId = computed(() => conversations.byId.get(toValue(conversationId) ?? '')?.peerId)

  return {
    isPossible: computed(
      () => peerId.value !== undefined && !contacts.byId.has(peerId.value) && isOffered(kit, 'contacts.ask'),
    ),
    outcome,
    error,
    async ask() {
      if (peerId.value === undefined || outcome.value) return
      outcome.value = 'asking'
      error.value = undefined
      try {
        const contact = { userId: peerId.value }
        outcome.value = await kit.dispatch({ type: 'askFriend', contact, source: 'conversation' })
      } catch (thrown) {
        outcome.value = undefined
        error.value = thrown
      }
    },
  }
}
