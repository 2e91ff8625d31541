import { catalogueError } from '../../core/errors'
import { soundMessage } from '../../core/sound'
import type { Page, UserId } from '../../model'
import type { HandlerContext, Handlers } from './context'

/** Handlers of what is asked about messages beside what they say. */
export function messageFactHandlers({
  transport,
  ingest,
}: HandlerContext): Handlers<'loadPins' | 'loadReactors' | 'loadReaders'> {
  return {
    async loadPins({ conversationId }) {
      const found = await transport.messages.pinned?.(conversationId)
      const messages = (found ?? []).flatMap((message) => soundMessage(message) ?? [])
      ingest([{ type: 'pins.listed', conversationId, messages }], 'local')
    },
    loadReactors: async ({ ref, key, cursor }) =>
      soundPage(await transport.messages.reactors?.(ref, key, cursor)),
    loadReaders: async ({ ref, which, cursor }) =>
      soundPage(await transport.messages.readers?.(ref, which, cursor)),
  }
}

/** @throws ChatError where the backend cannot tell. */
function soundPage(page: Page<UserId> | undefined): Page<UserId> {
  if (!page) throw catalogueError('parley', 'unsupported')
  const items = page.items.filter((id) => typeof id === 'string' && id !== '')
  return { items: [...new Set(items)], ...(page.next !== undefined && { next: page.next }) }
}
