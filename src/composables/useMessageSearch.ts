import { computed, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import type { ComputedRef, MaybeRefOrGetter, Ref } from 'vue'
import { toChatError } from '../model'
import type {
  ChatErrorShape,
  ConversationId,
  Cursor,
  EpochMs,
  Message,
  PartKind,
  Stop,
  UserId,
} from '../model'
import { useChatKit } from './kitContext'

/** What is looked for besides words. */
export type SearchKind = 'all' | 'pictures' | 'files'

/** Looking for messages of one conversation. */
export interface MessageSearchView {
  /** The words looked for; the search follows them a moment later. */
  readonly words: Ref<string>
  readonly kind: Ref<SearchKind>
  /** Who wrote it; undefined: anybody. */
  readonly senderId: Ref<UserId | undefined>
  /** Not before this moment (epoch ms). */
  readonly fromAt: Ref<EpochMs | undefined>
  /** Not after this moment (epoch ms). */
  readonly toAt: Ref<EpochMs | undefined>
  /** What was found, from the newest on. */
  readonly found: ComputedRef<readonly Message[]>
  /** 'idle': nothing is looked for. */
  readonly state: ComputedRef<'idle' | 'searching' | 'ready' | 'failed'>
  readonly error: ComputedRef<ChatErrorShape | undefined>
  /** There may be more, further back. */
  readonly hasMore: ComputedRef<boolean>
  /** Only what this machine keeps was looked through. */
  readonly isOnlyHere: ComputedRef<boolean>
  /** Goes on further back. */
  more(): void
}

const BEGINS_AFTER_MS = 250
/** So many are shown at a time; and so many pages without any are looked through before one is asked whether to go on. */
const ENOUGH = 30
const MOST_PAGES = 50
const KINDS: Readonly<Record<SearchKind, readonly PartKind[] | undefined>> = {
  all: undefined,
  pictures: ['image', 'video'],
  files: ['file', 'audio'],
}

/** Looks for messages of a conversation: at the backend where it can search, else in what this machine keeps. */
export function useMessageSearch(conversationId: MaybeRefOrGetter<ConversationId>): MessageSearchView {
  const kit = useChatKit()
  const words = shallowRef('')
  const kind = shallowRef<SearchKind>('all')
  const senderId = shallowRef<UserId>()
  const fromAt = shallowRef<EpochMs>()
  const toAt = shallowRef<EpochMs>()
  const isFiltered = computed(
    () =>
      kind.value !== 'all' ||
      senderId.value !== undefined ||
      fromAt.value !== undefined ||
      toAt.value !== undefined,
  )
  const found = shallowRef<readonly Message[]>([])
  const state = shallowRef<'idle' | 'searching' | 'ready' | 'failed'>('idle')
  const error = shallowRef<ChatErrorShape>()
  const cursor = shallowRef<Cursor>()
  const isOnlyHere = shallowRef(false)
  /** Counts the searches: what an older one finds is nobody's any more. */
  let latest = 0
  let stop: Stop | undefined

  async function search(mine: number): Promise<void> {
    state.value = 'searching'
    error.value = undefined
    const enough = found.value.length + ENOUGH
    const kinds = KINDS[kind.value]
    try {
      for (let page = 0; page < MOST_PAGES; page++) {
        const query = {
          conversationId: toValue(conversationId),
          text: words.value.trim(),
          ...(kinds && { kinds }),
          ...(senderId.value !== undefined && { senderIds: [senderId.value] }),
          ...(fromAt.value !== undefined && { fromAt: fromAt.value }),
          ...(toAt.value !== undefined && { toAt: toAt.value }),
          ...(cursor.value !== undefined && { cursor: cursor.value }),
        }
        const result = await kit.dispatch({ type: 'searchMessages', query })
        if (mine !== latest) return
        found.value = [...found.value, ...result.messages]
        cursor.value = result.next
        isOnlyHere.value = result.isOnlyHere
        if (result.next === undefined || found.value.length >= enough) break
      }
      state.value = 'ready'
    } catch (thrown) {
      if (mine !== latest) return
      error.value = toChatError(thrown)
      state.value = 'failed'
    }
  }

  watch([words, kind, senderId, fromAt, toAt, () => toValue(conversationId)], () => {
    const mine = ++latest
    stop?.()
    found.value = []
    cursor.value = undefined
    if (words.value.trim() === '' && !isFiltered.value) {
      state.value = 'idle'
      return
    }
    state.value = 'searching'
    stop = kit.clock.after(BEGINS_AFTER_MS, () => void search(mine))
  })
  onScopeDispose(() => {
    latest++
    stop?.()
  })

  return {
    words,
    kind,
    senderId,
    fromAt,
    toAt,
    found: computed(() => found.value),
    state: computed(() => state.value),
    error: computed(() => error.value),
    hasMore: computed(() => state.value === 'ready' && cursor.value !== undefined),
    isOnlyHere: computed(() => isOnlyHere.value),
    more() {
      if (state.value === 'searching') return
      void search(++latest)
    },
  }
}
