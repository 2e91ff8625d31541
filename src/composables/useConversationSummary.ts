import { computed, toValue, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import type { TimelineEntry } from '../core/timeline'
import { previewText } from '../i18n'
import type { Conversation, ConversationId, Group, Message } from '../model'
import {
  useConversationStore,
  useGroupStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
} from '../stores'
import { isHiddenNotice } from './hiddenNotices'
import { useChatKit } from './kitContext'
import type { ConversationSummary, MessageStatus } from './rows'
import { countReaders, statusOf } from './timelineRows'
import { useLocale } from './useLocale'
import { useInterest } from './useInterest'
import { usePresence } from './usePresence'
import { createProfileReader } from './useProfile'
import { useTypingUserIds } from './useTypingUserIds'

/** A newest message, told by the list or seen in the timeline. */
interface Newest {
  readonly message: Partial<Message>
  readonly status?: MessageStatus
}

/**
 * What a row of the list and the header of a panel show of a conversation; undefined while it is not known. The profile
 * or group behind it is loaded in the background, so ask only for what is on screen (G2).
 */
export function useConversationSummary(
  conversationId: MaybeRefOrGetter<ConversationId | null | undefined>,
): ComputedRef<ConversationSummary | undefined> {
  const kit = useChatKit()
  const { t } = useLocale()
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const profiles = createProfileReader(kit)
  const newestOf = createNewestReader(kit.pinia, kit.userId)
  const id = computed(() => toValue(conversationId) ?? undefined)
  const typing = useTypingUserIds(id)
  const conversation = computed(() => (id.value === undefined ? undefined : conversations.byId.get(id.value)))
  const group = computed(() => {
    const groupId = conversation.value?.groupId
    return groupId === undefined ? undefined : groups.byId.get(groupId)
  })
  const newest = computed(() => conversation.value && newestOf(conversation.value, group.value))

  const presence = usePresence(() => conversation.value?.peerId)

  useInterest(kit, 'watchGroups', () => [conversation.value?.groupId])
  useInterest(kit, 'watchProfiles', () => {
    // A direct conversation names nobody in its preview but its peer and oneself.
    const shownSenderId =
      conversation.value?.groupId === undefined ? undefined : newest.value?.message.senderId
    return [conversation.value?.peerId, shownSenderId, ...noticedIds(newest.value), ...typing.value]
  })

  const asked = new Set<ConversationId>()
  watchEffect(() => {
    if (id.value === undefined) return
    // What was there and is taken off the list must not come back because it is still looked at.
    if (conversation.value) asked.add(id.value)
    if (asked.has(id.value) || session.session.state !== 'online') return
    asked.add(id.value)
    // A panel may stand alone, without a list that has read the conversation; what fails shows in the timeline.
    kit.dispatch({ type: 'openConversation', target: { id: id.value } }).catch(() => {})
  })

  function nameOf(userId: string): string {
    return userId === kit.userId ? t('common.you') : profiles.shownProfile(userId).name
  }

  function preview({ kind, groupId }: Conversation): string {
    const message = newest.value?.message
    if ((!message?.parts && !message?.recalled) || isHiddenNotice(kit, message)) return ''
    const text =
      message.burnAfterMs === undefined || message.recalled
        ? previewText(t, message.parts ?? [], message.recalled, nameOf)
        : t('kinds.burning')
    const isNotice = message.parts?.[0]?.kind === 'notice'
    if (isNotice || message.recalled || message.senderId === undefined) return text
    if (message.senderId === kit.userId) return t('list.you', { text })
    if (kind === 'direct') return text
    const snapshot = message.senderName === undefined ? {} : { name: message.senderName }
    const name = profiles.shownProfile(message.senderId, snapshot, groupId).name
    return t('list.by', { name, text })
  }

  return computed(() => {
    const it = conversation.value
    if (!it) return undefined
    const peer = it.peerId === undefined ? undefined : profiles.shownProfile(it.peerId)
    const avatar = peer ? peer.avatar : group.value?.avatar
    const last = newest.value
    return {
      id: it.id,
      kind: it.kind,
      title: peer?.name ?? group.value?.name ?? it.groupId ?? it.id,
      avatarSeed: it.peerId ?? it.groupId ?? it.id,
      preview: preview(it),
      unreadCount: it.unreadCount ?? 0,
      isMarkedUnread: it.isMarkedUnread ?? false,
      isPinned: it.isPinned ?? false,
      isMuted: it.notify !== undefined && it.notify !== 'all',
      isMentioned: it.mention !== undefined && (it.mention.isMe || it.mention.isAll),
      isOnline: session.session.state === 'online' && presence.value?.state === 'online',
      typingNames: typing.value.map((userId) => profiles.shownProfile(userId).name),
      draft: conversations.draftOf(it.id).text,
      ...(avatar !== undefined && { avatar }),
      ...(it.peerId !== undefined && { peerId: it.peerId }),
      ...(it.groupId !== undefined && { groupId: it.groupId }),
      ...(group.value && { groupType: group.value.type }),
      ...(group.value?.memberCount !== undefined && { memberCount: group.value.memberCount }),
      ...(last?.message.sentAt !== undefined && { lastAt: last.message.sentAt }),
      ...(last?.status && { lastStatus: last.status }),
    }
  })
}

function noticedIds(newest: Newest | undefined): readonly (string | undefined)[] {
  const part = newest?.message.parts?.[0]
  return part?.kind === 'notice' ? [part.byId, ...(part.userIds ?? []).slice(0, 3)] : []
}

/** The newest message: one that is still on its way counts, so that the row shows at once what was sent. */
function createNewestReader(pinia: ReturnType<typeof useChatKit>['pinia'], ownId: string) {
  const timelines = useTimelineStore(pinia)
  const receipts = useReceiptStore(pinia)

  return (conversation: Conversation, group: Group | undefined): Newest | undefined => {
    const { last } = conversation
    const entry = timelines.timelineById.get(conversation.id)?.newestWaiting()
    const marks = receipts.marksById.get(conversation.id)
    // Counting readers costs by the member, so only a row that shows ticks asks.
    const status = (of: TimelineEntry) =>
      statusOf(of, ownId, {
        readers: countReaders(marks ?? new Map(), ownId),
        isDirect: conversation.kind === 'direct',
        ...(group?.memberCount !== undefined && { otherCount: group.memberCount - 1 }),
      })
    if (entry) return { message: entry.message, ...status(entry) }
    if (!last) return undefined
    // Without receipts nothing is known of how far it came, and "sent" would be a guess.
    if (!marks || last.senderId !== ownId || last.sentAt === undefined) return { message: last }
    const own: Message = {
      ...last,
      parts: last.parts ?? [],
      delivery: 'stored',
      senderId: ownId,
      sentAt: last.sentAt,
    }
    return { message: last, ...status({ rowKey: '', message: own, asOf: 0 }) }
  }
}
