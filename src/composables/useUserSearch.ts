import { computed, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, Cursor, UserId } from '../model'
import { useProfileStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** Looking for somebody who may be a stranger (H9). */
export interface UserSearchView {
  /** The backend looks for more than exact ids. */
  readonly isByName: ComputedRef<boolean>
  /** What was last looked for. */
  readonly searched: ShallowRef<string>
  readonly foundIds: ComputedRef<readonly UserId[]>
  readonly state: ShallowRef<'idle' | 'searching' | 'done' | 'failed'>
  readonly error: ShallowRef<ChatErrorShape | undefined>
  readonly hasMore: ComputedRef<boolean>
  search(text: string): Promise<void>
  more(): Promise<void>
  clear(): void
}

/** Looks for people by name where the backend does that, else by their exact id. */
export function useUserSearch(): UserSearchView {
  const kit = useChatKit()
  const profiles = useProfileStore(kit.pinia)
  const isByName = computed(() => isOffered(kit, 'profiles.findUsers'))
  const searched = shallowRef('')
  const namedIds = shallowRef<readonly UserId[]>([])
  const state = shallowRef<'idle' | 'searching' | 'done' | 'failed'>('idle')
  const error = shallowRef<ChatErrorShape>()
  const next = shallowRef<Cursor>()
  /** The newest question: a late answer to an earlier one is nobody's. */
  let turn = 0

  async function ask(text: string, cursor: Cursor | undefined): Promise<void> {
    const mine = (turn += 1)
    state.value = 'searching'
    error.value = undefined
    try {
      const page = isByName.value
        ? await kit.dispatch({ type: 'findUsers', text, ...(cursor !== undefined && { cursor }) })
        : { items: [{ id: text }] }
      if (mine !== turn) return
      if (!isByName.value) await kit.dispatch({ type: 'loadProfiles', ids: [text], refresh: true })
      const known = cursor === undefined ? [] : namedIds.value
      namedIds.value = [...new Set([...known, ...page.items.map(({ id }) => id)])]
      next.value = 'next' in page ? page.next : undefined
      state.value = 'done'
    } catch (thrown) {
      if (mine !== turn) return
      error.value = toChatError(thrown)
      state.value = 'failed'
    }
  }

  return {
    isByName,
    searched,
    // An id that nobody has is known as such once it was looked up.
    foundIds: computed(() => namedIds.value.filter((id) => !profiles.missingIds.has(id))),
    state,
    error,
    hasMore: computed(() => state.value === 'done' && next.value !== undefined),
    async search(text) {
      searched.value = text.trim()
      namedIds.value = []
      if (searched.value !== '') await ask(searched.value, undefined)
    },
    more: () => ask(searched.value, next.value),
    clear() {
      turn++
      searched.value = ''
      namedIds.value = []
      state.value = 'idle'
      error.value = undefined
      next.value = undefined
    },
  }
}
