import { clientKey } from '../../../model'
import type { Message, MessageBody, OutgoingMessage, Part } from '../../../model'
import { frozen } from '../../../core/data'
import { utf8ByteLength } from '../../../core/text'
import { answerOrRefusal, ensure, ensureChatError, ensureSame, plain, refusalOf } from '../ensure'
import { spoil } from '../spoil'
import { fresh, isSame, outgoing, textOf, until } from '../person'
import type { Person } from '../person'
import { inHistory, recent } from '../reading'
import type { Cast, Check, Suite } from '../topic'
import { ensureWhole } from './telling'

const remote = (name: string, mime: string) =>
  ({ at: 'remote', url: `https://files.example/${name}`, name, bytes: 10, mime }) as const

/** Parts of every kind a person can send. */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  'a text': [{ kind: 'text', text: 'one' }],
  'two texts': [
    { kind: 'text', text: 'one' },
    { kind: 'text', text: 'two' },
  ],
  'an image by its address': [{ kind: 'image', file: remote('a.png', 'image/png'), width: 4, height: 3 }],
  'a video by its address': [
    { kind: 'video', file: remote('a.mp4', 'video/mp4'), width: 4, height: 3, durationMs: 1_000 },
  ],
  'a voice message by its address': [
    { kind: 'audio', file: remote('a.ogg', 'audio/ogg'), durationMs: 1_000 },
  ],
  'a file by its address': [{ kind: 'file', file: remote('a b (1) 你.pdf', 'application/pdf') }],
  'a face by its number': [{ kind: 'face', index: 3 }],
  'a face by its key': [{ kind: 'face', key: 'smile' }],
  'a face by both': [{ kind: 'face', index: 0, key: '[笑]' }],
  'a place': [{ kind: 'location', latitude: -33.8568, longitude: 151.2153, label: 'Opera <House>' }],
  'a place on the equator': [{ kind: 'location', latitude: 0, longitude: 0 }],
  'a card of a user': [{ kind: 'card', of: 'user', id: 'alice' }],
  'a card of a group': [{ kind: 'card', of: 'group', id: 'g-1' }],
  'data of the app': [
    {
      kind: 'custom',
      type: 'poll',
      data: { question: '?', options: ['a', 'b'], open: true, n: 1.5, none: null },
    },
  ],
  'a text and an image in order': [
    { kind: 'text', text: 'look' },
    { kind: 'image', file: remote('b.png', 'image/png') },
    { kind: 'text', text: 'there' },
  ],
  'a text, a face and a text': [
    { kind: 'text', text: 'a' },
    { kind: 'face', key: 'wink' },
    { kind: 'text', text: 'b' },
  ],
}

/** One call, at most one message, and everybody has the same. */
export function sendingChecks(suite: Suite): void {
  suite.topic('Sending', (check) => {
    for (const [about, parts] of Object.entries(PARTS)) partCheck(check, about, parts)
    mergedCheck(check)
    bodyChecks(check)
    namingChecks(check)
    onceChecks(check)
    refusalChecks(check)
    handoverChecks(check)
  })
}

function partCheck(check: Check, about: string, parts: readonly Part[]): void {
  check(
    'C1, contract: can',
    `carries ${about}, or says before that it does not`,
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const verdicts = parts.map(({ kind }) =>
        one.transport.can('messages.send', { conversationId: oneId, part: kind }),
      )
      const { answer, refusal } = await answerOrRefusal(
        () => one.transport.messages.send(outgoing(oneId, '', { parts })),
        'send',
      )
      const isPromised = verdicts.every((verdict) => verdict === 'yes')
      ensure(
        answer !== undefined || !isPromised,
        `can('messages.send') says yes and send refuses with ${refusal?.code}`,
      )
      const forbidden = verdicts.find((verdict) => typeof verdict === 'object')
      if (answer === undefined) return
      ensure(!forbidden, "can('messages.send') refuses the part, and send takes it")
      const sent = answer as Message
      const got = await two.hears('the other one is told of it', () =>
        two.received().find((it) => isSame(it, sent)),
      )
      ensureParts(got.parts, parts, 'what the other one is told')
      ensureParts((await inHistory(two, twoId, sent))?.parts ?? [], parts, 'what the other one reads')
      ensureParts(sent.parts, parts, 'the answer of `send`')
    },
  )
}

