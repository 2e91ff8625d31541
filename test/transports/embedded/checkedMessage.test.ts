import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json, Message, OutgoingMessage, Part } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService } from '../../../src/transports/embedded'
import { outgoing, visit } from './visit'
import type { Visit } from './visit'

const MONSTROUS = 'x'.repeat(20_000_000)

let service: EmbeddedService
let alice: Visit
let bob: Visit
let id: string

beforeEach(async () => {
  service = createEmbeddedService({ storage: 'memory' })
  for (const user of ['alice', 'bob']) await service.addUser({ id: user })
  alice = await visit(service, 'alice')
  bob = await visit(service, 'bob')
  id = (await alice.openWith('bob')).id
})
afterEach(() => service.close())

async function expectNothingWritten(): Promise<void> {
  const request = { conversationId: id, from: 'newest', direction: 'older', count: 20 } as const
  expect((await alice.transport.messages.history(request)).messages).toEqual([])
  expect(bob.received()).toEqual([])
}

describe('What cannot be a message', () => {
  it.each([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['no parts', { parts: undefined }],
    ['parts that are no list', { parts: { length: 1 } }],
    ['an unknown part', { parts: [{ kind: 'script', text: '' }] }],
    ['a forged notice', { parts: [{ kind: 'notice', about: 'dissolved' }] }],
    ['a text that is a number', { parts: [{ kind: 'text', text: 5 }] }],
    ['an empty text', { parts: [{ kind: 'text', text: '' }] }],
    ['nothing but control characters', { parts: [{ kind: 'text', text: '\u0000\u001b' }] }],
    ['no parts at all', { parts: [] }],
    ['data under __proto__', { data: JSON.parse('{"__proto__":{"isAdmin":true}}') }],
    ['data with a function', { data: { run: () => 1 } }],
    ['data in a circle', { data: circle() }],
    ['an unknown delivery', { delivery: 'pigeon' }],
    ['no client id', { clientId: '' }],
    ['an endless client id', { clientId: 'x'.repeat(65) }],
    ['a client id with a line end', { clientId: 'x\n' }],
    ['a card of half a character', { parts: [{ kind: 'card', of: 'user', id: '\ud83d' }] }],
    ['a file from nowhere', { parts: [{ kind: 'image', file: {} }] }],
    ['an endless key of a file', { parts: [image({ key: 'x'.repeat(2049) })] }],
    ['an endless key of a message', { replyTo: reply('fine', ['x'.repeat(256)]) }],
    ['an endless id', { parts: [{ kind: 'card', of: 'user', id: 'x'.repeat(256) }] }],
  ])('is refused when it is %s, and nothing is written', async (_name, wrong) => {
    const bad = typeof wrong === 'object' ? { ...outgoing(id, 'fine'), ...(wrong as object) } : wrong
    await expect(alice.transport.messages.send(bad as never).result).rejects.toMatchObject({
      name: 'ChatError',
      kind: 'invalid',
    })
    await expectNothingWritten()
  })
})

describe('What is too big to be shown', () => {
  it.each<[string, object]>([
    ['the name of a file', { parts: [image({ name: '名'.repeat(86) })] }],
    ['the type of a file', { parts: [image({ mime: 'x'.repeat(128) })] }],
    ['the url of a file', { parts: [image({ url: `https://a/${'x'.repeat(2048)}` })] }],
    [
      'the name of a thumbnail',
      { parts: [{ ...image({}), thumbnail: image({ name: 'x'.repeat(256) }).file }] },
    ],
    ['the abstract of a reply', { replyTo: reply('名'.repeat(334)) }],
    ['the fallback of an own part', { parts: [custom({ fallback: 'x'.repeat(1001) })] }],
    ['the type of an own part', { parts: [custom({ type: 'x'.repeat(256) })] }],
    ['the data of an own part', { parts: [custom({ data: 'x'.repeat(13_000) })] }],
    ['the data of a message', { data: { text: 'x'.repeat(13_000) } }],
    ['a key in the data', { data: { ['x'.repeat(13_000)]: 1 } }],
    [
      'the label of a place',
      { parts: [{ kind: 'location', latitude: 1, longitude: 1, label: 'x'.repeat(1001) }] },
    ],
    ['the title of merged messages', { parts: [merged({ title: 'x'.repeat(1001) })] }],
    ['an abstract of merged messages', { parts: [merged({ abstracts: ['x'.repeat(1001)] })] }],
    [
      'the number of mentions',
      { mentions: { userIds: Array.from({ length: 31 }, (_n, i) => `u${i}`), isAll: false } },
    ],
    ['a text in a merged message', { parts: [merged({ items: [item([text('x'.repeat(12_289))])] })] }],
    [
      'the name of a sender in a merged message',
      { parts: [merged({ items: [{ ...item([]), senderName: 'x'.repeat(501) }] })] },
    ],
    [
      'a merged message in all',
      { parts: [merged({ items: Array.from({ length: 30 }, () => item([text('x'.repeat(10_000))])) })] },
    ],
    [
      'the keys in a merged message',
      {
        parts: [
          merged({
            items: Array.from({ length: 50 }, () => ({
              ...item([]),
              keys: Array<string>(100).fill('x'.repeat(100)),
            })),
          }),
        ],
      },
    ],
    ['the depth of merged messages', { parts: [nested(101)] }],
    ['data that unfolds without end', { data: doubled(30) }],
    ['merged messages that unfold without end', { parts: [doubledMerged(60)] }],
    ['a monstrous name', { parts: [image({ name: MONSTROUS })] }],
    ['a monstrous abstract', { replyTo: reply(MONSTROUS) }],
    ['a monstrous field nobody knows', { surprise: MONSTROUS }],
  ])('is refused: %s', async (_name, wrong) => {
    const sent = alice.transport.messages.send({ ...outgoing(id, 'fine'), ...wrong } as never).result
    await expect(sent).rejects.toMatchObject({ name: 'ChatError', kind: 'too-large' })
    await expectNothingWritten()
  })

  it('does not keep out what just fits', async () => {
    const parts = [
      image({ name: '名'.repeat(85), mime: 'x'.repeat(127), url: 'x'.repeat(2048), key: 'x'.repeat(2048) }),
      nested(100),
      merged({ items: Array.from({ length: 300 }, () => item([text('x'.repeat(400))])) }),
    ]
    const sent = await alice.say(id, '', { parts, replyTo: reply('名'.repeat(333)) })
    expect(sent.parts).toEqual(parts)
  })
})

