import { computed, shallowRef, toValue, watch, watchEffect } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { groupRights } from '../core/groups'
import { EVERYBODY_WORDS, foldText, normaliseText } from '../core/text'
import type { ConversationId, GroupId, Member, MentionName, UserId } from '../model'
import { useConversationStore, useGroupStore, useProfileStore } from '../stores'
import { hasHan, isMeant } from './contactIndex'
import { useChatKit } from './kitContext'
import { findMembers, useListedMembers } from './listedMembers'
import { loadPinyin, readName } from './nameReader'
import { useInterest } from './useInterest'
import { useLocale } from './useLocale'
import { useNames } from './useNames'
import { createProfileReader } from './useProfile'

/** Somebody, or everybody, who can be pointed at. */
export interface MentionCandidate {
  /** Absent: everybody. */
  readonly userId?: UserId
  /** The name the person who writes knows. */
  readonly name: string
  readonly avatar?: string
  /** Another name or the id, where the first one does not say enough. */
  readonly detail?: string
  /** What is written: a name that others know too. */
  readonly mention: MentionName
}

/** Who can be pointed at here. */
export interface MentionSearchView {
  /** In the order offered; empty where nobody is looked for. */
  readonly candidates: ComputedRef<readonly MentionCandidate[]>
  /** The most the backend takes, where so many are pointed at already; then nobody else is offered. */
  readonly fullAt: ComputedRef<number | undefined>
}

/** More than this nobody reads through: one types another letter. */
const MOST_OFFERED = 50
/** The backend is asked once the typing rests for this long. */
const ASK_AFTER_MS = 250

/**
 * Members of a group by what is typed after the sign: part of a name, of how it is read in Latin letters, or of the id (E7).
 * `query` is undefined while nobody is looked for; `taken` are those who are pointed at already.
 */
