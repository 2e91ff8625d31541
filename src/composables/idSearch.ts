import { computed, shallowRef } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { toChatError } from '../model'
import type { ChatErrorShape, Cursor } from '../model'

/** Looking for people or groups by what somebody types, page by page. */
export interface IdSearch {
  /** What was last looked for. */
  readonly searched: ShallowRef<string>
  readonly foundIds: ComputedRef<readonly string[]>
  readonly state: ShallowRef<'idle' | 'searching' | 'done' | 'failed'>
  readonly error: ShallowRef<ChatErrorShape | undefined>
  readonly hasMore: ComputedRef<boolean>
  search(text: string): Promise<void>
  more(): Promise<void>
  clear(): void
}

/** A search that asks `read` for one page after the other; `isMissing` says of which id it is known that nobody has it. */
export function createIdSearch(
  read: (
    text: string,
    from: { readonly cursor?: Cursor },
  ) => Promise<{ readonly ids: readonly string[]; readonly next?: Cursor }>,
  isMissing: (id: string) => boolean,
): IdSearch {
  const searched = shallowRef('')
  const namedIds = shallowRef<readonly string[]>([])
  const state = shallowRef<'idle' | 'searching' | 'done' | 'failed'>('idle')
  const error = shallowRef<ChatErrorShape>()
  const next = shallowRef<Cursor>()
  /** The newest question: a late answer to an earlier one is nobody's. */
  let turn = 0

  async function ask(cursor?: Cursor): Promise<void> {
    const mine = (turn += 1)
    state.value = 'searching'
    error.value = undefined
    try {
      const page = await read(searched.value, cursor === undefined ? {} : { cursor })
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

  function clear(): void {
    turn += 1
    searched.value = ''
    namedIds.value = []
    state.value = 'idle'
    error.value = undefined
    next.value = undefined
  }

  return {
    searched,
    // An id that nobody has is known as such once it was looked up.
    foundIds: computed(() => namedIds.value.filter((id) => !isMissing(id))),
    state,
    error,
    hasMore: computed(() => state.value === 'done' && next.value !== undefined),
    async search(text) {
      clear()
      searched.value = text.trim()
      if (searched.value !== '') await ask()
    },
    more: () => ask(next.value),
    clear,
  }
}
