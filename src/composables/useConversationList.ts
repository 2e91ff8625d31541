import { computed, watch, watchEffect } from 'vue'
import type { ComputedRef } from 'vue'
import type { ChatErrorShape, ConversationId } from '../model'
import { useConversationStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** The list of conversations, ids only: each row asks for what it shows. */
export interface ConversationListView {
  /** Pinned ones first, then the newest. */
  readonly ids: ComputedRef<readonly ConversationId[]>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** Reads the list again. */
  reload(): void
}

/** The conversations of the kit, read once as soon as the session is online. */
export function useConversationList(): ConversationListView {
  const kit = useChatKit()
  const store = useConversationStore(kit.pinia)
  const session = useSessionStore(kit.pinia)

  function reload(): void {
    // The failure stands in the store, where the list shows it.
    kit.dispatch({ type: 'loadConversations' }).catch(() => {})
  }
  watchEffect(() => {
    if (session.session.state === 'online' && (store.state === 'empty' || store.isDoubtful)) reload()
  })
  watch(
    () => session.session.state === 'online',
    (isOnline) => {
      if (isOnline && store.error) reload()
    },
  )
  return {
    ids: computed(() => store.order.ids.value),
    state: computed(() => (store.state === 'empty' ? 'loading' : store.state)),
    error: computed(() => store.error),
    reload,
  }
}
