import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryEdge, HistoryPage, HistoryRequest, Message } from '../../../src/model'
import { createEmbeddedService } from '../../../src/transports/embedded'
import type { EmbeddedService, World } from '../../../src/transports/embedded'
import { createFakeClock } from '../../support/fakeClock'
import { countingIds, textOf, visit } from './visit'
import type { Visit } from './visit'

const COUNT = 1000
const MINUTE_MS = 60_000
const START_AT = Date.UTC(2026, 0, 1)

/** A talk of a thousand messages, two a minute: pairs share their time. */
const world: World = {
  people: ['alice', 'bob'].map((id) => ({ id, name: id })),
  friendships: [],
  groups: [],
  conversations: [
    {
      between: ['alice', 'bob'],
      messages: Array.from({ length: COUNT }, (_n, i) => ({
        senderId: i % 3 ? 'alice' : 'bob',
        sentAt: START_AT + Math.floor(i / 2) * MINUTE_MS,
        parts: [{ kind: 'text', text: `message ${i + 1}` }],
      })),
    },
  ],
}
const ALL = Array.from({ length: COUNT }, (_n, i) => `message ${i + 1}`)

describe('A conversation of 1,000 messages', () => {
  let service: EmbeddedService
  let alice: Visit
  let conversationId: string

  beforeAll(async () => {
    service = createEmbeddedService({
      world,
      storage: 'memory',
      clock: createFakeClock(),
      ids: countingIds(),
    })
    alice = await visit(service, 'alice')
    conversationId = (await alice.openWith('bob')).id
  })
  afterAll(() => service.close())

  function page(request: Partial<HistoryRequest>): Promise<HistoryPage> {
    return alice.transport.messages.history({
      conversationId,
      from: 'newest',
      direction: 'older',
      count: 20,
      ...request,
    })
  }

  function cursorOf(edge: HistoryEdge): string | undefined {
    return 'cursor' in edge ? edge.cursor : undefined
  }

  it.each([1, 7, 20, 100])('is walked back whole in pages of %i, no message twice', async (count) => {
    let now = await page({ count })
    expect(now.newer).toEqual({ end: 'live' })
    let texts = now.messages.map(textOf)
    for (let cursor = cursorOf(now.older); cursor !== undefined; cursor = cursorOf(now.older)) {
      now = await page({ count, from: { cursor } })
      texts = [...now.messages.map(textOf), ...texts]
    }
    expect(now.older).toEqual({ end: 'start' })
    expect(texts).toEqual(ALL)
  })

  it.each([1, 33, 100])('is walked forward whole in pages of %i', async (count) => {
    let now = await page({ count, from: 'oldest', direction: 'newer' })
    expect(now.older).toEqual({ end: 'start' })
    const texts = now.messages.map(textOf)
    for (let cursor = cursorOf(now.newer); cursor !== undefined; cursor = cursorOf(now.newer)) {
      now = await page({ count, from: { cursor }, direction: 'newer' })
      texts.push(...now.messages.map(textOf))
    }
    expect(now.newer).toEqual({ end: 'live' })
    expect(texts).toEqual(ALL)
  })

  it('is walked back whole from message to message', async () => {
    let messages = (await page({ count: 50 })).messages
    let texts = messages.map(textOf)
    while (messages.length > 0) {
      messages = (await page({ count: 50, from: { message: messages[0]! } })).messages
      texts = [...messages.map(textOf), ...texts]
    }
    expect(texts).toEqual(ALL)
  })

  it('opens around a message that any key names', async () => {
    const wanted = (await page({ from: { at: START_AT + 250 * MINUTE_MS }, direction: 'newer', count: 1 }))
      .messages[0]!
    const ref = { conversationId, keys: ['seq:gone:5', 'client:nobody:x', ...wanted.keys] }
    const around = await page({ from: { message: ref }, direction: 'around', count: 21 })
    expect(around.messages.map(textOf)).toEqual(ALL.slice(490, 511))
    expect(around.messages[10]).toEqual(wanted)
    const before = await page({ from: { cursor: cursorOf(around.older)! } })
    const after = await page({ from: { cursor: cursorOf(around.newer)! }, direction: 'newer' })
    expect(textOf(before.messages.at(-1))).toBe('message 490')
    expect(textOf(after.messages[0])).toBe('message 512')
  })

  it.each([
    [START_AT - 1, 'newer', 'message 1', 'message 20'],
    [START_AT + 100 * MINUTE_MS, 'newer', 'message 201', 'message 220'],
    [START_AT + 100 * MINUTE_MS, 'older', 'message 183', 'message 202'],
    [START_AT + 100 * MINUTE_MS + 1, 'newer', 'message 203', 'message 222'],
    [START_AT + 9999 * MINUTE_MS, 'older', 'message 981', 'message 1000'],
  ] as const)('opens at the time %i, going %s', async (at, direction, first, last) => {
    const { messages } = await page({ from: { at }, direction })
    expect([textOf(messages[0]), textOf(messages.at(-1))]).toEqual([first, last])
  })

  it('fills a page around its ends from the other side', async () => {
    expect((await page({ from: 'newest', direction: 'around' })).messages.map(textOf)).toEqual(ALL.slice(-20))
    expect((await page({ from: 'oldest', direction: 'around' })).messages.map(textOf)).toEqual(
      ALL.slice(0, 20),
    )
  })

  it('gives at most a hundred at once and at least one', async () => {
    expect((await page({ count: 5000 })).messages).toHaveLength(100)
    expect((await page({ count: 0 })).messages).toHaveLength(1)
  })

  it('finds the neighbourhood of a message it does not know, and skips nothing', async () => {
    const unknown = { conversationId, keys: ['seq:gone:7'], order: { major: 7 } }
    expect(textOf((await page({ from: { message: unknown } })).messages.at(-1))).toBe('message 7')
    await expect(page({ from: { message: { conversationId, keys: ['seq:gone:7'] } } })).rejects.toMatchObject(
      {
        kind: 'not-found',
      },
    )
  })

  it.each(['', 'made up', '0', '__proto__'])('refuses the cursor "%s"', async (cursor) => {
    await expect(page({ from: { cursor } })).rejects.toMatchObject({ kind: 'cursor-expired' })
  })

  it('refuses a cursor of another session and of another conversation', async () => {
    const { older } = await page({})
    const bob = await visit(service, 'bob')
    const request = {
      conversationId,
      from: older as { cursor: string },
      direction: 'older',
      count: 20,
    } as const
    await expect(bob.transport.messages.history(request)).rejects.toMatchObject({ kind: 'cursor-expired' })
    await bob.transport.disconnect()
  })

  it.each([
    [{ count: NaN }],
    [{ count: '20' }],
    [{ direction: 'sideways' }],
    [{ from: 'nowhere' }],
    [{ from: { at: 'noon' } }],
    [{ from: null }],
    [{ conversationId: 7 }],
  ])('refuses the request %j', async (wrong) => {
    await expect(page(wrong as never)).rejects.toMatchObject({ name: 'ChatError', kind: 'invalid' })
  })

  it('finds a message by key and says when there is none', async () => {
    const [message] = (await page({ count: 1 })).messages as [Message]
    expect(await alice.transport.messages.find({ conversationId, keys: [message.keys[0]!] })).toEqual(message)
    expect(
      await alice.transport.messages.find({ conversationId, keys: ['client:alice:none', 'seq::1'] }),
    ).toBe('absent')
  })
})
