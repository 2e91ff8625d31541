import { soundMessage } from '../../core/timeline'
import { isChatError, toChatError } from '../../model'
import type {
  ConversationId,
  HistoryPage,
  HistoryRequest,
  KnownEdge,
  KnownPage,
  Message,
  MessageRef,
} from '../../model'
import { useSessionStore, useTimelineStore } from '../../stores'
import { refOf } from '../commands'
import type { HandlerContext, Handlers } from './context'

/** A side of what is shown, and the message that stands at it. */
interface Beside {
  readonly direction: 'older' | 'newer'
  readonly message: Message
  readonly edge: KnownEdge
}

/** As many pages as even the fullest timeline needs, some of them repeating what is known. */
const MOST_PAGES_AGAIN = 500

/** Handlers of what is wanted of history: from this machine where it is whole, else from the backend (D1). */
export function historyHandlers(
  context: HandlerContext,
): Handlers<'loadHistory' | 'goTo' | 'followTimeline'> {
  const { transport, ingest, cache, logger, historyPageSize: count } = context
  const timelines = useTimelineStore(context.pinia)
  const session = useSessionStore(context.pinia)
  const underWay = new Map<string, Promise<void>>()
  /** Whose messages may have changed unheard. */
  const doubted = new Set<ConversationId>()
  const timelineOf = (id: ConversationId) => timelines.timelineById.get(id)
  const isOnline = () => session.session.state === 'online'

  /** The same wish twice is one. */
  function once(name: readonly unknown[], work: () => Promise<void>): Promise<void> {
    const key = JSON.stringify(name)
    const running = underWay.get(key) ?? work().finally(() => underWay.delete(key))
    underWay.set(key, running)
    return running
  }

  /** Tells that a page is asked for, and what comes of it. */
  async function telling(
    request: HistoryRequest,
    beside: MessageRef | undefined,
    read: () => Promise<KnownPage | undefined>,
  ): Promise<void> {
    const at = beside && { beside }
    ingest([{ type: 'history.requested', request, ...at }], 'local')
    try {
      const page = await read()
      // What this machine has kept need not be kept again.
      if (page) ingest([{ type: 'history.loaded', request, page, ...at }], page.isKept ? 'cache' : 'local')
    } catch (thrown) {
      const error = toChatError(thrown)
      ingest([{ type: 'history.failed', request, error, ...at }], 'local')
      throw error
    }
  }

  async function loadNewest(conversationId: ConversationId): Promise<void> {
    if (await openFromHere(conversationId)) return
    const request: HistoryRequest = { conversationId, from: 'newest', direction: 'older', count }
    if (timelineOf(conversationId)?.isInterrupted) doubted.add(conversationId)
    let page: HistoryPage | undefined
    await telling(request, undefined, async () => {
      page = await transport.messages.history(request)
      void loadReceipts(request, page)
      return page
    })
    if (page && doubted.has(conversationId)) await readAgain(conversationId, page)
  }

  /** After a loss whatever is shown may have changed unheard: it is read again, down to where what is shown begins. */
  async function readAgain(conversationId: ConversationId, newest: HistoryPage): Promise<void> {
    let page: HistoryPage | undefined = newest
    for (let pages = 0; pages < MOST_PAGES_AGAIN; pages++) {
      const [first] = page.messages
      const shown = timelineOf(conversationId)?.entries()[0]?.message
      if (!first || 'end' in page.older || !shown || isOneOf(shown, page.messages)) break
      const beside = refOf(first)
      const from = 'cursor' in page.older ? page.older : { message: beside }
      const request: HistoryRequest = { conversationId, from, direction: 'older', count }
      page = undefined
      await telling(request, beside, async () => (page = await readBeside(request, beside)))
      if (!page) return
    }
    doubted.delete(conversationId)
  }

  /** Shows what this machine has of the end; true where nothing newer can be at the backend, or nobody can be asked. */
  async function openFromHere(conversationId: ConversationId): Promise<boolean> {
    const known = timelineOf(conversationId)
    if (known && known.state === 'ready' && !known.isDetached) return false
    const request: HistoryRequest = { conversationId, from: 'newest', direction: 'older', count }
    ingest([{ type: 'history.requested', request }], 'local')
    const opening = await cache.openNewest(conversationId, count)
    ingest([{ type: 'timeline.opened', request, opening }], 'cache')
    const { page } = opening
    if (page.messages.length === 0) return false
    const isWhole = 'end' in page.newer && page.newer.end === 'live' && !page.isDoubted
    if (isWhole && isOnline()) void loadReceipts(request, page)
    return isWhole || !isOnline()
  }

  /** The message at the asked side, and how history goes on there. */
  function besideOf(
    conversationId: ConversationId,
    direction: 'older' | 'newer',
    beside: MessageRef | undefined,
  ): Beside | undefined {
    const timeline = timelineOf(conversationId)
    if (!timeline) return undefined
    if (beside) {
      const message = timeline.find(beside.keys)?.message
      return message && { direction, message, edge: { more: true } }
    }
    const placed = timeline.entries().filter(({ outbox }) => !outbox || outbox.state === 'sent')
    const message = (direction === 'older' ? placed[0] : placed.at(-1))?.message
    const edge = direction === 'older' ? timeline.older : timeline.newer
    return message && edge && { direction, message, edge }
  }

  async function loadBeside(conversationId: ConversationId, at: Beside): Promise<void> {
    const { direction, message, edge } = at
    if ('end' in edge) return
    const beside = refOf(message)
    const from = 'cursor' in edge ? edge : { message: beside }
    const request: HistoryRequest = { conversationId, from, direction, count }
    await telling(request, beside, async () => {
      const here = await cache.page({ conversationId, beside, direction, count })
      const isHere = isProgress(here, beside, direction)
      if (isHere && !(here.isDoubted && isOnline())) return here
      const page = await readBeside(request, beside).catch((thrown: unknown) => {
        // What may have changed meanwhile is better than nothing.
        if (isHere) return here
        throw thrown
      })
      if (direction === 'older') void loadReceipts(request, page)
      return page
    })
  }

  /** A cursor lives one session; the lasting anchor is the message at the edge. */
  async function readBeside(request: HistoryRequest, beside: MessageRef): Promise<HistoryPage> {
    try {
      return await transport.messages.history(request)
    } catch (thrown) {
      if (!isChatError(thrown) || thrown.kind !== 'cursor-expired') throw thrown
      return transport.messages.history({ ...request, from: { message: beside } })
    }
  }

  /** Ticks are worth a question, never a failure: the page is there already. */
  async function loadReceipts({ conversationId, from }: HistoryRequest, page: KnownPage): Promise<void> {
    const own = page.messages.filter((message) => soundMessage(message)?.senderId === context.ownId)
    // The newest page asks in any case: the answer tells one's own read position too.
    if (!transport.messages.fetchReceipts || (own.length === 0 && from !== 'newest')) return
    try {
      const receipts = await transport.messages.fetchReceipts(conversationId, own)
      ingest([{ type: 'receipt.received', receipts }], 'local')
    } catch (thrown) {
      logger.warn('The receipts of a page of history could not be read.', toChatError(thrown))
    }
  }

  /** The row of a message, made part of what is shown where it is not. */
  async function goToMessage(conversationId: ConversationId, ref: MessageRef): Promise<string | undefined> {
    const shown = () => timelineOf(conversationId)?.find(ref.keys)?.rowKey
    if (shown() !== undefined) return shown()
    const request: HistoryRequest = {
      conversationId,
      from: { message: ref },
      direction: 'around',
      count: count * 2,
    }
    await telling(request, undefined, async () => {
      const here = await cache.openAround(ref, count * 2)
      const isHere = here !== undefined && here.page.messages.length > 0
      if (isHere && !(here.page.isDoubted && isOnline())) return here.page
      return transport.messages.history(request).catch((thrown: unknown) => {
        if (isHere) return here.page
        throw thrown
      })
    })
    return shown()
  }

  /** The first row that was written at a moment or later. */
  async function goToMoment(conversationId: ConversationId, at: number): Promise<string | undefined> {
    const request: HistoryRequest = { conversationId, from: { at }, direction: 'around', count: count * 2 }
    await telling(request, undefined, () => transport.messages.history(request))
    const entries = timelineOf(conversationId)?.entries() ?? []
    return (entries.find(({ message }) => message.sentAt >= at) ?? entries.at(-1))?.rowKey
  }

  return {
    loadHistory({ conversationId, direction, beside }) {
      if (direction === 'newest') {
        return once([conversationId, direction], () => loadNewest(conversationId))
      }
      const at = besideOf(conversationId, direction, beside)
      if (!at) return Promise.resolve()
      return once([conversationId, direction, at.message.keys[0]], () => loadBeside(conversationId, at))
    },
    goTo: ({ conversationId, to }) =>
      'at' in to ? goToMoment(conversationId, to.at) : goToMessage(conversationId, to.message),
    async followTimeline({ conversationId, isFollowing }) {
      ingest([{ type: 'timeline.followed', conversationId, isFollowing }], 'local')
    },
  }
}

function isOneOf(message: Message, messages: readonly Message[]): boolean {
  return messages.some(({ keys }) => keys.some((key) => message.keys.includes(key)))
}

/** True where a page from this machine says more than what is shown already: a message beside the known one, or an end. */
function isProgress(page: KnownPage, beside: MessageRef, direction: 'older' | 'newer'): boolean {
  const edge = direction === 'older' ? page.older : page.newer
  const isKnown = (message: Message) => message.keys.some((key) => beside.keys.includes(key))
  return page.messages.some((message) => !isKnown(message)) || 'end' in edge
}
