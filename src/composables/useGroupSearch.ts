import { computed, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, Cursor, GroupId } from '../model'
import { useGroupStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'

/** Looking for a group one is not in (I2). */
export interface GroupSearchView {
  /** One can come into groups here. */
  readonly isOffered: ComputedRef<boolean>
  /** The backend looks for more than exact ids. */
  readonly isByName: ComputedRef<boolean>
  /** What was last looked for. */
  readonly searched: ShallowRef<string>
  readonly foundIds: ComputedRef<readonly GroupId[]>
  readonly state: ShallowRef<'idle' | 'searching' | 'done' | 'failed'>
  readonly error: ShallowRef<ChatErrorShape | undefined>
  readonly hasMore: ComputedRef<boolean>
  search(text: string): Promise<void>
  more(): Promise<void>
}

/** Looks for groups by name where the backend does that, else by their exact id. */
export function useGroupSearch(): GroupSearchView {
  const kit = useChatKit()
  const groups = useGroupStore(kit.pinia)
  const isByName = computed(() => isOffered(kit, 'groups.findGroups'))
  const searched = shallowRef('')
  const namedIds = shallowRef<readonly GroupId[]>([])
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
      const page = await read(text, cursor)
      if (mine !== turn) return
      const known = cursor === undefined ? [] : namedIds.value
      namedIds.value = [...new Set([...known, ...page.ids])]
      next.value = page.next
      state.value = 'done'
    } catch (thrown) {
      if (mine !== turn) return
      error.value = toChatError(thrown)
      state.value = 'failed'
    }
  }

  async function read(
    text: string,
    cursor: Cursor | undefined,
  ): Promise<{ readonly ids: readonly GroupId[]; readonly next?: Cursor }> {
    if (!isByName.value) {
      await kit.dispatch({ type: 'loadGroups', ids: [text], refresh: true })
      return { ids: [text] }
    }
    const { items, ...rest } = await kit.dispatch({
      type: 'findGroups',
      text,
      ...(cursor !== undefined && { cursor }),
    })
    return { ids: items.map(({ id }) => id), ...rest }
  }

  return {
    isOffered: computed(() => isOffered(kit, 'groups.join')),
    isByName,
    searched,
    // An id that no group has is known as such once it was looked up.
    foundIds: computed(() => namedIds.value.filter((id) => !groups.missingIds.has(id))),
    state,
    error,
    hasMore: computed(() => state.value === 'done' && next.value !== undefined),
    async search(text) {
      searched.value = text.trim()
      namedIds.value = []
      next.value = undefined
      if (searched.value !== '') await ask(searched.value, undefined)
    },
    more: () => ask(searched.value, next.value),
  }
}
