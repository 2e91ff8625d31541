import type { HandlerContext, Handlers } from './context'

/** Handlers of what is remembered of the looks of messages. */
export function rowHeightHandlers({
  cache,
}: HandlerContext): Handlers<'recallRowHeights' | 'keepRowHeights'> {
  return {
    async recallRowHeights({ conversationId, look }) {
      return (await cache.rowHeights?.(conversationId, look)) ?? new Map()
    },
    async keepRowHeights({ conversationId, look, heights }) {
      await cache.keepRowHeights?.(conversationId, look, heights)
    },
  }
}
