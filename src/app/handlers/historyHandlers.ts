import { soundMessage } from '../../core/timeline'
import { isChatError, toChatError } from '../../model'
import type { ConversationId, HistoryPage, HistoryRequest } from '../../model'
import { useTimelineStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'

/** Handlers of what is wanted of history. */
export function historyHandlers(context: HandlerContext): Handlers<'loadHistory'> {
  const { transport, ingest, logger } = context
  const timelines = useTimelineStore(context.pinia)
  const underWay = new Map<string, Promise<void>>()

  function nextRequest(
    conversationId: ConversationId,
    direction: 'newest' | 'older',
  ): HistoryRequest | undefined {
    const base = { conversationId, direction: 'older', count: context.historyPageSize } as const
    if (direction === 'newest') return { ...base, from: 'newest' }
    const older = timelines.timelineById.get(conversationId)?.older
    return older && 'cursor' in older ? { ...base, from: older } : undefined
  }

  /** A cursor lives one session; the lasting anchor is the oldest message here. */
  async function read(request: HistoryRequest): Promise<HistoryPage> {
    try {
      return await transport.messages.history(request)
    } catch (thrown) {
      const oldest = timelines.timelineById.get(request.conversationId)?.entries()[0]?.message
      if (!isChatError(thrown) || thrown.kind !== 'cursor-expired' || !oldest) throw thrown
      return transport.messages.history({ ...request, from: { message: oldest } })
    }
  }

  async function load(request: HistoryRequest): Promise<void> {
    ingest([{ type: 'history.requested', request }], 'local')
    try {
      const page = await read(request)
      ingest([{ type: 'history.loaded', request, page }], 'local')
      void loadReceipts(request, page)
    } catch (thrown) {
      const error = toChatError(thrown)
      ingest([{ type: 'history.failed', request, error }], 'local')
      throw error
    }
  }

  /** Ticks are worth a question, never a failure: the page is there already. */
  async function loadReceipts({ conversationId, from }: HistoryRequest, page: HistoryPage): Promise<void> {
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

  return {
    loadHistory({ conversationId, direction }) {
      const name = JSON.stringify([conversationId, direction])
      const running = underWay.get(name)
      if (running) return running
      const request = nextRequest(conversationId, direction)
      if (!request) return Promise.resolve()
      const work = load(request).finally(() => underWay.delete(name))
      underWay.set(name, work)
      return work
    },
  }
}
