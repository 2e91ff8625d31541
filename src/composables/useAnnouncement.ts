import { computed, toValue } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { GroupId } from '../model'
import { useGroupStore } from '../stores'
import { useChatKit } from './kitContext'

/** What a group announces, until it was seen (I10). */
export interface AnnouncementView {
  /** Undefined where there is none, or where it was seen as it reads now. */
  readonly text: ComputedRef<string | undefined>
  /** It was read. */
  see(): void
}

/** The announcement of a group that was not seen on this machine. */
export function useAnnouncement(groupId: MaybeRefOrGetter<GroupId | undefined>): AnnouncementView {
  const kit = useChatKit()
  const store = useGroupStore(kit.pinia)
  const id = computed(() => toValue(groupId) ?? '')
  const text = computed(() => {
    const group = store.byId.get(id.value)
    const isNews =
      group?.state === 'joined' && group.announcement !== store.seenAnnouncementById.get(id.value)
    return isNews ? group.announcement : undefined
  })
  return {
    text,
    see() {
      if (text.value) void kit.dispatch({ type: 'seeAnnouncement', groupId: id.value, text: text.value })
    },
  }
}