/** Of a file only its address and name must come through unchanged; everything else as it was sent. */
function ensureParts(actual: readonly Part[], wanted: readonly Part[], words: string): void {
  const essence = (part: Part): unknown => {
    if (!('file' in part)) return part
    const { kind, file } = part
    return { kind, url: 'url' in file ? file.url : undefined, name: file.name }
  }
  ensureSame(actual.map(essence), wanted.map(essence), words)
}

function mergedCheck(check: Check): void {
  check('C, E6', 'carries several messages merged into one', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId } = await direct()
    const item = await one.say(oneId, fresh('item'))
    const part: Part = {
      kind: 'merged',
      title: 'Two & more',
      abstracts: ['a: <b>', 'b: 你好'],
      items: [item],
    }
    const { answer } = await answerOrRefusal(
      () => one.transport.messages.send(outgoing(oneId, '', { parts: [part] })),
      'send',
    )
    const verdict = one.transport.can('messages.send', { conversationId: oneId, part: 'merged' })
    ensure(
      answer !== undefined || verdict !== 'yes',
      "can('messages.send') says yes to a merged part, and it was refused",
    )
    if (answer === undefined) return
    const got = await two.hears('it comes', () => two.received().find((it) => isSame(it, answer as Message)))
    const [merged] = got.parts
    ensure(merged?.kind === 'merged', 'the part is no merged one any more')
    ensureSame([merged.title, merged.abstracts], [part.title, part.abstracts], 'its title and abstracts')
    const items = merged.items ?? (await two.transport.messages.openMerged?.(got)) ?? []
    ensureSame(items.map(textOf), [textOf(item)], 'the messages in it')
  })
  check(
    'C7, contract: notice',
    'refuses a notice that a person has made up',
    ['messages.send'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const parts: Part[] = [{ kind: 'notice', about: 'joined', userIds: ['x'] }]
      await refusalOf(() => one.transport.messages.send(outgoing(oneId, '', { parts })), 'send of a notice')
    },
  )
}

/** Fields of a message beside its parts: carried, or the message is refused; never dropped without a word. */
const FIELDS: Readonly<Record<string, Partial<MessageBody>>> = {
  'data of its own': { data: { a: [1, 'ü', null, { b: true }] } },
  'a time to burn': { burnAfterMs: 10_000 },
}

function bodyChecks(check: Check): void {
  for (const [about, more] of Object.entries(FIELDS)) {
    check('contract: message body', `carries ${about}, or refuses`, ['messages.send'], async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const { answer } = await answerOrRefusal(
        () => one.transport.messages.send(outgoing(oneId, fresh('with more'), more)),
        'send',
      )
      if (answer === undefined) return
      const got = await two.hears('it comes', () =>
        two.received().find((it) => isSame(it, answer as Message)),
      )
      for (const [name, value] of Object.entries(more)) ensureSame(got[name as keyof Message], value, name)
    })
  }
  for (const priority of ['high', 'normal', 'low'] as const) {
    check('C11', `carries a message of ${priority} priority`, ['messages.send'], async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const text = fresh('urgent')
      await one.say(oneId, text, { priority })
      const got = await two.gets(text)
      ensure(
        got.priority === undefined || got.priority === priority,
        `the priority became ${String(got.priority)}`,
      )
    })
  }
  check('E5', 'carries what a message replies to', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId, twoId } = await direct()
    const text = fresh('question')
    const sent = await one.say(oneId, text)
    const question = await two.gets(text)
    const reply = await two.say(twoId, fresh('answer'), { replyTo: { ref: question, abstract: text } })
    const got = await one.hears('the reply comes', () => one.received().find((it) => isSame(it, reply)))
    ensure(got.replyTo, 'the message has lost what it replies to')
    ensure(
      isSame(got.replyTo.ref, sent),
      'what it replies to is named by none of the keys that its sender knows it by',
    )
  })
  check(
    'C9',
    'hands an online-only message to whoever is there and stores it nowhere',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const text = fresh('passing')
      const { answer } = await answerOrRefusal(
        () => one.transport.messages.send(outgoing(oneId, text, { delivery: 'online-only' })),
        'send',
      )
      if (answer === undefined) return
      const got = await two.gets(text)
      ensureSame(got.delivery, 'online-only', 'its delivery')
      const fence = fresh('fence')
      await one.say(oneId, fence)
      await two.gets(fence)
      const messages = await recent(two, twoId)
      ensure(!messages.some((it) => textOf(it) === text), 'it is in the history')
    },
  )
  check(
    'contract: delivery',
    'stores an uncounted message without counting it',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const text = fresh('uncounted')
      const { answer } = await answerOrRefusal(
        () => one.transport.messages.send(outgoing(oneId, text, { delivery: 'uncounted' })),
        'send',
      )
      if (answer === undefined) return
      await two.gets(text)
      ensure(await inHistory(two, twoId, answer as Message), 'it is not in the history')
    },
  )
  check('E7', 'carries whom a message mentions', ['messages.send', 'a group'], async ({ group }) => {
    const { people, idOf } = await group()
    const [one, two] = people as [Person, Person]
    const text = fresh('mention')
    await one.say(idOf(one), text, { mentions: { userIds: [two.userId], isAll: false } })
    const got = await two.gets(text)
    ensureSame(got.mentions?.userIds, [two.userId], 'whom it mentions')
    ensure(got.mentions?.isAll === false, 'it mentions all')
  })
  check(
    'E7, contract: can',
    'carries a mention of all, or says before that it does not',
    ['messages.send', 'a group'],
    async ({ group }) => {
      const { people, idOf } = await group()
      const [one, two] = people as [Person, Person]
      const verdict = one.transport.can('messages.send', { conversationId: idOf(one), isMentionAll: true })
      const message = outgoing(idOf(one), fresh('everybody'), { mentions: { userIds: [], isAll: true } })
      const { answer } = await answerOrRefusal(() => one.transport.messages.send(message), 'send')
      ensure(
        (answer === undefined) === (typeof verdict === 'object') || verdict === 'try',
        'can and send do not agree',
      )
      if (answer === undefined) return
      const got = await two.hears('it comes', () =>
        two.received().find((it) => isSame(it, answer as Message)),
      )
      ensureSame(got.mentions?.isAll, true, 'mentions.isAll')
    },
  )
}

