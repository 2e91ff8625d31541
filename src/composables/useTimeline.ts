import { computed, onScopeDispose, shallowRef, toValue, watch, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { hasEnded, kitEnded } from '../core/session'
import { compareOrder } from '../core/timeline'
import type { ChatErrorShape, ConversationId, EpochMs, Message, MessageOrder, MessageRef } from '../model'
import {
  useConversationStore,
  useGroupStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
} from '../stores'
import { isHiddenNotice } from './hiddenNotices'
import { draftOf } from './rewriting'
import { useChatKit } from './kitContext'
import { mentionNames } from './mentionNames'
import { usePacedTimeline } from './pacedTimeline'
import { createReadPace } from './readPace'
import type { TimelineRow } from './rows'
import { createRowBuilder, findFirstUnread } from './timelineRows'
import { OPENED_MAX_AGE_MS, useInterest } from './useInterest'
import { createProfileReader } from './useProfile'
import { useTypingUserIds } from './useTypingUserIds'

/** How history goes on above the oldest row. */
export type OlderState = 'more' | 'loading' | 'failed' | 'start' | 'joined' | 'retention' | 'unknown'
/** How history goes on below the newest row: 'latest' is the end, and what comes next comes by itself. */
export type NewerState = 'latest' | 'more' | 'loading' | 'failed'

/** The messages of one conversation, as rows. */
export interface TimelineView {
  readonly rows: ComputedRef<readonly TimelineRow[]>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  readonly olderState: ComputedRef<OlderState>
  readonly newerState: ComputedRef<NewerState>
  /** How many messages of others came in below what is shown here. */
  readonly missedCount: ComputedRef<number>
  /** Grows whenever other rows are shown than before: those around a message gone to, or the newest ones. */
  readonly windowId: ComputedRef<number>
  readonly typingNames: ComputedRef<readonly string[]>
  /** Reads the page above the oldest row; does nothing while one is on its way or where history ends. */
  loadOlder(): void
  /** Reads the page below the newest row, where the end is not shown. */
  loadNewer(): void
  /** Reads what is missing above this row. */
  fillGap(row: TimelineRow): void
  /** Goes to the end, wherever the rows shown now lie. */
  toLatest(): Promise<void>
  /**
   * Makes a message, or what was written at a moment (epoch ms), part of the rows; resolves with the key of the row to
   * show, undefined where nothing is there.
   */
  goTo(to: { readonly message: MessageRef } | { readonly at: EpochMs }): Promise<string | undefined>
  /** Tells whether the reader stands at the end: else what comes in does not push away what is read. */
  setFollowing(isFollowing: boolean): void
  /** Reads the newest page again. */
  reload(): void
  /** Tells that this row and all before it were seen on screen. */
  markReadUpTo(row: TimelineRow): void
  /** Sends a failed or unsure message once more. */
  resend(rowKey: string): void
  /** Gives up an own message that is not sent. */
  drop(rowKey: string): void
  /** Takes a message that was not sent back into the draft, before what is written there, to be changed (B6). */
  rewrite(row: TimelineRow): void
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
  const { shown: timeline, hurry } = usePacedTimeline(
    kit.clock,
    () => (id.value === undefined ? undefined : store.timelineById.get(id.value)),
    kit.userId,
  )
  watch(id, hurry, { flush: 'sync' })
  const isOnline = computed(() => session.session.state === 'online')
  const isEnded = computed(() => hasEnded(session.session))
  /** How the conversation stood when it was opened: the divider stays though the messages are read. */
  const opened = shallowRef<{ readonly unreadCount: number; readonly lastKey?: string }>()
  let asked: { readonly incarnation: string | undefined; readonly order: MessageOrder } | undefined
  let lastSeen: TimelineRow | undefined
  const readPace = createReadPace(kit.clock)
  onScopeDispose(readPace.hurry)
  const stopHints = kit.platform.watch?.((hint) => {
    // A page in the background may never come to the foreground again.
    if (hint === 'background') readPace.hurry()
  })
  onScopeDispose(() => stopHints?.())

  async function load(direction: 'newest' | 'older' | 'newer', beside?: MessageRef): Promise<void> {
    if (id.value === undefined) return
    try {
      await kit.dispatch({
        type: 'loadHistory',
        conversationId: id.value,
        direction,
        ...(beside && { beside }),
        ...(!isOnline.value && direction === 'newest' && { isOnlyHere: true }),
      })
    } catch {
      // The failure stands in the timeline, where it is shown.
    }
  }

  function act(type: 'resendMessage' | 'dropMessage', rowKey: string): void {
    if (id.value === undefined) return
    // Where it fails the row stays as it is, with its words and its way out.
    kit.dispatch({ type, conversationId: id.value, rowKey }).catch(() => {})
  }

  function rewrite({ key, message }: TimelineRow): void {
    if (id.value === undefined) return
    const draft = draftOf(message, conversations.draftOf(id.value), mentionNames(kit, message))
    void kit.dispatch({ type: 'setDraft', conversationId: id.value, draft })
    act('dropMessage', key)
  }

  watch(
    () =>
      [id.value, id.value === undefined ? undefined : conversations.byId.get(id.value)?.unreadCount] as const,
    ([now, unreadCount], old) => {
      if (now !== old?.[0]) {
        readPace.hurry()
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
    if (id.value === undefined || isEnded.value) return
    const it = timeline.value
    // What this machine keeps is shown without a connection too.
    if (!it || it.state === 'empty') void load('newest')
    else if (isOnline.value && it.isInterrupted && it.state === 'ready' && !it.error) void load('newest')
  })
  watch(
    () => {
      const it = timeline.value
      const isDoubtful = isOnline.value && it?.state === 'ready' && !it.isInterrupted && it.nextDoubt()
      // Once for each loss: a backend that fails is not asked again and again.
      return isDoubtful ? JSON.stringify([id.value, it.windowId, it.parts.interruptions]) : undefined
    },
    (doubt) => {
      if (doubt === undefined || id.value === undefined) return
      void kit.dispatch({ type: 'refreshTimeline', conversationId: id.value })
    },
    { immediate: true },
  )
  watch(isOnline, (isBack) => {
    if (!isBack) return
    const it = timeline.value
    if (it?.state === 'failed' || it?.state === 'loading' || it?.error) void load('newest')
    if (typeof it?.olderWork === 'object') void load('older')
    if (typeof it?.newerWork === 'object') void load('newer')
    if (lastSeen) markReadUpTo(lastSeen)
  })
  watchEffect(() => {
    const it = timeline.value
    if (it?.state !== 'ready' || !opened.value || opened.value.lastKey !== undefined) return
    const lastKey = it.entries().at(-1)?.rowKey
    if (lastKey !== undefined) opened.value = { ...opened.value, lastKey }
  })

  const conversation = computed(() => conversations.byId.get(id.value ?? ''))
  // A conversation changes with every message, and this of it hardly ever.
  const isDirect = computed(() => conversation.value?.kind === 'direct')
  const memberCount = computed(() => groups.byId.get(conversation.value?.groupId ?? '')?.memberCount)
  const rows = computed(() => {
    const it = timeline.value
    if (!it || id.value === undefined) return []
    const gaps = it.gaps()
    const all = it.entries()
    // Where something is missing the row below says so.
    const entries = kit.hiddenNotices
      ? all.filter(({ rowKey, message }) => gaps.has(rowKey) || !isHiddenNotice(kit, message))
      : all
    return buildRows(entries, {
      isDirect: isDirect.value,
      hasMore: it.older !== undefined && !('end' in it.older),
      gaps,
      marks: receipts.marksById.get(id.value) ?? new Map(),
      ...(memberCount.value !== undefined && { otherCount: memberCount.value - 1 }),
      firstUnreadKey: opened.value && findFirstUnread(all, kit.userId, opened.value, gaps),
    })
  })

  /** The place of a row, or of the nearest one above it that has one: an own message on its way has none. */
  function orderUpTo(row: TimelineRow): Message | undefined {
    const entries = timeline.value?.entries() ?? []
    const index = entries.findLastIndex((entry) => entry.rowKey === row.key)
    // What nobody is shown below it is read with it.
    const next = entries.findIndex(({ message }, at) => at > index && !isHiddenNotice(kit, message))
    return entries
      .slice(0, index < 0 ? 0 : next < 0 ? entries.length : next)
      .findLast((entry) => entry.message.order)?.message
  }

  function markReadUpTo(row: TimelineRow): void {
    const upTo = orderUpTo(row)
    const incarnation = conversations.byId.get(id.value ?? '')?.incarnation
    lastSeen = row
    if (id.value === undefined || !upTo?.order) return
    if (asked && asked.incarnation === incarnation && compareOrder(upTo.order, asked.order) <= 0) return
    asked = { incarnation, order: upTo.order }
    const conversationId = id.value
    readPace.tell(() => {
      kit.dispatch({ type: 'markRead', conversationId, upTo }).catch(() => {
        if (id.value === conversationId) asked = undefined
      })
    })
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

  watch(
    id,
    (conversationId, _before, onCleanup) => {
      if (conversationId === undefined) return
      const watching = kit.dispatch({ type: 'watchConversation', conversationId })
      onCleanup(() => void watching.then((stop) => stop()).catch(() => {}))
      watching.catch(() => {})
    },
    { immediate: true },
  )

  async function toLatest(): Promise<void> {
    if (timeline.value?.isDetached) await load('newest')
  }

  return {
    rows,
    state: computed(() => {
      if (isEnded.value) return 'failed'
      const state = timeline.value?.state ?? 'empty'
      return state === 'empty' ? 'loading' : state
    }),
    error: computed(() => {
      if (isEnded.value) return kitEnded()
      const it = timeline.value
      return it?.error ?? (typeof it?.olderWork === 'object' ? it.olderWork : undefined)
    }),
    olderState: computed(() => {
      const it = timeline.value
      if (it?.olderWork === 'loading') return 'loading'
      if (typeof it?.olderWork === 'object') return 'failed'
      if (!it?.older) return 'unknown'
      if (!('end' in it.older)) return 'more'
      return it.older.end === 'live' ? 'unknown' : it.older.end
    }),
    newerState: computed(() => {
      const it = timeline.value
      if (!it?.isDetached) return 'latest'
      if (it.newerWork === 'loading') return 'loading'
      return typeof it.newerWork === 'object' ? 'failed' : 'more'
    }),
    missedCount: computed(() => timeline.value?.missedCount ?? 0),
    windowId: computed(() => timeline.value?.windowId ?? 0),
    typingNames: computed(() => typing.value.map((userId) => profiles.shownProfile(userId).name)),
    loadOlder: () => void load('older'),
    loadNewer: () => void load('newer'),
    fillGap: (row) => void load('older', row.message),
    toLatest,
    async goTo(to) {
      if (id.value === undefined) return undefined
      const key = await kit.dispatch({ type: 'goTo', conversationId: id.value, to })
      hurry()
      return key
    },
    setFollowing(isFollowing) {
      if (id.value === undefined) return
      void kit.dispatch({ type: 'followTimeline', conversationId: id.value, isFollowing })
    },
    reload: () => void load('newest'),
    markReadUpTo,
    resend: (rowKey) => act('resendMessage', rowKey),
    drop: (rowKey) => act('dropMessage', rowKey),
    rewrite,
  }
}
