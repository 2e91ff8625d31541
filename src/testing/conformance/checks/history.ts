import { frozen } from '../../../core/data'
import type { HistoryPage, HistoryRequest, Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame } from '../ensure'
import { spoil } from '../spoil'
import { isSame, textOf } from '../person'
import { newestPage, page, recent, walk } from '../reading'
import type { Cast, Check, Suite } from '../topic'
import { LENGTH, talk, linesIn, ensureInARow } from './stretch'
import type { Stretch, StretchOf } from './stretch'
import { anchorChecks, timeChecks } from './historyAnchors'
import { refusalChecks, groupChecks } from './historyBounds'

const STRIDES = ['by cursor', 'by message'] as const

/** Pages: their own order is the truth, they may repeat and never skip. */
export function historyChecks(suite: Suite): void {
  suite.topic('History', (check) => {
    const stretches = new WeakMap<Cast, Promise<Stretch>>()
    const stretchOf = (cast: Cast): Promise<Stretch> => {
      const known = stretches.get(cast) ?? talk(cast)
      stretches.set(cast, known)
      return known
    }
    newestChecks(check, stretchOf)
    walkChecks(check, stretchOf)
    anchorChecks(check, stretchOf)
    timeChecks(check, stretchOf)
    refusalChecks(check, stretchOf)
    groupChecks(check)
  })
}

function newestChecks(check: Check, stretchOf: StretchOf): void {
  for (const count of [1, 2, 3, 5, 10, 20]) {
    check('D1, contract: pages', `gives the newest ${count}`, ['messages.history'], async (cast) => {
      const stretch = await stretchOf(cast)
      for (const [person, id] of [
        [stretch.one, stretch.oneId],
        [stretch.two, stretch.twoId],
      ] as const) {
        const { messages, older, newer } = await newestPage(person, id, count)
        const lines = linesIn(messages, stretch)
        // The newest entry of an archive may be no message; then the page says how it goes on.
        ensure(messages.length > 0 || 'cursor' in older, 'the newest page is empty, and there are messages')
        ensureSame(
          lines,
          stretch.texts.slice(LENGTH - lines.length),
          `the newest ${count} of ${person.userId}`,
        )
        ensureSame(newer, { end: 'live' }, 'what comes after the newest comes by event, so its newer edge')
      }
    })
  }
  check('contract: pages', 'gives the same page to two calls at once', ['messages.history'], async (cast) => {
    const { one, oneId } = await stretchOf(cast)
    const [a, b] = await Promise.all([newestPage(one, oneId, 10), newestPage(one, oneId, 10)])
    // A page may be shorter than was asked for, and two need not be equally short.
    const [x, y] = [tail(a.messages), tail(b.messages)]
    const shared = Math.min(x.length, y.length)
    ensure(shared > 0 || x.length === y.length, 'one of the pages is empty')
    ensureSame(x.slice(x.length - shared), y.slice(y.length - shared), 'the pages')
  })
  check(
    'contract: plain data',
    'is not misled when a page is changed',
    ['messages.history'],
    async (cast) => {
      const stretch = await stretchOf(cast)
      spoil(await newestPage(stretch.one, stretch.oneId, 10))
      const messages = await recent(stretch.one, stretch.oneId, 5)
      const lines = linesIn(messages, stretch)
      ensureSame(lines, stretch.texts.slice(LENGTH - lines.length), 'the page asked for afterwards')
      ensure(lines.length > 0, 'the page asked for afterwards is empty')
    },
  )
  check('contract: plain data', 'takes a frozen request', ['messages.history'], async (cast) => {
    const { one, oneId, messages } = await stretchOf(cast)
    const anchor = structuredClone(messages[5] as Message)
    await page(
      one,
      frozen({ conversationId: oneId, from: { message: anchor }, direction: 'older', count: 3 }),
    )
  })
  check('D2', 'names messages as they were named when they came', ['messages.history'], async (cast) => {
    const stretch = await stretchOf(cast)
    const { one, two, oneId, twoId, messages, texts } = stretch
    const { messages: read } = await newestPage(one, oneId, 20)
    for (const message of read) {
      const live = messages.find((it) => textOf(it) === textOf(message))
      ensure(
        !live || isSame(live, message),
        `"${textOf(message)}" has no key in the history that it had before`,
      )
    }
    for (const message of (await newestPage(two, twoId, 20)).messages) {
      const live = two.received().find((it) => textOf(it) === textOf(message))
      ensure(
        !live || isSame(live, message),
        `"${textOf(message)}" has no key in the history that it was told with`,
      )
    }
    ensure(texts.length === LENGTH, 'the stretch is whole')
  })
  check('D7', 'says who sent what, and when, as it was told', ['messages.history'], async (cast) => {
    const { one, oneId, messages } = await stretchOf(cast)
    for (const message of (await newestPage(one, oneId, 20)).messages) {
      const live = messages.find((it) => isSame(it, message))
      if (live) ensureSame(message.senderId, live.senderId, 'the sender')
    }
  })
}

