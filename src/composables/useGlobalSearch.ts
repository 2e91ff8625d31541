import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { ConversationId, SearchHit, Stop, UserId } from '../model'
import { useConversationStore } from '../stores'
import { hasHan, isMeant } from './contactIndex'
import { useChatKit } from './kitContext'
import { loadPinyin, readName } from './nameReader'
import { useContacts } from './useContacts'
import { createTitleReader } from './useConversationTitles'
import { useNames } from './useNames'
import { createProfileReader } from './useProfile'
import { useUserSearch } from './useUserSearch'

/** Looking for people, groups and messages at once. */
export interface GlobalSearchView {
  /** Conversations called so, in the order of the list. */
  readonly conversationIds: ComputedRef<readonly ConversationId[]>
  /** Friends called so with whom there is no conversation, then strangers whom the service knows. */
  readonly userIds: ComputedRef<readonly UserId[]>
  /** Conversations in which it was said, each with what was found there, the newest first. */
  readonly hits: ComputedRef<readonly SearchHit[]>
  /** Something is still being looked for. */
  readonly isSearching: ComputedRef<boolean>
  /** Of the messages only what this machine keeps was looked through. */
  readonly isOnlyHere: ComputedRef<boolean>
  /** The conversation with somebody who was found, made where there is none. @throws ChatError where the service refuses. */
  openWith(userId: UserId): Promise<ConversationId>
}

const BEGINS_AFTER_MS = 300
/** One letter is said in every message. */
const FEWEST_LETTERS = 2
const MOST_SHOWN = 50

/** Looks for people, groups and messages; names as everywhere: without case, accents and width, Chinese by pinyin too. */
export function useGlobalSearch(query: () => string): GlobalSearchView {
  const kit = useChatKit()
  const conversations = useConversationStore(kit.pinia)
  const contacts = useContacts()
  const strangers = useUserSearch()
  const titleOf = createTitleReader(kit)
  const { shownProfile } = createProfileReader(kit)
  const words = computed(() => query().trim())
  const hits = shallowRef<readonly SearchHit[]>([])
  const isOnlyHere = shallowRef(false)
  const isSearching = shallowRef(false)
  let latest = 0
  let stop: Stop | undefined

  useNames(() => (words.value === '' ? [] : contacts.contacts.value.map(({ userId }) => userId)))
  // What is pasted, or ends an input method's composition, is there before anybody looks.
  watch(words, begin, { immediate: true })
  onScopeDispose(() => {
    latest++
    stop?.()
  })

  function begin(): void {
    const mine = ++latest
    stop?.()
    hits.value = []
    isOnlyHere.value = false
    strangers.clear()
    isSearching.value = words.value !== ''
    if (hasHan(words.value)) loadPinyin()
    if (words.value !== '') stop = kit.clock.after(BEGINS_AFTER_MS, () => void search(mine))
  }

  async function search(mine: number): Promise<void> {
    const people = strangers.search(words.value)
    if ([...words.value].length >= FEWEST_LETTERS) {
      // Where messages cannot be looked through, people and groups are found all the same.
      const found = await kit.dispatch({ type: 'searchEverywhere', text: words.value }).catch(() => undefined)
      if (mine !== latest) return
      hits.value = found?.hits ?? []
      isOnlyHere.value = found?.isOnlyHere ?? false
    }
    await people
    if (mine === latest) isSearching.value = false
  }

  const conversationIds = computed(() => {
    const { value } = words
    if (value === '') return []
    return conversations.order.ids.value
      .filter((id) =>
        isMeant(value, { id: conversations.byId.get(id)?.peerId ?? id, name: titleOf(id) }, readName),
      )
      .slice(0, MOST_SHOWN)
  })

  return {
    conversationIds,
    userIds: computed(() => {
      const { value } = words
      if (value === '') return []
      const met = new Set(conversationIds.value.map((id) => conversations.byId.get(id)?.peerId))
      const friends = contacts.contacts.value
        .map(({ userId }) => ({ id: userId, name: shownProfile(userId).name }))
        .filter((person) => isMeant(value, person, readName))
        .map(({ id }) => id)
      return [...new Set([...friends, ...strangers.foundIds.value])]
        .filter((id) => !met.has(id) && id !== kit.userId)
        .slice(0, MOST_SHOWN)
    }),
    hits: computed(() => hits.value),
    isSearching: computed(() => isSearching.value),
    isOnlyHere: computed(() => isOnlyHere.value),
    openWith: async (userId) => (await kit.dispatch({ type: 'openConversation', target: { userId } })).id,
  }
}
