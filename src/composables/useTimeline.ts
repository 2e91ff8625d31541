import { computed, shallowRef, toValue, watch, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { compareOrder } from '../core/timeline'
import type { ChatErrorShape, ConversationId, MessageOrder } from '../model'
import {
  useConversationStore,
  useGroupStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
} from '../stores'
import { useChatKit } from './kitContext'
import type { TimelineRow } from './rows'
import { createRowBuilder, findFirstUnread } from './timelineRows'
import { createProfileReader } from './useProfile'
import { useTypingUserIds } from './useTypingUserIds'

/** How history goes on above the oldest row. */
export type OlderState = 'more' | 'loading' | 'failed' | 'start' | 'joined' | 'retention' | 'unknown'

/** The messages of one conversation, as rows. */
export interface TimelineView {
  readonly rows: ComputedRef<readonly TimelineRow[]>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  readonly olderState: ComputedRef<OlderState>
  readonly typingNames: ComputedRef<readonly string[]>
  /** Reads the page above the oldest row; does nothing while one is on its way or where history ends. */
  loadOlder(): void
  /** Reads the newest page again. */
  reload(): void
  /** Tells that this row and all before it were seen on screen. */
  markReadUpTo(row: TimelineRow): void
  /** Sends a failed or unsure message once more. */
  resend(rowKey: string): void
  /** Gives up an own message that is not sent. */
  drop(rowKey: string): void
}

/** The timeline of a conversation, read as soon as the session is online, and again where messages may be missing. */
export function useTimeline(conversationId: MaybeRefOrGetter<ConversationId | undefined>): TimelineView {
  const kit = useChatKit()
  const store = useTimelineStore(kit.pinia)
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const receipts = useReceiptStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const buildRows = createRowBuilder(kit.userId)
  const id = computed(() => toValue(conversationId))
  const timeline = computed(() => ({ it: id.value === undefined ? undefined : store.watched(id.value) }))
  /** How the conversation stood when it was opened: the divider stays though the messages are read. */
  const opened = shallowRef<{ readonly unreadCount: number; readonly lastKey?: string }>({ unreadCount: 0 })
  let asked: MessageOrder | undefined

  function load(direction: 'newest' | 'older'): void {
    if (id.value === undefined) return
    // The failure stands in the timeline, where it is shown.
    kit.dispatch({ type: 'loadHistory', conversationId: id.value, direction }).catch(() => {})
  }

  watch(
    id,
    () => {
      asked = undefined
      const unreadCount = (id.value !== undefined && conversations.byId.get(id.value)?.unreadCount) || 0
      opened.value = { unreadCount }
    },
    { immediate: true, flush: 'sync' },
  )
  watchEffect(() => {
    if (id.value === undefined || session.session.state !== 'online') return
    const { it } = timeline.value
    if (!it || it.state === 'empty') load('newest')
    else if (it.isInterrupted && it.state === 'ready' && !it.error) load('newest')
  })
  watch(
    () => session.session.state === 'online',
    (isOnline) => {
      if (isOnline && timeline.value.it?.error) load('newest')
    },
  )
  watchEffect(() => {
    const { it } = timeline.value
    if (it?.state !== 'ready' || opened.value.lastKey !== undefined) return
    const lastKey = it.entries().at(-1)?.rowKey
    if (lastKey !== undefined) opened.value = { ...opened.value, lastKey }
  })

  const rows = computed(() => {
    const { it } = timeline.value
    if (!it || id.value === undefined) return []
    const entries = it.entries()
    const conversation = conversations.byId.get(id.value)
    const memberCount = groups.byId.get(conversation?.groupId ?? '')?.memberCount
    return buildRows(entries, {
      isDirect: conversation?.kind === 'direct',
      hasMore: it.older !== undefined && 'cursor' in it.older,
      marks: receipts.marksById.get(id.value) ?? new Map(),
      ...(memberCount !== undefined && { otherCount: memberCount - 1 }),
      firstUnreadKey: findFirstUnread(entries, kit.userId, opened.value),
    })
  })

  const profiles = createProfileReader(kit)
  const typing = useTypingUserIds(id)
  watchEffect(() => profiles.want(typing.value))

  return {
    rows,
    state: computed(() => {
      const state = timeline.value.it?.state ?? 'empty'
      return state === 'empty' ? 'loading' : state
    }),
    error: computed(() => timeline.value.it?.error ?? timeline.value.it?.olderError),
    olderState: computed(() => {
      const { it } = timeline.value
      if (it?.isLoadingOlder) return 'loading'
      if (it?.olderError) return 'failed'
      if (!it?.older) return 'unknown'
      if ('cursor' in it.older) return 'more'
      return it.older.end === 'live' ? 'unknown' : it.older.end
    }),
    typingNames: computed(() => typing.value.map((userId) => profiles.shownProfile(userId).name)),
    loadOlder: () => load('older'),
    reload: () => load('newest'),
    markReadUpTo({ message }) {
      if (id.value === undefined || !message.order) return
      if (asked && compareOrder(message.order, asked) <= 0) return
      asked = message.order
      kit
        .dispatch({ type: 'markRead', conversationId: id.value, upTo: message })
        .catch(() => (asked = undefined))
    },
    resend(rowKey) {
      if (id.value !== undefined)
        void kit.dispatch({ type: 'resendMessage', conversationId: id.value, rowKey })
    },
    drop(rowKey) {
      if (id.value !== undefined) void kit.dispatch({ type: 'dropMessage', conversationId: id.value, rowKey })
    },
  }
}