function namingChecks(check: Check): void {
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

function onceChecks(check: Check): void {
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

const EMPTY: Readonly<Record<string, readonly Part[]>> = {
  'no parts': [],
  'an empty text': [{ kind: 'text', text: '' }],
  'nothing but empty texts': [
    { kind: 'text', text: '' },
    { kind: 'text', text: '' },
  ],
}

function refusalChecks(check: Check): void {
  for (const [about, parts] of Object.entries(EMPTY)) {
    check('C1', `refuses ${about}`, ['messages.send'], async ({ direct }) => {
      const { one, oneId } = await direct()
      const error = await refusalOf(
        () => one.transport.messages.send(outgoing(oneId, '', { parts })),
        'send of an empty message',
      )
      ensure(error.effect === 'none', 'nothing was sent, so the effect is none')
    })
  }
  check(
    'C10, K3',
    'carries a text of just as many bytes as its limit says',
    ['messages.send'],
    async (cast) => {
      const { one, two, oneId } = await cast.direct()
      const bytes = one.transport.limits({ conversationId: oneId }).messageBytes
      if (bytes === undefined) return
      const text = longText(bytes)
      const sent = await one.say(oneId, text)
      const got = await two.hears('it comes', () => two.received().find((it) => isSame(it, sent)))
      ensure(textOf(got) === text, 'the text came out changed')
    },
  )
  check('C10, K3', 'refuses one byte more as too large, and goes on', ['messages.send'], async (cast) => {
    const { one, oneId } = await cast.direct()
    const bytes = one.transport.limits({ conversationId: oneId }).messageBytes
    if (bytes === undefined) return
    const error = await refusalOf(
      () => one.transport.messages.send(outgoing(oneId, `${longText(bytes)}x`)),
      'send of a text beyond limits().messageBytes',
    )
    ensureSame([error.kind, error.effect], ['too-large', 'none'], 'kind and effect')
    await ensureStillTalking(cast)
  })
  check('K2, contract: failures', 'survives a monstrous text', ['messages.send'], async (cast) => {
    const { one, oneId } = await cast.direct()
    await answerOrRefusal(() => one.transport.messages.send(outgoing(oneId, 'x'.repeat(3_000_000))), 'send')
    await ensureStillTalking(cast)
  })
  for (const conversationId of [
    '',
    'no such conversation',
    '\u0000',
    '../../etc',
    '{}',
    'x'.repeat(10_000),
  ]) {
    check(
      'K2',
      `refuses to send to the conversation ${JSON.stringify(conversationId.slice(0, 30))}`,
      ['messages.send'],
      async ({ one }) => {
        const { transport } = await one()
        const error = await refusalOf(() => transport.messages.send(outgoing(conversationId, 'x')), 'send')
        ensure(error.effect === 'none', 'nothing was sent, so the effect is none')
      },
    )
  }
  check(
    'D6, contract: Task',
    'is cancelled, or has been too late for that',
    ['messages.send', 'messages.find'],
    async ({ direct }) => {
      const { one, oneId } = await direct()
      const message = outgoing(oneId, fresh('cancelled'))
      const task = one.transport.messages.send(message)
      task.cancel()
      task.cancel()
      const outcome = await task.result.catch((thrown: unknown) =>
        ensureChatError(thrown, 'a cancelled send'),
      )
      if ('keys' in outcome) return
      ensureSame(outcome.kind, 'cancelled', 'the kind of the error')
      if (outcome.effect === 'unknown') return
      const found = await one.transport.messages.find({
        conversationId: oneId,
        keys: [clientKey(one.userId, message.clientId)],
      })
      ensure(typeof found === 'string', 'it was cancelled without effect, and yet it is there')
    },
  )
  check('contract: Task', 'takes a cancel after the end', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId } = await direct()
    const text = fresh('done')
    const task = one.transport.messages.send(outgoing(oneId, text))
    await task.result
    task.cancel()
    await task.result
    await two.gets(text)
  })
}

