import { computed, getCurrentInstance, onMounted, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { groupRights } from '../core/groups'
import { canOrder, liveRoleOf, moderatorsOf, signalPart } from '../core/live'
import type { GiftCombo, LiveGift, LiveOrder, LiveRow, LiveSnapshot, Welcome } from '../core/live'
import type { EpochMs, GroupId, LiveRoomStanding, Message, Part, Priority, Stop, UserId } from '../model'
import { useGroupStore, useLiveStore, useSessionStore } from '../stores'
import { createFramePace } from './frames'
import { useChatKit } from './kitContext'
import { useInterest } from './useInterest'
import { useLocale } from './useLocale'

/** A live room as it is watched. */
export interface LiveRoomView {
  /** Where the user stands in it. */
  readonly standing: ComputedRef<LiveRoomStanding>
  /** The newest lines, oldest first; while the reader holds the list, those he holds. Renewed once a frame at the most. */
  readonly rows: ComputedRef<readonly LiveRow[]>
  /** How many lines have come since the reader holds the list. */
  readonly newCount: ComputedRef<number>
  /** More comes in than is shown: the least important is left out. */
  readonly isThinned: ComputedRef<boolean>
  readonly likes: ComputedRef<number>
  /** Gifts of late, those of one giver in a row as one; the newest last. */
  readonly gifts: ComputedRef<readonly GiftCombo[]>
  /** Whoever came in last, told together. */
  readonly welcome: ComputedRef<Welcome | undefined>
  /** How many are there, as far as the backend tells. */
  readonly onlineCount: ComputedRef<number | undefined>
  readonly name: ComputedRef<string>
  readonly hostId: ComputedRef<UserId | undefined>
  /** What the host has pinned for all to read. */
  readonly pinned: ComputedRef<string | undefined>
  /** What the user is here. */
  readonly role: ComputedRef<'host' | 'moderator' | 'viewer'>
  /** Why the user may not write, and until when: by himself or with all others. */
  readonly mute: ComputedRef<LiveMute | undefined>
  readonly isMutedForAll: ComputedRef<boolean>
  readonly canPin: ComputedRef<boolean>
  readonly canMuteAll: ComputedRef<boolean>
  /** True where the user may mute or put out this one. */
  canOrder(userId: UserId): boolean
  /** True where the user may take this message away for everybody. */
  canRemove(message: Message): boolean
  isMuted(userId: UserId): boolean
  roleOf(userId: UserId): 'host' | 'moderator' | 'viewer'
  /** The reader is elsewhere than at the end: what he sees stays. */
  hold(isHeld: boolean): void
  /** Says a text; rejects with why it is not said. What may not have arrived can be said once more without being said twice. */
  say(text: string): Promise<void>
  give(gift: LiveGift, count?: number): Promise<void>
  like(): void
  order(order: LiveOrder): Promise<void>
  /** Pins a text for all to read; null takes it away. */
  pin(text: string | null): Promise<void>
  muteAll(isMuted: boolean): Promise<void>
  /** Lets somebody help the host, or no more (J6). */
  setModerator(userId: UserId, isModerator: boolean): Promise<void>
  remove(message: Message): Promise<void>
  /** Tries to come in once more, after a failure or after one was put out. */
  again(): void
}
/** Why somebody may not write in a live room. */
export interface LiveMute {
  readonly of: 'me' | 'all'
  /** Absent: until it is given back. */
  readonly untilAt?: EpochMs
}

const NOTHING: LiveSnapshot['rows'] = []
/** As long as something was left out this short ago, it is said. */
const THINNED_FOR_MS = 3_000
/** Mutes end by themselves: looked at so often. */
const MUTES_LOOKED_AT_EVERY_MS = 1_000

/** A live room: entered when the component is mounted, left when it goes, and entered again after an interruption (J2, J7). */
export function useLiveRoom(groupId: MaybeRefOrGetter<GroupId>): LiveRoomView {
  const kit = useChatKit()
  const { t } = useLocale()
  const live = useLiveStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const session = useSessionStore(kit.pinia)
  const id = computed(() => toValue(groupId))
  const room = computed(() => live.roomById.get(id.value))
  const group = computed(() => groups.byId.get(id.value))
  const shown = shallowRef<LiveSnapshot>()
  const held = shallowRef<LiveSnapshot>()
  const thinnedAt = shallowRef(-Infinity)
  const now = shallowRef(kit.clock.now())
  let stopWatching: Stop | undefined
  let stopTicking: Stop | undefined

  useInterest(kit, 'watchGroups', () => [id.value])

  const pace = createFramePace(kit.clock, () => {
    const next = room.value?.snapshot
    if (droppedOf(next) > droppedOf(shown.value)) thinnedAt.value = kit.clock.now()
    shown.value = next
  })
  watch(() => room.value?.snapshot, pace.ask, { flush: 'sync' })

  function tick(): void {
    now.value = kit.clock.now()
    stopTicking = kit.clock.after(MUTES_LOOKED_AT_EVERY_MS, tick)
  }

  function enter(): void {
    stopWatching?.()
    const watching = kit.dispatch({ type: 'enterLiveRoom', groupId: id.value })
    stopWatching = () => void watching.then((stop) => stop()).catch(() => {})
    watching.catch(() => {})
  }

  function start(): void {
    tick()
    watch(
      id,
      () => {
        held.value = undefined
        shown.value = undefined
        enter()
      },
      { immediate: true },
    )
  }
  // On a server nobody comes in.
  if (getCurrentInstance()) onMounted(start)
  else start()
  onScopeDispose(() => {
    stopWatching?.()
    stopTicking?.()
    pace.stop()
  })

  const role = computed(() => liveRoleOf(group.value, kit.userId))
  const rights = computed(() => {
    const me = group.value?.me
    return me ? groupRights('live', me.role) : undefined
  })
  const conversationId = computed(() => {
    const standing = room.value?.standing
    return standing?.state === 'in' ? standing.conversationId : undefined
  })
  const serverNow = computed(() => now.value + session.clockOffsetMs)

  function muteOf(userId: UserId): LiveMute | undefined {
    const until = shown.value?.mutes.get(userId)
    if (until === undefined || (until !== 'forever' && until <= serverNow.value)) return undefined
    return { of: 'me', ...(until !== 'forever' && { untilAt: until }) }
  }

  const mute = computed<LiveMute | undefined>(() => {
    const told = muteOf(kit.userId)
    if (told) return told
    if (group.value?.isMuted && rights.value && !rights.value.canMuteAll) return { of: 'all' }
    // Without a message of the host, as after one has come back, the backend knows.
    void now.value
    if (conversationId.value === undefined) return undefined
    const verdict = kit.can('messages.send', { conversationId: conversationId.value })
    if (typeof verdict === 'string' || verdict.kind !== 'muted') return undefined
    return { of: 'me', ...(verdict.untilAt !== undefined && { untilAt: verdict.untilAt }) }
  })

  async function sayParts(parts: readonly Part[], priority: Priority): Promise<void> {
    await kit.dispatch({ type: 'sayLive', groupId: id.value, parts, priority })
  }

  return {
    standing: computed(() => room.value?.standing ?? { state: 'entering' }),
    rows: computed(
      () => (held.value ? withoutRemoved(held.value, shown.value) : shown.value?.rows) ?? NOTHING,
    ),
    newCount: computed(() => (held.value ? (shown.value?.rowCount ?? 0) - held.value.rowCount : 0)),
    isThinned: computed(() => now.value - thinnedAt.value < THINNED_FOR_MS),
    likes: computed(() => shown.value?.likes ?? 0),
    gifts: computed(() => shown.value?.gifts ?? []),
    welcome: computed(() => shown.value?.welcome),
    onlineCount: computed(() => room.value?.onlineCount ?? group.value?.memberCount),
    name: computed(() => group.value?.name || id.value),
    hostId: computed(() => group.value?.ownerId),
    pinned: computed(() => group.value?.announcement || undefined),
    role,
    mute,
    isMutedForAll: computed(() => group.value?.isMuted === true),
    canPin: computed(() => rights.value?.canEditProfile === true),
    canMuteAll: computed(() => rights.value?.canMuteAll === true),
    canOrder: (userId) => conversationId.value !== undefined && canOrder(group.value, kit.userId, userId),
    canRemove: ({ senderId }) => rights.value?.canRecallOthers === true || senderId === kit.userId,
    roleOf: (userId) => liveRoleOf(group.value, userId),
    isMuted: (userId) => muteOf(userId) !== undefined,
    hold(isHeld) {
      if (isHeld === (held.value !== undefined)) return
      held.value = isHeld ? shown.value : undefined
    },
    async say(text) {
      await sayParts([{ kind: 'text', text }], role.value === 'viewer' ? 'normal' : 'high')
    },
    async give(gift, count = 1) {
      const fallback = t('live.gaveAs', { gift: gift.name, n: count })
      await sayParts([signalPart({ kind: 'gift', gift, count }, fallback)], 'high')
    },
    like() {
      kit.dispatch({ type: 'likeLive', groupId: id.value }).catch(() => {})
    },
    async order(order) {
      const user = order.userId
      const fallback =
        order.kind === 'kick'
          ? t('live.kickedAs', { user })
          : t(order.until === null ? 'live.unmutedAs' : 'live.mutedAs', { user })
      await sayParts([signalPart(order, fallback)], 'high')
    },
    async pin(text) {
      await kit.dispatch({ type: 'updateGroup', patch: { id: id.value, announcement: text } })
    },
    async muteAll(isMuted) {
      await kit.dispatch({ type: 'updateGroup', patch: { id: id.value, isMuted } })
    },
    async setModerator(userId, isModerator) {
      const others = moderatorsOf(group.value ?? {}).filter((other) => other !== userId)
      const moderatorIds = isModerator ? [...others, userId] : others
      await kit.dispatch({ type: 'updateGroup', patch: { id: id.value, custom: { moderatorIds } } })
    },
    async remove(message) {
      await kit.dispatch({ type: 'recallMessage', message })
    },
    again: enter,
  }
}

/** Whoever holds the list does not go on reading what was taken away meanwhile. */
function withoutRemoved({ rows }: LiveSnapshot, now: LiveSnapshot | undefined): LiveSnapshot['rows'] {
  const removed = new Set(now?.removedKeys)
  return removed.size === 0
    ? rows
    : rows.filter(({ message }) => !message.keys.some((key) => removed.has(key)))
}

function droppedOf(snapshot: LiveSnapshot | undefined): number {
  if (!snapshot) return 0
  const { normal, low, lowest } = snapshot.dropped
  return normal + low + lowest
}