describe('What is not clean', () => {
  const DIRTY = 'a\u0000b\u001b[31m\u0085\tc\r\nd\ud83d'
  const TEXT = 'ab[31m\tc\nd\ufffd'
  const LINE = 'ab[31m c d\ufffd'

  it.each<[string, Partial<OutgoingMessage>, Partial<OutgoingMessage>]>([
    ['a text', { parts: [text(DIRTY)] }, { parts: [text(TEXT)] }],
    ['the name of a file', { parts: [image({ name: DIRTY })] }, { parts: [image({ name: LINE })] }],
    ['a label', { parts: [place(DIRTY)] }, { parts: [place(TEXT)] }],
    ['a fallback', { parts: [custom({ fallback: DIRTY })] }, { parts: [custom({ fallback: TEXT })] }],
    ['the abstract of a reply', { replyTo: reply(DIRTY) }, { replyTo: reply(TEXT) }],
    [
      'what is merged',
      {
        parts: [
          merged({
            title: DIRTY,
            abstracts: [DIRTY],
            items: [{ ...item([text(DIRTY)]), senderName: DIRTY }],
          }),
        ],
      },
      {
        parts: [
          merged({ title: LINE, abstracts: [TEXT], items: [{ ...item([text(TEXT)]), senderName: LINE }] }),
        ],
      },
    ],
    [
      'half a character in data',
      { data: { '\ud83d': DIRTY } },
      { data: { '\ufffd': DIRTY.replace('\ud83d', '\ufffd') } },
    ],
  ])('is cleaned on the way: %s', async (_name, dirty, clean) => {
    await alice.say(id, 'fine', dirty)
    await bob.until(() => expect(bob.received()).toHaveLength(1))
    expect(bob.received()[0]).toMatchObject(clean)
    await alice.say(id, 'fine', { ...dirty, delivery: 'online-only' })
    await bob.until(() => expect(bob.received()).toHaveLength(2))
    expect(bob.received()[1]).toMatchObject(clean)
  })

  it('is measured when it is clean', async () => {
    const full = '好'.repeat(4096)
    const sent = await alice.say(id, `\u0000${full}\u0000`)
    expect(sent.parts).toEqual([text(full)])
  })
})

function text(given: string): Part {
  return { kind: 'text', text: given }
}

function image(more: object) {
  return { kind: 'image', file: { at: 'remote', key: 'picture:1', ...more } } as const
}

function place(label: string): Part {
  return { kind: 'location', latitude: 1, longitude: 2, label }
}

function custom(more: { type?: string; data?: Json; fallback?: string }): Part {
  return { kind: 'custom', type: 'poll', data: null, ...more }
}

function reply(abstract: string, keys: readonly string[] = []) {
  return { ref: { conversationId: 'c', keys }, abstract }
}

function merged(more: { title?: string; abstracts?: string[]; items?: Message[] }): Part {
  return { kind: 'merged', title: 't', abstracts: [], ...more }
}

function item(parts: readonly Part[]): Message {
  return { conversationId: 'c', keys: [], sentAt: 1, senderId: 'bob', delivery: 'stored', parts }
}

function nested(levels: number): Part {
  let part = text('x')
  for (let i = 0; i < levels; i += 1) part = merged({ items: [item([part])] })
  return part
}

function doubled(levels: number): unknown {
  let value: unknown = 1
  for (let i = 0; i < levels; i += 1) value = [value, value]
  return value
}

function doubledMerged(levels: number): Part {
  let part = text('x')
  for (let i = 0; i < levels; i += 1) part = merged({ items: [item([part, part])] })
  return part
}

function circle(): unknown {
  const round: Record<string, unknown> = {}
  round['self'] = round
  return round
}
