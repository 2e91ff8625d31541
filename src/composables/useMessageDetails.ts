import { computed, shallowReactive, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter } from 'vue'
import { isCovered } from '../core/receipts'
import { refOf, toChatError } from '../model'
import type { ChatErrorShape, Cursor, Message, Page, UserId } from '../model'
import { useReceiptStore } from '../stores'
import { isOffered } from './abilities'
import { useChatKit } from './kitContext'
import { useNames } from './useNames'

/** People who did the same with a message. */
export interface PeopleList {
  readonly ids: readonly UserId[]
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error?: ChatErrorShape
  /** There are more: ask for the next page. */
  readonly next?: Cursor
}

/** What there is to know of a message beside what it says (E3, E8). */
export interface MessageDetailsView {
  /** Who gave which reaction, by its key. */
  readonly reactors: ComputedRef<ReadonlyMap<string, PeopleList>>
  /** Who has read it; undefined where nobody can tell. */
  readonly read: ComputedRef<PeopleList | undefined>
  /** Who has not; undefined where nobody can tell. */
  readonly unread: ComputedRef<PeopleList | undefined>
  /** Reads on: a list of `reactors` by its key, or 'read' or 'unread'. */
  more(list: string): void
}

/** Who has read a message and who reacted to it, page by page as the backend gives them. */
export function useMessageDetails(message: MaybeRefOrGetter<Message>): MessageDetailsView {
  const kit = useChatKit()
  const receipts = useReceiptStore(kit.pinia)
  const lists = shallowReactive(new Map<string, PeopleList>())
  const of = computed(() => toValue(message))
  const scope = computed(() => ({ conversationId: of.value.conversationId, message: of.value }))
  /** What has not left yet nobody can have read. */
  const isSent = computed(() => of.value.senderId === kit.userId && of.value.order !== undefined)
  const hasReaders = computed(() => isSent.value && isOffered(kit, 'messages.readers', scope.value))
  const hasReactors = computed(() => isOffered(kit, 'messages.reactors', scope.value))
  /** Without a list of readers, those whose read position is known. */
  const marked = computed<PeopleList>(() => ({
    state: 'ready',
    ids: [...(receipts.marksById.get(of.value.conversationId) ?? [])].flatMap(([id, { read }]) =>
      id !== of.value.senderId && isCovered(read, of.value) ? id : [],
    ),
  }))

  function ask(name: string, cursor?: Cursor): Promise<Page<UserId>> {
    const ref = refOf(of.value)
    const from = cursor === undefined ? {} : { cursor }
    return name === 'read' || name === 'unread'
      ? kit.dispatch({ type: 'loadReaders', ref, which: name, ...from })
      : kit.dispatch({ type: 'loadReactors', ref, key: name.slice(1), ...from })
  }
  async function load(name: string, known?: PeopleList): Promise<void> {
    lists.set(name, { ids: known?.ids ?? [], state: 'loading' })
    try {
      const { items, next } = await ask(name, known?.next)
      const ids = [...new Set([...(known?.ids ?? []), ...items])]
      lists.set(name, { ids, state: 'ready', ...(next !== undefined && { next }) })
    } catch (thrown) {
      lists.set(name, { ids: [], ...known, state: 'failed', error: toChatError(thrown) })
    }
  }
  watch(
    () =>
      JSON.stringify([of.value.keys[0], (of.value.reactions ?? []).map(({ key, count }) => [key, count])]),
    () => {
      if (!hasReactors.value) return
      for (const { key, count } of of.value.reactions ?? []) if (count > 0) void load(`:${key}`)
    },
    { immediate: true },
  )
  watch(
    hasReaders,
    (isThere) => {
      if (isThere) for (const which of ['read', 'unread']) void load(which)
    },
    { immediate: true },
  )
  useNames(() => [...lists.values(), marked.value].flatMap(({ ids }) => ids))

  return {
    reactors: computed(
      () =>
        new Map(
          (of.value.reactions ?? [])
            .filter(({ count }) => count > 0)
            .map(({ key, someIds }) => [key, lists.get(`:${key}`) ?? { ids: someIds, state: 'ready' }]),
        ),
    ),
    read: computed(() => {
      if (!isSent.value) return undefined
      return hasReaders.value ? lists.get('read') : marked.value
    }),
    unread: computed(() => lists.get('unread')),
    more(list) {
      const name = list === 'read' || list === 'unread' ? list : `:${list}`
      const known = lists.get(name)
      if (known && known.state !== 'loading') void load(name, known)
    },
  }
}
