import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { ConversationId, UserId } from '../model'
import { useTimelineStore } from '../stores'
import { useChatKit } from './kitContext'
import { useConversationDetails } from './useConversationDetails'
import { useLocale } from './useLocale'
import { useNames } from './useNames'
import { createProfileReader } from './useProfile'

/** The people whose messages can be looked for: the members as far as they are known, and whoever has written of late. */
export function useSearchSenders(
  conversationId: MaybeRefOrGetter<ConversationId>,
): ComputedRef<readonly { readonly id: UserId; readonly name: string }[]> {
  const kit = useChatKit()
  const { t } = useLocale()
  const timelines = useTimelineStore(kit.pinia)
  const { summary, members } = useConversationDetails(conversationId)
  const reader = createProfileReader(kit)
  const ids = computed(() => {
    const { peerId } = summary.value ?? {}
    const entries = timelines.timelineById.get(toValue(conversationId))?.entries() ?? []
    return [
      ...new Set([
        kit.userId,
        ...(peerId === undefined ? [] : [peerId]),
        ...members.value.map(({ userId }) => userId),
        ...entries.map(({ message }) => message.senderId),
      ]),
    ]
  })
  useNames(() => ids.value)
  return computed(() =>
    ids.value.map((id) => {
      const { name } = reader.shownProfile(id, {}, summary.value?.groupId)
      return { id, name: id === kit.userId ? t('common.withYou', { name }) : name }
    }),
  )
}
