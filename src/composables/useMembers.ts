import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue'
import { foldText } from '../core/text'
import { toChatError } from '../model'
import type { ChatErrorShape, Cursor, EpochMs, GroupId, Member, Stop } from '../model'
import { useProfileStore } from '../stores'
import { useChatKit } from './kitContext'
import { findMembers, useListedMembers } from './listedMembers'

/** Which members are meant: all, those who lead, those without a voice, those who were put out and kept out. */
export type MemberPart = 'all' | 'admins' | 'muted' | 'banned'

/** The members of a group, however many they are (I3). */
export interface MembersView {
  /** Owner first, then admins, then the others as the backend lists them. */
  readonly members: ComputedRef<readonly Member[]>
  readonly state: ComputedRef<'loading' | 'ready' | 'failed'>
  readonly error: ShallowRef<ChatErrorShape | undefined>
  /** There are more, which `loadMore` reads. */
  readonly hasMore: ComputedRef<boolean>
  /** The backend does not search here: only those that are loaded were looked through. */
  readonly isOnlyLoaded: ComputedRef<boolean>
  loadMore(): void
  /** Reads them again. */
  reload(): void
  /** The name of a member as far as it is known: his name card, else his name, else his id. Asks nobody. */
  nameOf(member: Member): string
}

/** What members are asked for. */
export interface MembersOptions {
  /** Words that the id, the name or the name card holds. */
  readonly words?: () => string
  /** @default 'all' */
  readonly part?: () => MemberPart
  /** Now on the server's clock, to tell whose mute has ended; without it whoever is muted counts until it is lifted. */
  readonly nowMs?: () => EpochMs
}

/** A search waits until nobody has typed for so long. */
const REST_MS = 200

/** What was found at the backend, as far as it was read. */
interface Finds {
  readonly members: readonly Member[]
  readonly state: 'loading' | 'ready' | 'failed'
  readonly next?: Cursor
  readonly isRefused?: boolean
}

/** The members of a group, read page by page, searched by the backend where it can. */
export function useMembers(groupId: MaybeRefOrGetter<GroupId>, options: MembersOptions = {}): MembersView {
  const kit = useChatKit()
  const profiles = useProfileStore(kit.pinia)
  const id = computed(() => toValue(groupId))
  const words = computed(() => options.words?.().trim() ?? '')
  const part = computed(() => options.part?.() ?? 'all')
  const { listed, hasList, load } = useListedMembers(kit, () => id.value)
  const isWhole = computed(() => listed.value?.state === 'ready' && listed.value.next === undefined)
  /** Only the backend knows who was put out; the others it need not be asked for where all are here. */
  const isAsked = computed(
    () => part.value === 'banned' || (!isWhole.value && (words.value !== '' || part.value !== 'all')),
  )
  const error = shallowRef<ChatErrorShape>()
  const finds = shallowRef<Finds>()
  /** The newest question: a late answer to an earlier one is nobody's. */
  let turn = 0
  let stopWaiting: Stop = () => {}

  const nameOf = ({ userId, nameCard }: Member) => nameCard || profiles.byId.get(userId)?.name || userId

  watch(
    [id, words, part, isAsked],
    () => {
      stopWaiting()
      turn++
      finds.value = isAsked.value ? { members: [], state: 'loading' } : undefined
      if (isAsked.value) stopWaiting = kit.clock.after(words.value === '' ? 0 : REST_MS, () => void find())
    },
    { immediate: true },
  )
  // Names of members that were never shown are asked for only when somebody looks for a name.
  watch(
    () => words.value !== '' && listed.value,
    (searched) => {
      if (!searched) return
      const unknown = [...searched.byId.keys()].filter((userId) => !profiles.byId.has(userId))
      if (unknown.length > 0) void kit.dispatch({ type: 'loadProfiles', ids: unknown })
    },
  )
  onScopeDispose(() => stopWaiting())

  async function find(): Promise<void> {
    const mine = (turn += 1)
    const before: Finds = finds.value ?? { members: [], state: 'loading' }
    const search = {
      groupId: id.value,
      ...(part.value !== 'all' && { only: part.value }),
      ...(words.value !== '' && { text: words.value }),
    }
    finds.value = { ...before, state: 'loading' }
    try {
      const { items, ...more } = await findMembers(kit, search, before.next, () => mine === turn)
      if (mine !== turn) return
      finds.value = { members: [...before.members, ...items], state: 'ready', ...more }
    } catch (thrown) {
      if (mine !== turn) return
      const reason = toChatError(thrown)
      const isRefused = reason.kind === 'unsupported' && part.value !== 'banned'
      error.value = reason
      finds.value = { members: [], state: isRefused ? 'ready' : 'failed', isRefused }
    }
  }

  const loaded = computed(() => [...(listed.value?.byId.values() ?? [])])
  const matching = computed(() => {
    const wanted = foldText(words.value)
    const now = options.nowMs?.() ?? -Infinity
    const isMeant = (member: Member) =>
      isOfPart(member, part.value, now) &&
      (wanted === '' || [member.userId, nameOf(member)].some((name) => foldText(name).includes(wanted)))
    return part.value === 'banned' ? [] : loaded.value.filter(isMeant)
  })
  const members = computed(() => {
    const here = new Set(matching.value.map(({ userId }) => userId))
    const others = (finds.value?.members ?? []).filter(({ userId }) => !here.has(userId))
    const known = listed.value?.byId
    const now = options.nowMs?.() ?? -Infinity
    // Whoever is listed is shown as he is there: what the search said of him may be old by now.
    const fresh = others.flatMap((member) => {
      if (part.value === 'banned') return isBannedAt(member, now) ? [member] : []
      if (!known) return [member]
      const listedNow = known.get(member.userId)
      return listedNow && part.value === 'all' ? [listedNow] : []
    })
    return byRank([...matching.value, ...fresh])
  })

  return {
    members,
    state: computed(() => finds.value?.state ?? listed.value?.state ?? (hasList() ? 'loading' : 'ready')),
    error,
    hasMore: computed(() => (isAsked.value ? finds.value?.next : listed.value?.next) !== undefined),
    isOnlyLoaded: computed(() => finds.value?.isRefused ?? false),
    loadMore() {
      if (!isAsked.value) load(true)
      else if (finds.value?.state === 'ready' && finds.value.next !== undefined) void find()
    },
    reload() {
      if (!isAsked.value) return load()
      finds.value = undefined
      void find()
    },
    nameOf,
  }
}

function isOfPart({ role, mutedUntil }: Member, part: MemberPart, nowMs: number): boolean {
  if (part === 'admins') return role !== 'member'
  if (part === 'muted') return mutedUntil === 'forever' || (mutedUntil ?? 0) > nowMs
  return true
}

/** A backend that does not say until when keeps him out until somebody lifts it. */
function isBannedAt({ bannedUntil }: Member, nowMs: number): boolean {
  return typeof bannedUntil !== 'number' || bannedUntil > nowMs
}

/** One pass over each rank, for a list may hold a hundred thousand. */
function byRank(members: readonly Member[]): readonly Member[] {
  return (['owner', 'admin', 'member'] as const).flatMap((rank) =>
    members.filter(({ role }) => role === rank),
  )
}
