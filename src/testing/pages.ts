import type { MessagesFacet } from '../core/ports'
import { catalogueError } from '../core/errors'
import type { Cursor, HistoryPage, HistoryRequest, MessageRef } from '../model'
import type { Weather } from './faults'

/** Reads a page as bad as the contract still allows: short, with its anchor repeated, or refused as its cursor has died. */
export function createPages(
  weather: Weather,
): (messages: MessagesFacet, request: HistoryRequest) => Promise<HistoryPage> {
  /** The message at whose side each cursor goes on. */
  const anchors = new Map<Cursor, MessageRef>()

  async function read(messages: MessagesFacet, request: HistoryRequest): Promise<HistoryPage> {
    const page = await messages.history(request)
    const [oldest, newest] = [page.messages[0], page.messages.at(-1)]
    if (oldest && 'cursor' in page.older) anchors.set(page.older.cursor, oldest)
    if (newest && 'cursor' in page.newer) anchors.set(page.newer.cursor, newest)
    return page
  }

  function anchorOf({ from, direction }: HistoryRequest): MessageRef | undefined {
    if (typeof from !== 'object' || from === null || direction === 'around') return undefined
    if ('message' in from) return from.message
    return 'cursor' in from ? anchors.get(from.cursor) : undefined
  }

  async function readWithAnchor(messages: MessagesFacet, request: HistoryRequest): Promise<HistoryPage> {
    const anchor = anchorOf(request)
    const page = await read(messages, request)
    // As it is now: it may have been changed or deleted since it was read.
    const current = anchor && (await messages.find(anchor).catch(() => 'unknown' as const))
    if (typeof current !== 'object') return page
    weather.note('pageRepeated')
    const isOlder = request.direction === 'older'
    return { ...page, messages: isOlder ? [...page.messages, current] : [current, ...page.messages] }
  }

  return async (messages, request) => {
    // Nonsense goes through as it is, for the transport to refuse.
    const isSound = typeof request === 'object' && request !== null
    if (!isSound || !weather.happens('pages')) return read(messages, request)
    const { from, count } = request
    const hasCursor = typeof from === 'object' && from !== null && 'cursor' in from
    const fault = weather.random.pick(hasCursor ? ['short', 'repeat', 'expired'] : ['short', 'repeat'])
    if (fault === 'repeat') return readWithAnchor(messages, request)
    if (fault === 'short') {
      weather.note('pageShortened')
      return read(messages, { ...request, count: weather.random.between(1, count) })
    }
    weather.note('cursorExpired')
    throw catalogueError('parley', 'cursor-expired')
  }
}
