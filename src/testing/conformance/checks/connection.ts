import { clientKey } from '../../../model'
import type { Message } from '../../../model'
import { BrokenRule, answerOrRefusal, ensure, ensureSame } from '../ensure'
import { fresh, outgoing, textOf, until } from '../person'
import type { Person } from '../person'
import { newestPage, walk, recent } from '../reading'
import type { Cast, Check, Suite } from '../topic'

/** What becomes of everything when the line breaks. */
export function connectionChecks(suite: Suite): void {
  suite.topic('A broken connection', cutChecks)
}

async function cut({ harness }: Cast, { transport }: Person): Promise<void> {
  await harness.cutConnection?.(transport)
}

/** Waits until the person is online again and has everything that was missed. */
function back(cast: Cast, { transport }: Person): Promise<void> {
  return until(cast.harness, transport, (session) => session.state === 'online' && !session.isCatchingUp)
}

/** True where everything since `count` batches is either told or named as doubtful. */
function isInDoubt(person: Person, count: number): boolean {
  return person.batches
    .slice(count)
    .some(({ events }) =>
      events.some((event) =>
        event.type === 'session.changed'
          ? event.session.state === 'online' && !event.session.hasContinuity
          : event.type === 'timeline.interrupted' && event.lost !== 'changes',
      ),
    )
}

function cutChecks(check: Check): void {
  check(
    'A2, contract: a lost connection is re-made',
    'comes back by itself, and tells both',
    ['a cut'],
    async (cast) => {
      const person = await cast.arrive(cast.userId(0))
      const count = person.told('session.changed').length
      await cut(cast, person)
      await person.hears(
        'it says that the connection is gone',
        () =>
          person
            .told('session.changed')
            .slice(count)
            .some(({ session }) => session.state === 'reconnecting' || session.state === 'connecting') ||
          undefined,
      )
      await back(cast, person)
      await person.transport.conversations.list()
    },
  )
  check(
    'D1, contract: continuity',
    'tells what was said meanwhile, or that it is in doubt',
    ['a cut', 'messages.send'],
    async (cast) => {
      const { one, oneId, twoId } = await cast.direct()
      const reader = await cast.arrive(cast.userId(1))
      const count = reader.batches.length
      await cut(cast, reader)
      const text = fresh('while you were gone')
      await one.say(oneId, text)
      await back(cast, reader)
      await reader.hears('it is told, or in doubt and in the history', async () => {
        if (reader.received().some((it) => textOf(it) === text)) return true
        if (!isInDoubt(reader, count)) return undefined
        return (await recent(reader, twoId, 5)).some((it) => textOf(it) === text) || undefined
      })
    },
  )
  check(
    'K2, contract: failures',
    'ends every call in time, with an answer or a ChatError',
    ['a cut', 'messages.history'],
    async (cast) => {
      const { twoId } = await cast.direct()
      const person = await cast.arrive(cast.userId(1))
      const calls = [
        answerOrRefusal(() => person.transport.conversations.list(), 'list'),
        answerOrRefusal(() => newestPage(person, twoId, 5), 'history'),
      ]
      await cut(cast, person)
      calls.push(answerOrRefusal(() => person.transport.conversations.list(), 'list without a connection'))
      await Promise.all(calls)
      await back(cast, person)
    },
  )
  check(
    'D6, contract: effect',
    'sends once or says honestly how it ended',
    ['a cut', 'messages.send', 'messages.find'],
    async (cast) => {
      const { two, twoId } = await cast.direct()
      const sender = await cast.arrive(cast.userId(0))
      const { id } = await sender.talkWith(two.userId)
      const message = outgoing(id, fresh('sent into the break'))
      const sending = answerOrRefusal(() => sender.transport.messages.send(message), 'send')
      await cut(cast, sender)
      const { answer, refusal } = await sending
      await back(cast, sender)
      const text = textOf(message) ?? ''
      const isThere = async () => (await recent(two, twoId, 10)).filter((it) => textOf(it) === text).length
      if (answer)
        return two
          .hears(
            'what was sent is there',
            async () => (ensureSame(await isThere(), 1, 'how often it is there'), true),
          )
          .then(() => undefined)
      const found = await sender.transport.messages.find({
        conversationId: id,
        keys: [clientKey(sender.userId, message.clientId)],
      })
      if (refusal?.effect === 'none' || found === 'absent')
        ensureSame(await isThere(), 0, 'how often a message is there that was said not to have been sent')
      if (found === 'absent') await sender.send(message)
      ensure((await isThere()) <= 1, 'it is there twice')
    },
  )
  check(
    'D6, D1',
    'loses and doubles nothing over several breaks',
    ['a cut', 'messages.send', 'messages.find'],
    async (cast) => {
      const { two, twoId } = await cast.direct()
      const sender = await cast.arrive(cast.userId(0))
      const { id } = await sender.talkWith(two.userId)
      const texts = Array.from({ length: 12 }, (_n, i) => fresh(`over breaks ${i}`))
      for (const [i, text] of texts.entries()) {
        if (i % 4 === 3) await cut(cast, sender)
        await sendSurely(cast, sender, outgoing(id, text))
      }
      const { messages } = await walk(
        two,
        { conversationId: twoId, from: 'newest', direction: 'older', count: 20 },
        'by cursor',
        (pages) => pages.some((it) => textOf(it) === texts[0]),
      )
      const said = messages.map(textOf).filter((text) => text !== undefined && texts.includes(text))
      ensureSame(said, texts, 'what is there')
    },
  )
  check('A2, A12', 'stays away when it is signed out while the line is down', ['a cut'], async (cast) => {
    const person = await cast.arrive(cast.userId(0))
    await cut(cast, person)
    await person.leave()
    const count = person.batches.length
    await cast.arrive(cast.userId(0))
    ensureSame(person.transport.session().state, 'offline', 'the session')
    ensureSame(person.batches.slice(count).length, 0, 'what it told after disconnect()')
  })
}

/** As the kit sends: what may have arrived is looked for before it is sent again. */
async function sendSurely(cast: Cast, person: Person, message: ReturnType<typeof outgoing>): Promise<void> {
  for (let attempts = 0; attempts < 20; attempts++) {
    const { answer, refusal } = await answerOrRefusal(() => person.transport.messages.send(message), 'send')
    if (answer) return
    await back(cast, person)
    if (refusal?.effect !== 'unknown') continue
    const found: Message | string = await person.transport.messages.find({
      conversationId: message.conversationId,
      keys: [clientKey(person.userId, message.clientId)],
    })
    if (typeof found !== 'string') return
  }
  throw new BrokenRule('it could not be sent')
}
