import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { previewText } from '../i18n'
import type { GroupId, Message } from '../model'
import { useTimelineStore } from '../stores'
import { useChatKit } from './kitContext'
import { useLocale } from './useLocale'
import { useProfile } from './useProfile'

/** What a message answers, as far as it can be shown. */
export interface ShownQuote {
  /** Who wrote it; undefined where nobody knows. */
  readonly name: string | undefined
  /** What it says, where it is here, else what the answer says of it. */
  readonly text: string
  /** It was recalled meanwhile: its words are not to be shown any more. */
  readonly isGone: boolean
}

/** The quote of a message that answers another; undefined where it answers none (E4). */
export function useQuote(
  message: MaybeRefOrGetter<Pick<Message, 'replyTo'>>,
  groupId: MaybeRefOrGetter<GroupId | undefined>,
): ComputedRef<ShownQuote | undefined> {
  const kit = useChatKit()
  const { t } = useLocale()
  const timelines = useTimelineStore(kit.pinia)
  const replyTo = computed(() => toValue(message).replyTo)
  const quoted = computed(() => {
    const ref = replyTo.value?.ref
    return ref && timelines.timelineById.get(ref.conversationId)?.find(ref.keys)?.message
  })
  const senderId = computed(() => quoted.value?.senderId ?? replyTo.value?.ref.senderId)
  const profile = useProfile(
    senderId,
    () => quoted.value?.senderName,
    () => undefined,
    { groupId: () => toValue(groupId) },
  )
  const words = computed(() => {
    const { parts = [], recalled, burnAfterMs } = quoted.value ?? {}
    // Whoever answers could put any words into the other's mouth. What burns is opened in its own place alone.
    return recalled || burnAfterMs !== undefined ? '' : previewText(t, parts)
  })
  return computed(() => {
    if (!replyTo.value) return undefined
    return {
      name: senderId.value === undefined ? undefined : profile.value.name,
      text: words.value || replyTo.value.abstract,
      isGone: quoted.value?.recalled !== undefined,
    }
  })
}
