import { soundMessage } from '../../core/sound'
import type { AbilityScope, EverywhereFound, MessagesFound, SearchHit, SearchQuery } from '../../model'
import { useConversationStore, useSessionStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'

/** The backend's own cursors and those of this machine are told apart by their first letter. */
const HERE = 'here:'
const THERE = 'there:'

/** So many of the newest conversations are looked through on this machine, until so many have been found. */
const MOST_CONVERSATIONS = 200
const MOST_HITS = 30
/** A backend may give pages in which nothing is; so many are asked for. */
const MOST_PAGES = 20

/** Handlers of what is searched for. */
export function searchHandlers({
  transport,
  cache,
  pinia,
}: HandlerContext): Handlers<'searchMessages' | 'searchEverywhere'> {
  const session = useSessionStore(pinia)
  const conversations = useConversationStore(pinia)
  /** Counts the searches everywhere: an older one stops, for nobody waits for it. */
  let latest = 0

  function isAskable(scope: AbilityScope): boolean {
    if (!transport.messages.search || session.session.state !== 'online') return false
    return typeof transport.can('messages.search', scope) === 'string'
  }

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

  async function everywhereHere(text: string, mine: number): Promise<EverywhereFound> {
    const hits: SearchHit[] = []
    for (const conversationId of conversations.order.ids.value.slice(0, MOST_CONVERSATIONS)) {
      if (mine !== latest || hits.length >= MOST_HITS) break
      const { items, next } = await cache.search({ conversationId, text })
      if (items.length > 0)
        hits.push({ conversationId, messages: items, ...(next === undefined && { count: items.length }) })
    }
    return { hits, isOnlyHere: true }
  }

  async function everywhereThere(text: string, mine: number): Promise<EverywhereFound> {
    const hits: SearchHit[] = []
    let cursor: string | undefined
    for (let pages = 0; pages < MOST_PAGES && hits.length < MOST_HITS && mine === latest; pages++) {
      const page = await transport.messages.search?.({ text, ...(cursor !== undefined && { cursor }) })
      hits.push(...(page?.items ?? []).map(soundHit))
      cursor = page?.next
      if (cursor === undefined) break
    }
    const newest = ({ messages: [first] }: SearchHit) => first?.sentAt ?? 0
    return { hits: hits.sort((a, b) => newest(b) - newest(a)), isOnlyHere: false }
  }

  return {
    async searchEverywhere({ text }) {
      const mine = ++latest
      if (!isAskable({})) return everywhereHere(text, mine)
      // A backend that cannot search right now is no reason to find nothing.
      return everywhereThere(text, mine).catch(() => everywhereHere(text, mine))
    },

    async searchMessages({ query }) {
      if (query.cursor !== undefined) {
        return query.cursor.startsWith(THERE) ? searchThere(query) : searchHere(query)
      }
      if (!isAskable({ conversationId: query.conversationId })) return searchHere(query)
      // A backend that cannot search right now is no reason to find nothing.
      return searchThere(query).catch(() => searchHere(query))
    },
  }
}

function soundHit({ conversationId, count, messages }: SearchHit): SearchHit {
  return {
    conversationId,
    ...(typeof count === 'number' && { count }),
    messages: messages.flatMap((one) => soundMessage(one) ?? []),
  }
}

type Wanted = SearchQuery & { readonly conversationId: string }