function tail(messages: readonly Message[]): readonly (string | undefined)[] {
  return messages.slice(-5).map(textOf)
}

function walkChecks(check: Check, stretchOf: StretchOf): void {
  for (const stride of STRIDES) {
    for (const count of [1, 4, 7, 20]) {
      check(
        'D1, contract: never skip',
        `walks older ${stride}, ${count} at a time, without a hole`,
        ['messages.history'],
        async (cast) => {
          const stretch = await stretchOf(cast)
          const first: HistoryRequest = {
            conversationId: stretch.oneId,
            from: 'newest',
            direction: 'older',
            count,
          }
          const hasAll = (read: readonly Message[]) => linesIn(read, stretch).length >= LENGTH
          const { messages } = await walk(stretch.one, first, stride, hasAll)
          ensureSame(linesIn(messages, stretch), stretch.texts, 'what was read')
        },
      )
    }
    for (const count of [1, 6, 20]) {
      check(
        'D1, contract: never skip',
        `walks newer ${stride}, ${count} at a time, to where it is live`,
        ['messages.history'],
        async (cast) => {
          const stretch = await stretchOf(cast)
          const anchor = stretch.messages[0] as Message
          const first: HistoryRequest = {
            conversationId: stretch.oneId,
            from: { message: anchor },
            direction: 'newer',
            count,
          }
          const { messages } = await walk(stretch.one, first, stride)
          ensureSame(linesIn([anchor, ...messages], stretch), stretch.texts, 'what was read')
        },
      )
    }
  }
  check('D1', 'shows both sides the same order', ['messages.history'], async (cast) => {
    const stretch = await stretchOf(cast)
    const first: HistoryRequest = {
      conversationId: stretch.twoId,
      from: 'newest',
      direction: 'older',
      count: 20,
    }
    const hasAll = (read: readonly Message[]) => linesIn(read, stretch).length >= LENGTH
    const { messages } = await walk(stretch.two, first, 'by cursor', hasAll)
    ensureSame(linesIn(messages, stretch), stretch.texts, 'what the other one reads')
  })
  check(
    'contract: cursors live one session',
    'takes a cursor of an earlier session, or says that it has expired',
    ['messages.history'],
    async (cast) => {
      const stretch = await stretchOf(cast)
      const before = await cast.arrive(cast.userId(0))
      const { id } = await before.talkWith(cast.userId(1))
      const { older } = await newestPage(before, id, 5)
      await before.leave()
      const after = await cast.arrive(cast.userId(0))
      if (!('cursor' in older)) return
      const request: HistoryRequest = { conversationId: id, from: older, direction: 'older', count: 5 }
      const { refusal, answer } = await answerOrRefusal(
        () => page(after, request),
        'history by an old cursor',
      )
      if (refusal) return ensureSame(refusal.kind, 'cursor-expired', 'the kind of the error')
      ensureInARow(linesIn((answer as HistoryPage).messages, stretch), stretch, 'the page')
    },
  )
}
