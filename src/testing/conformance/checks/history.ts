import { frozen } from '../../../core/data'
import type { ConversationId, HistoryRequest, Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { spoil } from '../spoil'
import { fresh, isSame, textOf } from '../person'
import type { Person } from '../person'
import { newestPage, page, walk } from '../reading'
import type { Cast, Check, Suite } from '../topic'

const LENGTH = 25
const STRIDES = ['by cursor', 'by message'] as const

/** A stretch of talk with nothing in between. */
interface Stretch {
  readonly one: Person
  readonly two: Person
  readonly oneId: ConversationId
  readonly twoId: ConversationId
  /** As the first had it from `send` or by event, oldest first. */
  readonly messages: readonly Message[]
  readonly texts: readonly string[]
}

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

async function talk({ direct }: Cast): Promise<Stretch> {
  const { one, two, oneId, twoId } = await direct()
  const messages: Message[] = []
  for (let i = 0; i < LENGTH; i++) {
    const text = fresh(`line ${i}`)
    if (i % 3 === 2) {
      await two.say(twoId, text)
      messages.push(await one.gets(text))
    } else {
      messages.push(await one.say(oneId, text))
      await two.gets(text)
    }
  }
  return { one, two, oneId, twoId, messages, texts: messages.map((message) => textOf(message) ?? '') }
}

type StretchOf = (cast: Cast) => Promise<Stretch>

/** What of the stretch a page holds, each once and in the order of the page. */
function linesIn(messages: readonly Message[], { texts }: Stretch): readonly string[] {
  return [
    ...new Set(messages.flatMap((message) => textOf(message) ?? []).filter((text) => texts.includes(text))),
  ]
}

/** Fails where the lines are not in a row: something was skipped, or the order is another. */
function ensureInARow(lines: readonly string[], { texts }: Stretch, words: string): void {
  const start = texts.indexOf(lines[0] ?? '')
  if (lines.length > 0)
    ensureSame(lines, texts.slice(start, start + lines.length), `${words}: the lines are not in a row`)
}

function newestChecks(check: Check, stretchOf: StretchOf): void {
  for (const count of [1, 2, 3, 5, 10, 20]) {
    check('D1, contract: pages', `gives the newest ${count}`, ['messages.history'], async (cast) => {
      const stretch = await stretchOf(cast)
      for (const [person, id] of [
        [stretch.one, stretch.oneId],
        [stretch.two, stretch.twoId],
      ] as const) {
        const { messages, newer } = await newestPage(person, id, count)
        const lines = linesIn(messages, stretch)
        ensure(messages.length > 0, 'the newest page is empty, and there are messages')
        ensureSame(lines, stretch.texts.slice(-lines.length), `the newest ${count} of ${person.userId}`)
        ensureSame(newer, { end: 'live' }, 'what comes after the newest comes by event, so its newer edge')
      }
    })
  }
  check('contract: pages', 'gives the same page to two calls at once', ['messages.history'], async (cast) => {
    const { one, oneId } = await stretchOf(cast)
    const [a, b] = await Promise.all([newestPage(one, oneId, 10), newestPage(one, oneId, 10)])
    ensureSame(tail(a.messages), tail(b.messages), 'the pages')
  })
  check(
    'contract: plain data',
    'is not misled when a page is changed',
    ['messages.history'],
    async (cast) => {
      const stretch = await stretchOf(cast)
      spoil(await newestPage(stretch.one, stretch.oneId, 10))
      const { messages } = await newestPage(stretch.one, stretch.oneId, 5)
      const lines = linesIn(messages, stretch)
      ensureSame(lines, stretch.texts.slice(-lines.length), 'the page asked for afterwards')
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
      ensureInARow(
        linesIn((answer as Awaited<ReturnType<typeof page>>).messages, stretch),
        stretch,
        'the page',
      )
    },
  )
}

function anchorChecks(check: Check, stretchOf: StretchOf): void {
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
          const { messages } = await page(stretch.one, request)
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
        const lines = linesIn((await page(stretch.one, request)).messages, stretch)
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
    ensure(first && last, 'the page around a message is empty')
    const older = await page(one, {
      conversationId: oneId,
      from: 'cursor' in around.older ? around.older : { message: first },
      direction: 'older',
      count: 5,
    })
    const newer = await page(one, {
      conversationId: oneId,
      from: 'cursor' in around.newer ? around.newer : { message: last },
      direction: 'newer',
      count: 5,
    })
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
      () => page(stretch.one, request),
      'history beside a message known by keys',
    )
    if (answer === undefined) return
    const lines = linesIn((answer as Awaited<ReturnType<typeof page>>).messages, stretch)
    ensureInARow(lines, stretch, 'the page')
    ensure(
      lines.includes(stretch.texts[9] ?? '') || lines.includes(stretch.texts[10] ?? ''),
      'the page does not reach its anchor',
    )
  })
}

