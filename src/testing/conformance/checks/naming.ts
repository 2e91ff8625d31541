import { clientKey } from '../../../model'
import type { Message } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, plain } from '../ensure'
import { fresh, isSame, outgoing, textOf } from '../person'
import type { Person } from '../person'
import { inHistory, recent } from '../reading'
import type { Check } from '../topic'
import { ensureWhole } from './wellFormed'

/** By what a message is known. */
export function namingChecks(check: Check): void {
  check(
    'D2, contract: keys',
    'answers with the whole message, named by the client id too',
    ['messages.send'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const message = outgoing(oneId, fresh('whole'))
      const sent = await one.send(message)
      ensureWhole(sent)
      ensureSame([sent.conversationId, sent.senderId], [oneId, one.userId], 'its conversation and sender')
      ensure(
        sent.keys.includes(clientKey(one.userId, message.clientId)),
        `its keys ${plain(sent.keys)} do not hold clientKey(sender, clientId)`,
      )
    },
  )
  check(
    'D2, contract: the client id travels',
    'tells the other end the client id',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const text = fresh('named')
      const message = outgoing(oneId, text)
      await one.send(message)
      const got = await two.gets(text)
      ensureWhole(got)
      ensureSame(
        [got.conversationId, got.senderId],
        [(await two.talkWith(one.userId)).id, one.userId],
        'conversation and sender',
      )
      ensure(
        got.keys.includes(clientKey(one.userId, message.clientId)),
        `the keys ${plain(got.keys)} do not hold clientKey(sender, clientId)`,
      )
    },
  )
  check('D2', 'keeps the client id in the history of both', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId, twoId } = await direct()
    const message = outgoing(oneId, fresh('kept'))
    await one.send(message)
    const ref = { keys: [clientKey(one.userId, message.clientId)] }
    ensure(
      await inHistory(one, oneId, ref),
      'the sender cannot find it by its client key: after a crash the kit would send it again',
    )
    ensure(await inHistory(two, twoId, ref), 'the receiver cannot find it by its client key')
  })
  check('D2', 'gives two messages no key in common', ['messages.send'], async ({ direct }) => {
    const { one, oneId } = await direct()
    const [a, b] = [await one.say(oneId, fresh('a')), await one.say(oneId, fresh('b'))]
    ensure(!isSame(a, b), 'two messages share a key')
  })
  check(
    'D2, contract: nobody can name another’s message',
    'keeps the messages of two people apart that chose one client id',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const clientId = fresh('same')
      const [mine, theirs] = [fresh('mine'), fresh('theirs')]
      const a = await one.say(oneId, mine, { clientId })
      const b = await two.say(twoId, theirs, { clientId })
      ensure(!isSame(a, b), 'they share a key')
      const messages = await recent(one, oneId, 10)
      for (const text of [mine, theirs])
        ensure(
          messages.some((it) => textOf(it) === text),
          `"${text}" is not in the history`,
        )
    },
  )
  check('D7', 'keeps the order in which one person sent', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId, twoId } = await direct()
    const texts = Array.from({ length: 6 }, () => fresh('row'))
    for (const text of texts) await one.say(oneId, text)
    await Promise.all(texts.map((text) => two.gets(text)))
    const inOrder = (messages: readonly Message[]) => {
      const said = messages.map(textOf).filter((text) => text !== undefined && texts.includes(text))
      return [...new Set(said)]
    }
    ensureSame(inOrder(two.received()), texts, 'what the other one was told')
    for (const [person, id] of [
      [one, oneId],
      [two, twoId],
    ] as const) {
      ensureSame(inOrder(await recent(person, id, 10)), texts, `the history of ${person.userId}`)
    }
  })
  check('D6', 'loses none of several sent at once', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId, twoId } = await direct()
    const texts = Array.from({ length: 8 }, () => fresh('at once'))
    const sent = await Promise.all(texts.map((text) => one.say(oneId, text)))
    await Promise.all(texts.map((text) => two.gets(text)))
    const messages = await recent(two, twoId, 20)
    for (const message of sent) {
      const count = messages.filter((it) => isSame(it, message)).length
      ensureSame(count, 1, `how often "${textOf(message)}" is in the history`)
    }
  })
  check(
    'E9, contract: progress',
    'tells progress between nothing and all',
    ['messages.send'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const told: number[] = []
      await one.transport.messages.send(outgoing(oneId, fresh('progress')), (_part, fraction) =>
        told.push(fraction),
      ).result
      ensure(
        told.every((fraction) => fraction >= 0 && fraction <= 1),
        `the fractions ${told.join(', ')}`,
      )
    },
  )
}

