import { soundMessage, soundPage, Tally } from '../../core/sound'
import { isChatError, refOf, toChatError } from '../../model'
import type {
  CachedOpening,
  ConversationId,
  HistoryPage,
  HistoryRequest,
  KnownEdge,
  KnownPage,
  Message,
  MessageRef,
} from '../../model'
import { useTimelineStore } from '../../stores'
import { createBackground } from './background'
import type { HandlerContext, Handlers } from './context'
import { unreadable } from './unreadable'

/** A side of what is shown, and the message that stands at it; none where all that was shown is deleted. */
interface Beside {
  readonly direction: 'older' | 'newer'
  readonly message?: Message
  readonly edge: KnownEdge
}

/** As many pages as even the fullest timeline needs, some of them repeating what is known. */
const MOST_PAGES_AGAIN = 500

/** Handlers of what is wanted of history: from this machine where it is whole, else from the backend (D1). */
export function historyHandlers(
  context: HandlerContext,
): Handlers<'loadHistory' | 'refreshTimeline' | 'goTo' | 'followTimeline'> {
  const { transport, ingest, cache, logger, historyPageSize: count } = context
  const timelines = useTimelineStore(context.pinia)
  const { isOnline, persist } = createBackground(context)
  const underWay = new Map<string, Promise<void>>()
  const latestGoToById = new Map<ConversationId, object>()
  const timelineOf = (id: ConversationId) => timelines.timelineById.get(id)

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
      if (page === undefined) return
      // What this machine has kept need not be kept again.
      ingest([{ type: 'history.loaded', request, page, ...at }], page.isKept ? 'cache' : 'local')
    } catch (thrown) {
      const error = toChatError(thrown)
      ingest([{ type: 'history.failed', request, error, ...at }], 'local')
      throw error
    }
  }

  async function loadNewest(conversationId: ConversationId, isOnlyHere: boolean): Promise<void> {
    if ((await openFromHere(conversationId)) || isOnlyHere) return
    const request: HistoryRequest = { conversationId, from: 'newest', direction: 'older', count }
    await telling(request, undefined, async () => {
      const page = await readRemote(request)
      void loadReceipts(request, page)
      return page
    })
    void readAgain(conversationId)
  }

  /** Reads again what is shown and may have changed unheard. */
  function readAgain(conversationId: ConversationId): Promise<void> {
    return once([conversationId, 'again'], () =>
      persist('What may have changed in a conversation could not be read again.', () =>
        readDoubted(conversationId),
      ),
    )
  }

  async function readDoubted(conversationId: ConversationId): Promise<void> {
    const tried = new Set<string>()
    for (let pages = 0; pages < MOST_PAGES_AGAIN && isOnline(); pages++) {
      const timeline = timelineOf(conversationId)
      const doubt = timeline?.nextDoubt()
      // Whoever shows a timeline that may have a hole at its end asks for the end first.
      if (!doubt || timeline?.isInterrupted) return
      const beside = 'beside' in doubt ? refOf(doubt.beside) : undefined
      const name = JSON.stringify([doubt.direction, beside?.keys])
      // A page that did not settle it once will not the next time either.
      if (tried.has(name)) return
      tried.add(name)
      const direction = doubt.direction === 'newer' ? 'newer' : 'older'
      const from = beside ? { message: beside } : ('newest' as const)
      const request: HistoryRequest = { conversationId, from, direction, count }
      await telling(request, beside, () => readRemote(request))
    }
  }

  async function readRemote(request: HistoryRequest): Promise<HistoryPage> {
    const page = await transport.messages.history(request)
    if (!soundPage(page, new Tally())) throw unreadable()
    return page
  }

  /** What this machine cannot read it does not have; that must not keep anybody from what the backend has. */
  async function fromHere<T>(reading: Promise<T>): Promise<T | undefined> {
    try {
      return await reading
    } catch (thrown) {
      logger.warn('What this machine keeps of a conversation could not be read.', toChatError(thrown))
      return undefined
    }
  }

  /** Shows what this machine has of the end; true where nothing newer can be at the backend. */
  async function openFromHere(conversationId: ConversationId): Promise<boolean> {
    const known = timelineOf(conversationId)
    if (known && known.state === 'ready' && !known.isDetached) return false
    const request: HistoryRequest = { conversationId, from: 'newest', direction: 'older', count }
    ingest([{ type: 'history.requested', request }], 'local')
    const opening = (await fromHere(cache.openNewest(conversationId, count))) ?? NOTHING_KEPT
    ingest([{ type: 'timeline.opened', request, opening }], 'cache')
    const { page } = opening
    if (page.messages.length === 0) return false
    const isWhole = 'end' in page.newer && page.newer.end === 'live' && !page.isDoubted
    if (isWhole && isOnline()) void loadReceipts(request, page)
    return isWhole
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
      const entry = timeline.find(beside.keys)
      const edge = (direction === 'older' && entry && timeline.olderThan(entry.rowKey)) || { more: true }
      return entry && { direction, message: entry.message, edge }
    }
    const placed = timeline.entries().filter(({ outbox }) => !outbox || outbox.state === 'sent')
    const message = (direction === 'older' ? placed[0] : placed.at(-1))?.message
    const edge = direction === 'older' ? timeline.older : timeline.newer
    if (!edge || (!message && !('cursor' in edge))) return undefined
    return { direction, edge, ...(message && { message }) }
  }

  async function loadBeside(conversationId: ConversationId, at: Beside): Promise<void> {
    const { direction, message, edge } = at
    if ('end' in edge) return
    const beside = message && refOf(message)
    const from = 'cursor' in edge ? edge : beside && { message: beside }
    if (!from) return
    const request: HistoryRequest = { conversationId, from, direction, count }
    await telling(request, beside, async () => {
      const here = beside && (await fromHere(cache.page({ conversationId, beside, direction, count })))
      const isHere = beside && here !== undefined && isProgress(here, beside, direction)
      if (isHere && !(here.isDoubted && isOnline())) return here
      const page = await readBeside(request, beside).catch((thrown: unknown) => {
        // What may have changed meanwhile is better than nothing.
        if (isHere) return here
        throw thrown
      })
      if (direction === 'older') void loadReceipts(request, page)
      return page
    })
    void readAgain(conversationId)
  }

  /** A cursor lives one session; the lasting anchor is the message at the edge. */
  async function readBeside(request: HistoryRequest, beside: MessageRef | undefined): Promise<HistoryPage> {
    try {
      return await readRemote(request)
    } catch (thrown) {
      if (!beside || !isChatError(thrown) || thrown.kind !== 'cursor-expired') throw thrown
      return readRemote({ ...request, from: { message: beside } })
    }
  }

  /** Ticks are worth a question, never a failure: the page is there already. */
  async function loadReceipts({ conversationId, from }: HistoryRequest, page: KnownPage): Promise<void> {
    const own = page.messages.filter((message) => soundMessage(message)?.senderId === context.ownId)
    // The newest page asks in any case: the answer tells one's own read position too.
    if (own.length === 0 && from !== 'newest') return
    await persist('The receipts of a page of history could not be read.', async () => {
      const receipts = await transport.messages.fetchReceipts?.(conversationId, own)
      if (receipts) ingest([{ type: 'receipt.received', receipts }], 'local')
    })
  }

  /** Goes to another part of the history, unless somebody wants to go elsewhere before the page is there. */
  async function goWith(request: HistoryRequest, read: () => Promise<KnownPage>): Promise<void> {
    const { conversationId } = request
    const mine = latestGoToById.get(conversationId)
    await telling(request, undefined, async () => {
      const page = await read()
      if (mine === latestGoToById.get(conversationId)) return page
      ingest([{ type: 'timeline.opened', request, opening: NOTHING_KEPT }], 'local')
      return undefined
    })
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
    await goWith(request, async () => {
      const here = await fromHere(cache.openAround(ref, count * 2))
      const isHere = here !== undefined && here.page.messages.length > 0
      if (isHere && !(here.page.isDoubted && isOnline())) return here.page
      return readRemote(request).catch((thrown: unknown) => {
        if (isHere) return here.page
        throw thrown
      })
    })
    return shown()
  }

  /** The first row that was written at a moment or later. */
  async function goToMoment(conversationId: ConversationId, at: number): Promise<string | undefined> {
    const request: HistoryRequest = { conversationId, from: { at }, direction: 'around', count: count * 2 }
    await goWith(request, () => readRemote(request))
    const entries = timelineOf(conversationId)?.entries() ?? []
    return (entries.find(({ message }) => message.sentAt >= at) ?? entries.at(-1))?.rowKey
  }

  return {
    loadHistory({ conversationId, direction, beside, isOnlyHere = false }) {
      if (direction === 'newest') {
        const { windowId, interruptions } = timelineOf(conversationId)?.parts ?? {}
        // What was asked for before the history was cleared, or before something was lost, is no answer to this wish.
        return once([conversationId, direction, isOnlyHere, windowId ?? 0, interruptions ?? 0], () =>
          loadNewest(conversationId, isOnlyHere),
        )
      }
      const at = besideOf(conversationId, direction, beside)
      if (!at) return Promise.resolve()
      return once([conversationId, direction, at.message?.keys[0]], () => loadBeside(conversationId, at))
    },
    refreshTimeline: ({ conversationId }) => readAgain(conversationId),
    goTo({ conversationId, to }) {
      latestGoToById.set(conversationId, to)
      return 'at' in to ? goToMoment(conversationId, to.at) : goToMessage(conversationId, to.message)
    },
    async followTimeline({ conversationId, isFollowing }) {
      ingest([{ type: 'timeline.followed', conversationId, isFollowing }], 'local')
    },
  }
}

/** What is known of a conversation of which this machine keeps nothing. */
const NOTHING_KEPT: CachedOpening = {
  page: { messages: [], changes: [], older: { more: true }, newer: { more: true } },
  removedKeys: [],
  earlyChanges: [],
  receipts: [],
}

/** True where a page from this machine says more than what is shown already: a message beside the known one, or an end. */
function isProgress(page: KnownPage, beside: MessageRef, direction: 'older' | 'newer'): boolean {
  const edge = direction === 'older' ? page.older : page.newer
  const isKnown = (message: Message) => message.keys.some((key) => beside.keys.includes(key))
  return page.messages.some((message) => !isKnown(message)) || 'end' in edge
}
