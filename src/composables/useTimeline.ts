import { computed, shallowRef, toValue, watch, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { compareOrder } from '../core/timeline'
import type { ChatErrorShape, ConversationId, Message, MessageOrder } from '../model'
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
import { OPENED_MAX_AGE_MS, useInterest } from './useInterest'
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
export function useTimeline(
  conversationId: MaybeRefOrGetter<ConversationId | null | undefined>,
): TimelineView {
  const kit = useChatKit()
  const store = useTimelineStore(kit.pinia)
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const receipts = useReceiptStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const buildRows = createRowBuilder(kit.userId)
  const id = computed(() => toValue(conversationId) ?? undefined)
  const timeline = computed(() => ({ it: id.value === undefined ? undefined : store.watched(id.value) }))
  /** How the conversation stood when it was opened: the divider stays though the messages are read. */
  const opened = shallowRef<{ readonly unreadCount: number; readonly lastKey?: string }>()
  let asked: { readonly generation: number; readonly order: MessageOrder } | undefined
  let lastSeen: TimelineRow | undefined

  function load(direction: 'newest' | 'older'): void {
    if (id.value === undefined) return
    // The failure stands in the timeline, where it is shown.
    kit.dispatch({ type: 'loadHistory', conversationId: id.value, direction }).catch(() => {})
  }

  function act(type: 'resendMessage' | 'dropMessage', rowKey: string): void {
    if (id.value === undefined) return
    // Where it fails the row stays as it is, with its words and its way out.
    kit.dispatch({ type, conversationId: id.value, rowKey }).catch(() => {})
  }

  watch(
    () =>
      [id.value, id.value === undefined ? undefined : conversations.byId.get(id.value)?.unreadCount] as const,
    ([now, unreadCount], old) => {
      if (now !== old?.[0]) {
        asked = undefined
        lastSeen = undefined
        opened.value = undefined
      }
      // Before anything is read: the first thing known of a conversation says how much was unread.
      if (unreadCount !== undefined) opened.value ??= { unreadCount }
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
      if (!isOnline) return
      const { it } = timeline.value
      if (it?.state === 'failed' || it?.error) load('newest')
      if (lastSeen) markReadUpTo(lastSeen)
    },
  )
  watchEffect(() => {
    const { it } = timeline.value
    if (it?.state !== 'ready' || !opened.value || opened.value.lastKey !== undefined) return
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
      firstUnreadKey: opened.value && findFirstUnread(entries, kit.userId, opened.value),
    })
  })

  /** The place of a row, or of the nearest one above it that has one: an own message on its way has none. */
  function orderUpTo(row: TimelineRow): Message | undefined {
    const entries = timeline.value.it?.entries() ?? []
    const index = entries.findLastIndex((entry) => entry.rowKey === row.key)
    return entries.slice(0, index + 1).findLast((entry) => entry.message.order)?.message
  }

  function markReadUpTo(row: TimelineRow): void {
    const upTo = orderUpTo(row)
    const generation = timeline.value.it?.generation ?? 0
    lastSeen = row
    if (id.value === undefined || !upTo?.order) return
    if (asked?.generation === generation && compareOrder(upTo.order, asked.order) <= 0) return
    asked = { generation, order: upTo.order }
    kit.dispatch({ type: 'markRead', conversationId: id.value, upTo }).catch(() => (asked = undefined))
  }

  const profiles = createProfileReader(kit)
  const typing = useTypingUserIds(id)
  useInterest(kit, 'watchProfiles', () => typing.value)
  useInterest(
    kit,
    'watchProfiles',
    () => [conversations.byId.get(id.value ?? '')?.peerId],
    () => ({ maxAgeMs: OPENED_MAX_AGE_MS }),
  )

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
      if (!('end' in it.older)) return 'more'
      return it.older.end === 'live' ? 'unknown' : it.older.end
    }),
    typingNames: computed(() => typing.value.map((userId) => profiles.shownProfile(userId).name)),
    loadOlder: () => load('older'),
    reload: () => load('newest'),
    markReadUpTo,
    resend: (rowKey) => act('resendMessage', rowKey),
    drop: (rowKey) => act('dropMessage', rowKey),
  }
}