/** One client id is one message, and can be asked for. */
export function onceChecks(check: Check): void {
  check(
    'D6, contract: one send makes at most one message',
    'makes one message of two calls with one client id',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const message = outgoing(oneId, fresh('twice'))
      const [first, second] = [await one.send(message), await one.send(message)]
      await ensureOnce(two, twoId, first, second)
    },
  )
  check(
    'D6, contract: one send makes at most one message',
    'makes one message of two calls at the same time',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const message = outgoing(oneId, fresh('together'))
      const [first, second] = await Promise.all([one.send(message), one.send(message)])
      await ensureOnce(two, twoId, first, second)
    },
  )
  check(
    'D6',
    'makes one message of a call again after signing in anew',
    ['messages.send'],
    async ({ arrive, direct, userId, two }) => {
      const { twoId } = await direct()
      const before = await arrive(userId(0))
      const { id } = await before.talkWith(userId(1))
      const message = outgoing(id, fresh('again'))
      const first = await before.send(message)
      await before.leave()
      const after = await arrive(userId(0))
      const found = await after.transport.messages.find({
        conversationId: id,
        keys: [clientKey(userId(0), message.clientId)],
        sentAt: first.sentAt,
      })
      ensure(
        found !== 'absent',
        'find is sure that a message that was sent is not there: the kit would send it twice',
      )
      if (found === 'unknown') return
      await ensureOnce(await two(), twoId, first, found)
    },
  )
  check(
    'contract: find',
    'finds what was sent by the answer of `send`',
    ['messages.send', 'messages.find'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const sent = await one.say(oneId, fresh('find me'))
      const found = await one.transport.messages.find(sent)
      ensure(found !== 'absent', 'find is sure that it is not there')
      if (found !== 'unknown') ensureSame(textOf(found), textOf(sent), 'what was found')
    },
  )
  check(
    'contract: find',
    'finds what was sent by its client key and time',
    ['messages.send', 'messages.find'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const message = outgoing(oneId, fresh('find by client key'))
      const { sentAt } = await one.send(message)
      const found = await one.transport.messages.find({
        conversationId: oneId,
        keys: [clientKey(one.userId, message.clientId)],
        sentAt,
      })
      ensure(found !== 'absent', 'find is sure that it is not there: the kit would send it twice')
      if (found !== 'unknown') ensureSame(found.parts, message.parts, 'what was found')
    },
  )
  check(
    'contract: find',
    'finds what another one sent',
    ['messages.send', 'messages.find'],
    async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const text = fresh('found by the other')
      await one.say(oneId, text)
      const found = await two.transport.messages.find(await two.gets(text))
      ensure(found !== 'absent', 'find is sure that it is not there')
      if (found !== 'unknown') ensureSame(textOf(found), text, 'what was found')
    },
  )
  check(
    'contract: find',
    'takes any of several keys',
    ['messages.send', 'messages.find'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const sent = await one.say(oneId, fresh('candidates'))
      const found = await one.transport.messages.find({
        ...sent,
        keys: [clientKey(one.userId, fresh('no')), ...sent.keys],
      })
      ensure(found !== 'absent', 'find is sure that it is not there')
    },
  )
  check(
    'contract: find',
    'finds no message under a client id that was never sent',
    ['messages.find'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const found = await one.transport.messages.find({
        conversationId: oneId,
        keys: [clientKey(one.userId, fresh('never'))],
        sentAt: 1_700_000_000_000,
      })
      ensure(found === 'absent' || found === 'unknown', 'find made up a message')
    },
  )
  check('contract: find', 'answers for a reference without keys', ['messages.find'], async ({ direct }) => {
    const { one, oneId } = await direct()
    const { answer } = await answerOrRefusal(
      () => one.transport.messages.find({ conversationId: oneId, keys: [] }),
      'find',
    )
    ensure(answer === undefined || answer === 'absent' || answer === 'unknown', 'find made up a message')
  })
}

async function ensureOnce(reader: Person, readerId: string, first: Message, second: Message): Promise<void> {
  ensure(
    isSame(first, second),
    'the two answers have no key in common: the second `send` with the same clientId made a second message',
  )
  const text = textOf(first) ?? ''
  await reader.gets(text)
  const heard = reader.received().filter((it) => textOf(it) === text)
  ensure(
    heard.every((it) => isSame(it, first)),
    'the second `send` with the same clientId made a second message: the other one was told of both',
  )
  const messages = await recent(reader, readerId, 10)
  ensureSame(
    messages.filter((it) => textOf(it) === text).length,
    1,
    'how often the history holds it: the second `send` with the same clientId made a second message',
  )
}
