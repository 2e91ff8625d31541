import type { HistoryEdge, HistoryPage, HistoryRequest, Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame } from '../ensure'
import { isSame, textOf } from '../person'
import { page, walk } from '../reading'
import type { Check } from '../topic'
import { linesIn, ensureInARow } from './stretch'
import type { StretchOf } from './stretch'

/** Pages beside and around a message. */
export function anchorChecks(check: Check, stretchOf: StretchOf): void {
  for (const index of [1, 8, 12, 23]) {
    for (const direction of ['older', 'newer'] as const) {
      check(
        'D1, contract: pages touch their anchor',
        `goes on ${direction} beside message ${index}`,
        ['messages.history'],
        async (cast) => {
          const stretch = await stretchOf(cast)
          const anchor = stretch.messages[index] as Message
          const request: HistoryRequest = {
            conversationId: stretch.oneId,
            from: { message: anchor },
            direction,
            count: 4,
          }
          const hasAny = (read: readonly Message[]) => read.length > 0
          const { messages } = await walk(stretch.one, request, 'by cursor', hasAny)
          const lines = linesIn(messages, stretch)
          ensureInARow(lines, stretch, 'the page')
          const beside = stretch.texts[direction === 'older' ? index - 1 : index + 1] ?? ''
          const isTouching = lines.includes(beside) || lines.includes(textOf(anchor) ?? '')
          ensure(
            isTouching,
            `the page ${direction} beside a message does not reach it: it has ${lines.join(', ')}`,
          )
        },
      )
    }
  }
  for (const count of [1, 2, 3, 5, 10]) {
    check(
      'E5, contract: pages touch their anchor',
      `gives ${count} around a message`,
      ['messages.history'],
      async (cast) => {
        const stretch = await stretchOf(cast)
        const request: HistoryRequest = {
          conversationId: stretch.oneId,
          from: { message: stretch.messages[12] as Message },
          direction: 'around',
          count,
        }
        const { messages, older, newer } = await page(stretch.one, request)
        if (messages.length === 0 && ('cursor' in older || 'cursor' in newer)) return
        const lines = linesIn(messages, stretch)
        ensureInARow(lines, stretch, 'the page')
        ensure(
          [11, 12, 13].some((index) => lines.includes(stretch.texts[index] ?? '')),
          `the page around a message does not reach it: it has ${lines.join(', ')}`,
        )
      },
    )
  }
  check('E5', 'goes both ways from the page around a message', ['messages.history'], async (cast) => {
    const stretch = await stretchOf(cast)
    const { one, oneId, messages } = stretch
    const around = await page(one, {
      conversationId: oneId,
      from: { message: messages[12] as Message },
      direction: 'around',
      count: 5,
    })
    const [first, last] = [around.messages[0], around.messages.at(-1)]
    if (!first || !last) return
    const beyond = async (edge: HistoryEdge, message: Message, direction: 'older' | 'newer') => {
      const ask = (from: HistoryRequest['from']) =>
        page(one, { conversationId: oneId, from, direction, count: 5 })
      if (!('cursor' in edge)) return ask({ message })
      // A cursor may expire any time; the message beside it stays where it is.
      const { answer, refusal } = await answerOrRefusal(() => ask(edge), 'history')
      if (refusal) ensureSame(refusal.kind, 'cursor-expired', 'why the page is refused')
      return (answer as HistoryPage | undefined) ?? ask({ message })
    }
    const older = await beyond(around.older, first, 'older')
    const newer = await beyond(around.newer, last, 'newer')
    ensureInARow(
      linesIn([...older.messages, ...around.messages, ...newer.messages], stretch),
      stretch,
      'the three pages',
    )
  })
  check('D1', 'finds the place of a message by its keys alone', ['messages.history'], async (cast) => {
    const stretch = await stretchOf(cast)
    const { conversationId, keys } = stretch.messages[10] as Message
    const request: HistoryRequest = {
      conversationId,
      from: { message: { conversationId, keys } },
      direction: 'older',
      count: 4,
    }
    const { answer } = await answerOrRefusal(
      () => walk(stretch.one, request, 'by cursor', (read) => read.length > 0),
      'history beside a message known by keys',
    )
    if (answer === undefined) return
    const lines = linesIn((answer as Pick<HistoryPage, 'messages'>).messages, stretch)
    ensureInARow(lines, stretch, 'the page')
    ensure(
      lines.includes(stretch.texts[9] ?? '') || lines.includes(stretch.texts[10] ?? ''),
      'the page does not reach its anchor',
    )
  })
}

/** Pages from a moment, and from the beginning. */
export function timeChecks(check: Check, stretchOf: StretchOf): void {
  for (const direction of ['older', 'newer', 'around'] as const) {
    check(
      'D1, contract: anchors',
      `reads ${direction} from a moment, if can says so`,
      ['messages.history'],
      async (cast) => {
        const stretch = await stretchOf(cast)
        const { one, oneId, messages } = stretch
        const at = (messages[12] as Message).sentAt
        const request: HistoryRequest = { conversationId: oneId, from: { at }, direction, count: 6 }
        const verdict = one.transport.can('messages.history', { conversationId: oneId, anchor: 'at' })
        const { answer } = await answerOrRefusal(() => page(one, request), 'history from a moment')
        ensure(
          (answer === undefined) === (typeof verdict === 'object') || verdict === 'try',
          "can('messages.history', { anchor: 'at' }) and history do not agree",
        )
        if (answer === undefined) return
        const read = (answer as HistoryPage).messages
        if (read.length === 0) return
        ensureInARow(linesIn(read, stretch), stretch, 'the page')
        if (direction === 'older')
          ensure(
            (read.at(-1)?.sentAt ?? 0) >= (messages[11] as Message).sentAt - 1_000,
            'the page does not reach the moment',
          )
        if (direction === 'newer')
          ensure(
            (read[0]?.sentAt ?? Infinity) <= (messages[13] as Message).sentAt + 1_000,
            'the page does not begin at the moment',
          )
      },
    )
  }
  check('contract: anchors', 'reads from the oldest, if can says so', ['messages.history'], async (cast) => {
    const { one, oneId } = await stretchOf(cast)
    const verdict = one.transport.can('messages.history', { conversationId: oneId, anchor: 'oldest' })
    const request: HistoryRequest = { conversationId: oneId, from: 'oldest', direction: 'newer', count: 5 }
    const { answer } = await answerOrRefusal(() => page(one, request), 'history from the oldest')
    ensure(
      (answer === undefined) === (typeof verdict === 'object') || verdict === 'try',
      "can('messages.history', { anchor: 'oldest' }) and history do not agree",
    )
    if (answer === undefined) return
    const { older } = answer as HistoryPage
    ensure('end' in older && older.end !== 'live', 'the older edge of the oldest page is an end')
  })
  check('contract: pages', 'finds nothing older than the beginning', ['messages.history'], async (cast) => {
    const { one, oneId } = await stretchOf(cast)
    const verdict = one.transport.can('messages.history', { conversationId: oneId, anchor: 'oldest' })
    if (verdict !== 'yes') return
    const first = await page(one, { conversationId: oneId, from: 'oldest', direction: 'newer', count: 1 })
    const [oldest] = first.messages
    if (!oldest) return
    const before = await page(one, {
      conversationId: oneId,
      from: { message: oldest },
      direction: 'older',
      count: 5,
    })
    ensure(
      before.messages.every((message) => isSame(message, oldest)),
      'there are messages older than the oldest',
    )
    ensure('end' in before.older, 'the older edge there is an end')
  })
}