/** A text of exactly so many bytes, most of them in wide characters. */
function longText(bytes: number): string {
  const wide = '界'.repeat(Math.floor(bytes / 3))
  return wide + 'x'.repeat(bytes - utf8ByteLength(wide))
}

async function ensureStillTalking({ direct }: Cast): Promise<void> {
  const { one, two, oneId } = await direct()
  const text = fresh('still talking')
  await one.say(oneId, text)
  await two.gets(text)
}

function handoverChecks(check: Check): void {
  check('contract: plain data', 'takes a frozen message', ['messages.send'], async ({ direct }) => {
    const { one, two, oneId } = await direct()
    const text = fresh('frozen')
    await one
      .send(frozen(outgoing(oneId, text, { mentions: { userIds: [], isAll: false }, data: { a: [1] } })))
      .catch((thrown: unknown) => ensureChatError(thrown, 'send of a frozen message'))
    const again = fresh('frozen again')
    await one.send(frozen(outgoing(oneId, again)))
    await two.gets(again)
  })
  check(
    'contract: plain data',
    'is not misled when the message is changed after it was handed over',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId, twoId } = await direct()
      const text = fresh('before')
      const message: OutgoingMessage = outgoing(oneId, text)
      const task = one.transport.messages.send(message)
      spoil(message.parts)
      const sent = await task.result
      ensureSame(textOf(sent), text, 'the answer')
      await two.gets(text)
      ensureSame(textOf(await inHistory(two, twoId, sent)), text, 'the history')
    },
  )
  check(
    'contract: plain data',
    'is not misled when its answer is changed',
    ['messages.send'],
    async ({ direct }) => {
      const { one, two, oneId } = await direct()
      const text = fresh('answer')
      const sent = await one.say(oneId, text)
      const keys = [...sent.keys]
      spoil(sent)
      await two.gets(text)
      ensureSame(textOf(await inHistory(one, oneId, { keys })), text, 'the history')
    },
  )
  check(
    'contract: plain data',
    'is not misled when a listener changes what it was told',
    ['messages.send'],
    async ({ harness, direct, userId }) => {
      const { one, two, oneId, twoId } = await direct()
      const { transport, credentials } = harness.createTransport(userId(1))
      transport.subscribe((events) => spoil(events))
      transport.connect({ userId: userId(1), credentials })
      await until(harness, transport, ({ state }) => state !== 'offline' && state !== 'connecting')
      const text = fresh('told')
      const sent = await one.say(oneId, text)
      await two.gets(text)
      ensureSame(textOf(await inHistory(two, twoId, sent)), text, 'the history')
      ensureSame(textOf(await inHistory(one, oneId, sent)), text, 'the history')
      await transport.disconnect()
    },
  )
}
