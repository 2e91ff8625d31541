import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ConversationId, OutboxItem } from '../model'
import { useOutboxStore } from '../stores'
import { useChatKit } from './kitContext'

/** Messages that did not leave, and the two ways out. */
export interface UnsentView {
  /** How many messages failed or may not have arrived. */
  readonly count: ComputedRef<number>
  /** Sends all of them once more, in their order. */
  retryAll(): void
  /** Gives all of them up. */
  dropAll(): void
}

/** The unsent messages of a conversation, or of all where none is named. */
export function useUnsent(conversationId?: MaybeRefOrGetter<ConversationId | undefined>): UnsentView {
  const kit = useChatKit()
  const store = useOutboxStore(kit.pinia)
  const scope = () => {
    const id = toValue(conversationId)
    return id === undefined ? {} : { conversationId: id }
  }
  const isUnsent = ({ command, state }: OutboxItem) =>
    command.type === 'sendMessage' &&
    (state === 'failed' || state === 'unsure') &&
    (scope().conversationId ?? command.outgoing.conversationId) === command.outgoing.conversationId

  function act(type: 'resendAll' | 'dropAll'): void {
    // Where one fails again its row says why.
    kit.dispatch({ type, ...scope() }).catch(() => {})
  }
  return {
    count: computed(() => [...store.itemById.values()].filter(isUnsent).length),
    retryAll: () => act('resendAll'),
    dropAll: () => act('dropAll'),
  }
}