export function useMentionSearch(
  conversationId: MaybeRefOrGetter<ConversationId | undefined>,
  query: () => string | undefined,
  taken: () => readonly MentionName[] = () => [],
): MentionSearchView {
  const kit = useChatKit()
  const { t } = useLocale()
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const profiles = useProfileStore(kit.pinia)
  const reader = createProfileReader(kit)
  const groupId = computed<GroupId | undefined>(() => {
    const id = toValue(conversationId)
    return id === undefined || query() === undefined ? undefined : conversations.byId.get(id)?.groupId
  })
  const group = computed(() => (groupId.value === undefined ? undefined : groups.byId.get(groupId.value)))
  const rights = computed(
    () => group.value && groupRights(group.value.type, group.value.me?.role ?? 'member'),
  )
  // Whoever cannot be listed is not offered; a name can still be typed.
  const { listed } = useListedMembers(kit, () => groupId.value)
  useInterest(kit, 'watchGroups', () => [groupId.value])

  const found = useFoundMembers(groupId, query, () => {
    const count = group.value?.memberCount
    return listed.value?.state === 'ready' && count !== undefined && listed.value.byId.size < count
  })
  const members = computed<readonly Member[]>(() => {
    if (!rights.value?.canReadMembers) return []
    const known = listed.value?.byId ?? new Map<UserId, Member>()
    const all = [...known.values(), ...found.value.filter(({ userId }) => !known.has(userId))]
    return all.filter(({ userId }) => userId !== kit.userId)
  })
  useNames(() => members.value.map(({ userId }) => userId))
  const names = computed(() => members.value.map(namesOf))
  watchEffect(() => {
    if (names.value.some(({ shown, card, nick }) => hasHan(shown + card + nick))) loadPinyin()
  })

  function namesOf({ userId, nameCard = '' }: Member) {
    const { name: shown, avatar } = reader.shownProfile(userId, {}, groupId.value)
    return { userId, shown, card: nameCard, nick: profiles.byId.get(userId)?.name ?? '', avatar }
  }

  const takenIds = computed(() => new Set(taken().flatMap(({ userId }) => userId ?? [])))
  const fullAt = computed(() => {
    const id = toValue(conversationId)
    const most = id === undefined ? undefined : kit.limits({ conversationId: id }).mentionCount
    return most !== undefined && takenIds.value.size >= most ? most : undefined
  })

  /** A remark is one's own affair, so it is never written; and two people of one name are told apart by their ids. */
  function mentionOf({ userId, card, nick }: ReturnType<typeof namesOf>): MentionName {
    const name = normaliseText(card || nick).trim()
    const isOthers =
      EVERYBODY_WORDS.includes(name) ||
      taken().some((other) => other.name === name && other.userId !== userId)
    return { name: name === '' || name.includes('\n') || isOthers ? userId : name, userId }
  }

  function everybody(): readonly MentionCandidate[] {
    const id = toValue(conversationId)
    const name = t('composer.everybody')
    if (id === undefined || !rights.value?.canMentionAll) return []
    if (typeof kit.can('messages.send', { conversationId: id, isMentionAll: true }) === 'object') return []
    const wanted = foldText(query() ?? '')
    const isMeantHere = [name, ...EVERYBODY_WORDS].some((word) => foldText(word).startsWith(wanted))
    return isMeantHere ? [{ name, detail: t('composer.everybodyHint'), mention: { name } }] : []
  }

  const candidates = computed<readonly MentionCandidate[]>(() => {
    const wanted = query()
    if (wanted === undefined || groupId.value === undefined) return []
    const ranked = names.value.flatMap((person) => {
      if (fullAt.value !== undefined && !takenIds.value.has(person.userId)) return []
      const known = [person.shown, person.card, person.nick].filter(Boolean)
      const hits = known.filter((name) => isMeant(wanted, { id: person.userId, name }, readName))
      const rank = rankOf(wanted, [...known, person.userId])
      // Words that follow a name are no part of a name.
      return hits.length > 0 && (rank < 2 || !/\s/.test(wanted)) ? { person, rank } : []
    })
    // The sort is stable: those who lead stay before the others.
    const people = ranked.sort((a, b) => a.rank - b.rank).map(({ person }) => person)
    return [
      ...everybody(),
      ...people.slice(0, MOST_OFFERED).map((person) => {
        const other = [person.card, person.nick, person.userId].find((name) => name && name !== person.shown)
        return {
          userId: person.userId,
          name: person.shown,
          mention: mentionOf(person),
          ...(person.avatar !== undefined && { avatar: person.avatar }),
          ...(other !== undefined && { detail: other }),
        }
      }),
    ]
  })

  return { candidates, fullAt }
}

/** Who begins as it is typed goes before whoever only has it somewhere. */
function rankOf(query: string, names: readonly string[]): number {
  const wanted = foldText(query.trim())
  if (names.some((name) => foldText(name).startsWith(wanted))) return 0
  return names.some((name) => readName(name).replaceAll(' ', '').startsWith(wanted)) ? 1 : 2
}

/** Members that the backend finds, where not all of them are here. */
function useFoundMembers(
  groupId: ComputedRef<GroupId | undefined>,
  query: () => string | undefined,
  isNeeded: () => boolean,
): Readonly<{ value: readonly Member[] }> {
  const kit = useChatKit()
  const found = shallowRef<readonly Member[]>([])
  const asked = computed(() => {
    const text = query()?.trim() ?? ''
    return groupId.value !== undefined && text !== '' && isNeeded() ? text : undefined
  })
  watch([groupId, asked], ([group, text], _before, onCleanup) => {
    if (group === undefined) found.value = []
    if (group === undefined || text === undefined) return
    let isOver = false
    const stop = kit.clock.after(ASK_AFTER_MS, () => {
      findMembers(kit, { groupId: group, text }, undefined, () => !isOver)
        .then(({ items }) => {
          if (!isOver) found.value = items
        })
        // Those who are here are offered all the same.
        .catch(() => {})
    })
    onCleanup(() => {
      isOver = true
      stop()
    })
  })
  return found
}
