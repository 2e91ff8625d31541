import { computed, markRaw, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'
import type { Conversation, ConversationId } from '../model'

/** Conversations in the order in which they are listed, kept so as each of them changes: nothing is ever sorted anew. */
export interface ConversationOrder {
  /** Pinned ones first, then the newest (F1). */
  readonly ids: ComputedRef<readonly ConversationId[]>
  /** Gives a conversation its place; `known` is how it was before. */
  place(known: Conversation | undefined, next: Conversation): void
  /** Takes a conversation out, as it was known. */
  take(known: Conversation): void
  /** Takes all of them out. */
  clear(): void
}

/** Empty at first. */
export function createConversationOrder() {
  const sorted: Conversation[] = []
  const revision = shallowRef(0)

  function take(known: Conversation): void {
    const near = placeIn(sorted, known)
    const index = sorted[near]?.id === known.id ? near : sorted.findIndex(({ id }) => id === known.id)
    if (index < 0) return
    sorted.splice(index, 1)
    revision.value++
  }

  return markRaw<ConversationOrder>({
    ids: computed(() => {
      void revision.value
      return sorted.map(({ id }) => id)
    }),
    place(known, next) {
      if (known && compareConversations(known, next) === 0) return
      if (known) take(known)
      sorted.splice(placeIn(sorted, next), 0, next)
      revision.value++
    },
    take,
    clear() {
      sorted.length = 0
      revision.value++
    },
  })
}

/** Where a conversation stands, or would stand. */
function placeIn(sorted: readonly Conversation[], wanted: Conversation): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    const other = sorted[middle]
    if (other && compareConversations(other, wanted) < 0) from = middle + 1
    else to = middle
  }
  return from
}

function compareConversations(a: Conversation, b: Conversation): number {
  const pinned = Number(b.isPinned ?? false) - Number(a.isPinned ?? false)
  if (pinned !== 0) return pinned
  const newest = (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0)
  return newest !== 0 ? newest : a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
