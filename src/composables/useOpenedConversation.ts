import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, ConversationId, GroupId, UserId } from '../model'
import { useConversationStore, useSessionStore } from '../stores'
import { useChatKit } from './kitContext'

/** Whom one wants to talk to. */
export type ConversationTarget = { readonly userId: UserId } | { readonly groupId: GroupId }

/** The conversation with somebody, on its way to be open. */
export interface OpenedConversationView {
  /** Absent until it is there. */
  readonly id: ComputedRef<ConversationId | undefined>
  /** Why it cannot be opened. */
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** Tries again. */
  retry(): void
}

/**
 * The conversation with a person or of a group, opened as soon as there is a connection; one that is known already is there
 * without any.
 */
export function useOpenedConversation(target: () => ConversationTarget | undefined): OpenedConversationView {
  const kit = useChatKit()
  const conversations = useConversationStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const openedId = shallowRef<ConversationId>()
  const error = shallowRef<ChatErrorShape>()
  /** Counts the wishes: a late answer to an earlier one is nobody's. */
  let latest = 0

  const knownId = computed(() => {
    const wanted = target()
    if (!wanted) return undefined
    return [...conversations.byId.values()].find((one) =>
      'userId' in wanted ? one.peerId === wanted.userId : one.groupId === wanted.groupId,
    )?.id
  })

  async function open(): Promise<void> {
    const wanted = target()
    if (!wanted) return
    const mine = ++latest
    error.value = undefined
    try {
      const { id } = await kit.dispatch({ type: 'openConversation', target: wanted })
      if (mine === latest) openedId.value = id
    } catch (thrown) {
      if (mine === latest) error.value = toChatError(thrown)
    }
  }

  watch(
    [() => JSON.stringify(target()), () => session.session.state === 'online'],
    ([key, isOnline], [before]) => {
      if (key !== before) {
        latest++
        openedId.value = undefined
        error.value = undefined
      }
      if (isOnline && openedId.value === undefined) void open()
    },
    { immediate: true },
  )

  return {
    id: computed(() => (target() ? (openedId.value ?? knownId.value) : undefined)),
    error: computed(() => error.value),
    retry: () => void open(),
  }
}
