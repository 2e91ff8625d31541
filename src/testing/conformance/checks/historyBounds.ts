import type { HistoryPage, HistoryRequest, Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, textOf } from '../person'
import type { Person } from '../person'
import { newestPage, walk } from '../reading'
import type { Check } from '../topic'
import type { StretchOf } from './stretch'

/** What cannot be read. */
export function refusalChecks(check: Check, stretchOf: StretchOf): void {
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
    const messages = (answer as HistoryPage | undefined)?.messages ?? []
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

/** The histories of groups, and what is said while one reads. */
export function groupChecks(check: Check): void {
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
