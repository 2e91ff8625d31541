import { computed, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, Message } from '../model'
import { useChatKit } from './kitContext'

/** What a chat history holds. */
export interface MergedMessagesView {
  /** Its messages in order; undefined until they are here. */
  readonly messages: ComputedRef<readonly Message[] | undefined>
  /** Why they did not come. */
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** Asks for them once more. */
  retry(): void
}

/** The messages of the chat history that a message carries, asked for where they came without it (C1). */
export function useMergedMessages(message: MaybeRefOrGetter<Message>): MergedMessagesView {
  const kit = useChatKit()
  const messages = shallowRef<readonly Message[]>()
  const error = shallowRef<ChatErrorShape>()

  async function load(holder: Message): Promise<void> {
    error.value = undefined
    messages.value = holder.parts.flatMap((part) => (part.kind === 'merged' && part.items) || [])
    if (messages.value.length > 0) return
    messages.value = undefined
    try {
      const found = await kit.dispatch({ type: 'openMerged', message: holder })
      if (toValue(message) === holder) messages.value = found
    } catch (thrown) {
      if (toValue(message) === holder) error.value = toChatError(thrown)
    }
  }
  watch(
    () => toValue(message),
    (holder) => void load(holder),
    { immediate: true },
  )
  return {
    messages: computed(() => messages.value?.map(asPassedOn)),
    error: computed(() => error.value),
    retry: () => void load(toValue(message)),
  }
}

/**
 * What somebody passed on does not burn: whoever made the history up could name any message in it, and have that one deleted.
 */
function asPassedOn(message: Message): Message {
  if (message.burnAfterMs === undefined) return message
  const { burnAfterMs: _time, ...lasting } = message
  return lasting
}
