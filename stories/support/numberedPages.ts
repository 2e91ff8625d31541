import { ChatError } from 'vue-parley/core'
import type { HistoryEdge, HistoryPage, HistoryRequest, Message } from 'vue-parley/core'

/** The history of one long conversation whose messages are numbered from 1 on. */
export interface NumberedPages {
  history(request: HistoryRequest): Promise<HistoryPage>
  /** Pages wait until they are let go. */
  hold(): void
  letGo(): void
  /** Pages fail, or come again. */
  fail(isFailing: boolean): void
}

/** Gives out pages of these messages, as many as there are by then, from the first that is still kept on. */
export function createNumberedPages(
  messages: readonly Message[],
  oldest: () => { readonly first: number; readonly edge: HistoryEdge },
): NumberedPages {
  let isFailing = false
  let gate = Promise.resolve()
  let open = (): void => {}

  function anchor({ from }: HistoryRequest): number {
    if (from === 'newest') return messages.length
    if (from === 'oldest') return oldest().first
    if ('cursor' in from) return Number(from.cursor)
    if ('at' in from) return messages.findIndex(({ sentAt }) => sentAt >= from.at) + 1 || messages.length
    const { keys } = from.message
    return messages.findIndex((message) => message.keys.some((key) => keys.includes(key))) + 1
  }

  return {
    async history(request) {
      await gate
      if (isFailing) throw new ChatError({ code: 'no-page', kind: 'timeout' })
      const at = anchor(request)
      const { first, edge } = oldest()
      const { direction, count } = request
      const low = direction === 'older' ? at - count + 1 : direction === 'newer' ? at : at - (count >> 1)
      const from = Math.max(low, first)
      const to = Math.min(low + count - 1, messages.length)
      const older: HistoryEdge = from > first ? { cursor: `${from}` } : edge
      const newer: HistoryEdge = to < messages.length ? { cursor: `${to}` } : { end: 'live' }
      return { messages: messages.slice(from - 1, Math.max(to, 0)), changes: [], older, newer }
    },
    hold() {
      gate = new Promise((resolve) => (open = resolve))
    },
    letGo: () => open(),
    fail: (is) => (isFailing = is),
  }
}
