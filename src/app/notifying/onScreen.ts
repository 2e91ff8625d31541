import type { ConversationId, Stop } from '../../model'

/** Which conversations stand on this page. */
export interface OnScreen {
  begin(id: ConversationId): Stop
  has(id: ConversationId): boolean
}

/** None at first; a conversation may stand on a page several times. */
export function createOnScreen(): OnScreen {
  const counts = new Map<ConversationId, number>()
  return {
    begin(id) {
      counts.set(id, (counts.get(id) ?? 0) + 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        counts.set(id, (counts.get(id) ?? 1) - 1)
      }
    },
    has: (id) => (counts.get(id) ?? 0) > 0,
  }
}
