import { soundMessage } from '../../core/sound'
import type { MessagesFound, SearchQuery } from '../../model'
import { useSessionStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'

/** The backend's own cursors and those of this machine are told apart by their first letter. */
const HERE = 'here:'
const THERE = 'there:'

/** Handlers of what is searched for. */
export function searchHandlers({ transport, cache, pinia }: HandlerContext): Handlers<'searchMessages'> {
  const session = useSessionStore(pinia)

  async function searchHere(query: Wanted): Promise<MessagesFound> {
    const { cursor: told, ...wanted } = query
    const cursor = told?.slice(HERE.length)
    const page = await cache.search({ ...wanted, ...(cursor !== undefined && { cursor }) })
    const messages = page.items.filter(({ senderId }) => query.senderIds?.includes(senderId) ?? true)
    return { messages, isOnlyHere: true, ...(page.next !== undefined && { next: HERE + page.next }) }
  }

  async function searchThere(query: Wanted): Promise<MessagesFound> {
    const { cursor: told, ...wanted } = query
    const cursor = told?.slice(THERE.length)
    const page = await transport.messages.search?.({ ...wanted, ...(cursor !== undefined && { cursor }) })
    const messages = (page?.items ?? []).flatMap((hit) =>
      hit.messages.flatMap((one) => soundMessage(one) ?? []),
    )
    return {
      messages: messages.filter(({ conversationId }) => conversationId === query.conversationId),
      isOnlyHere: false,
      ...(page?.next !== undefined && { next: THERE + page.next }),
    }
  }

  return {
    async searchMessages({ query }) {
      if (query.cursor !== undefined) {
        return query.cursor.startsWith(THERE) ? searchThere(query) : searchHere(query)
      }
      const isAskable = transport.messages.search && session.session.state === 'online'
      if (
        !isAskable ||
        transport.can('messages.search', { conversationId: query.conversationId }) !== 'yes'
      ) {
        return searchHere(query)
      }
      // A backend that cannot search right now is no reason to find nothing.
      return searchThere(query).catch(() => searchHere(query))
    },
  }
}

type Wanted = SearchQuery & { readonly conversationId: string }
