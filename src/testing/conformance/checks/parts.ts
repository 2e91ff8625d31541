import type { Message, MessageBody, Part } from '../../../model'
import { answerOrRefusal, ensure, ensureSame, refusalOf } from '../ensure'
import { fresh, isSame, outgoing, textOf } from '../person'
import type { Person } from '../person'
import { inHistory, recent } from '../reading'
import type { Check } from '../topic'

const remote = (name: string, mime: string) =>
  ({ at: 'remote', url: `https://files.example/${name}`, name, bytes: 10, mime }) as const

/** Parts of every kind a person can send. */
export const PARTS: Readonly<Record<string, readonly Part[]>> = {
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

/** One message of the given parts. */
export function partCheck(check: Check, about: string, parts: readonly Part[]): void {
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

/** Messages in a message, and what nobody may send. */
export function mergedCheck(check: Check): void {
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

/** What a message has beside its parts. */
export function bodyChecks(check: Check): void {
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