function timeChecks(check: Check, stretchOf: StretchOf): void {
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
        const read = (answer as Awaited<ReturnType<typeof page>>).messages
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
    const { older } = answer as Awaited<ReturnType<typeof page>>
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

function refusalChecks(check: Check, stretchOf: StretchOf): void {
  for (const cursor of ['', 'nonsense', '0', '-1', '\u0000', 'x'.repeat(5_000)]) {
    check(
      'contract: cursors',
      `answers for the cursor ${JSON.stringify(cursor.slice(0, 20))}`,
      ['messages.history'],
      async (cast) => {
        const { one, oneId } = await stretchOf(cast)
        await answerOrRefusal(
          () =>
            one.transport.messages.history({
              conversationId: oneId,
              from: { cursor },
              direction: 'older',
              count: 5,
            }),
          'history',
        )
        await newestPage(one, oneId, 1)
      },
    )
  }
  check('contract: pages', 'answers for a message nobody knows', ['messages.history'], async (cast) => {
    const { one, oneId } = await stretchOf(cast)
    const message = { conversationId: oneId, keys: [fresh('nobody')] }
    await answerOrRefusal(
      () =>
        one.transport.messages.history({
          conversationId: oneId,
          from: { message },
          direction: 'older',
          count: 5,
        }),
      'history',
    )
    await newestPage(one, oneId, 1)
  })
  check('K2', 'refuses a conversation that is none', ['messages.history'], async ({ one }) => {
    const { transport } = await one()
    await refusalOf(
      () =>
        transport.messages.history({
          conversationId: 'no such conversation',
          from: 'newest',
          direction: 'older',
          count: 5,
        }),
      'history',
    )
  })
  check('K3', 'gives at most a page where more is asked', ['messages.history'], async (cast) => {
    const { one, oneId } = await stretchOf(cast)
    const { pageSize } = one.transport.limits({ conversationId: oneId })
    if (pageSize === undefined) return
    const request: HistoryRequest = {
      conversationId: oneId,
      from: 'newest',
      direction: 'older',
      count: pageSize + 50,
    }
    const { answer } = await answerOrRefusal(() => one.transport.messages.history(request), 'history')
    const messages = (answer as Awaited<ReturnType<typeof page>> | undefined)?.messages ?? []
    ensure(
      messages.length <= pageSize + 1,
      `a page holds ${messages.length} messages, and limits().pageSize is ${pageSize}`,
    )
  })
  for (const count of [0, -1, 0.5, NaN, Infinity]) {
    check('K2', `answers where ${count} messages are asked for`, ['messages.history'], async (cast) => {
      const { one, oneId } = await stretchOf(cast)
      await answerOrRefusal(
        () =>
          one.transport.messages.history({
            conversationId: oneId,
            from: 'newest',
            direction: 'older',
            count,
          }),
        'history',
      )
    })
  }
}

function groupChecks(check: Check): void {
  check(
    'D1, D9',
    'begins a new group at an end',
    ['messages.history', 'groups.create'],
    async ({ makeGroup }) => {
      const { people, idOf } = await makeGroup()
      const [one] = people as [Person]
      const first: HistoryRequest = {
        conversationId: idOf(one),
        from: 'newest',
        direction: 'older',
        count: 20,
      }
      const { messages } = await walk(one, first, 'by cursor')
      ensure(messages.length < 10, `a new group has ${messages.length} messages`)
    },
  )
  check(
    'D1, D7',
    'gives everybody in a group the same order',
    ['messages.history', 'a group'],
    async ({ group }) => {
      const { people, idOf } = await group()
      const texts: string[] = []
      for (let i = 0; i < 9; i++) {
        const text = fresh(`group line ${i}`)
        const person = people[i % people.length] as Person
        await person.say(idOf(person), text)
        texts.push(text)
      }
      for (const person of people) {
        await person.hears(`${person.userId} reads all lines in order`, async () => {
          const first: HistoryRequest = {
            conversationId: idOf(person),
            from: 'newest',
            direction: 'older',
            count: 4,
          }
          const hasAll = (read: readonly Message[]) =>
            texts.every((text) => read.some((it) => textOf(it) === text))
          const { messages } = await walk(person, first, 'by cursor', hasAll)
          ensureSame(
            messages.map(textOf).filter((text) => text !== undefined && texts.includes(text)),
            texts,
            `the history of ${person.userId}`,
          )
          return true
        })
      }
    },
  )
  check(
    'D1, contract: live edge',
    'loses nothing between a page and the events',
    ['messages.history', 'messages.send'],
    async ({ arrive, direct, userId }) => {
      const { one, oneId } = await direct()
      const reader = await arrive(userId(1))
      const { id } = await reader.talkWith(userId(0))
      const texts = Array.from({ length: 10 }, (_n, i) => fresh(`while reading ${i}`))
      const sending = Promise.all(texts.map((text) => one.say(oneId, text)))
      const { messages } = await newestPage(reader, id, 20)
      await sending
      const known = () => [...messages, ...reader.received()].map(textOf)
      await reader.hears(
        'every message is in the page or told',
        () => texts.every((text) => known().includes(text)) || undefined,
      )
    },
  )
}
