import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../src/app'
import type { ChatKit } from '../../src/app'
import {
  useConversationStore,
  useReceiptStore,
  useSessionStore,
  useTimelineStore,
  useTypingStore,
} from '../../src/stores'
import { aMessage, aPage, textsOf } from '../support/builders'
import { createFakeClock, settle } from '../support/fakeClock'
import type { FakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import type { RecordingLogger } from '../support/recordingLogger'
import { createScriptedTransport } from '../support/scriptedTransport'
import type { Script, ScriptedTransport } from '../support/scriptedTransport'

let backend: ScriptedTransport
let kit: ChatKit
let logger: RecordingLogger
let clock: FakeClock

function aKit(script: Script = {}): void {
  backend = createScriptedTransport(script)
  logger = createRecordingLogger()
  clock = createFakeClock()
  kit = createChatKit({ transport: backend.transport, userId: 'alice', logger, clock })
  backend.goOnline()
}

function textsIn(conversationId: string) {
  const entries = useTimelineStore(kit.pinia).timelineById.get(conversationId)?.entries() ?? []
  return textsOf(entries.map(({ message }) => message))
}

const rejectedCount = () => useSessionStore(kit.pinia).rejectedCount
const read = (conversationId: string) =>
  kit.dispatch({ type: 'loadHistory', conversationId, direction: 'newest' })

beforeEach(() => aKit())
afterEach(() => kit.dispose())

describe('a backend that tells nonsense', () => {
  it('does not lose the sound messages of a batch to a broken one', async () => {
    await read('c1')
    backend.tell(
      {
        type: 'message.received',
        isLive: true,
        messages: [{ conversationId: 'c1' } as never, aMessage({ seq: 1 })],
      },
      { type: 'typing.changed', conversationId: 'c1', userId: 'bob', isTyping: true },
    )
    expect(textsIn('c1')).toEqual(['message 1'])
    expect(useTypingStore(kit.pinia).userIdsById.get('c1')).toEqual(['bob'])
    expect(rejectedCount()).toBe(1)
  })

  it('does not lose the sound messages of a page to a broken one', async () => {
    backend.answers.push(aPage([{ conversationId: 'c1' } as never, aMessage({ seq: 1 })]))
    await read('c1')
    expect(textsIn('c1')).toEqual(['message 1'])
    expect(rejectedCount()).toBe(1)
  })

  it('does not lose the events after one that cannot be taken in', () => {
    backend.tell({ type: 'message.received', isLive: true, messages: undefined as never }, null as never, {
      type: 'typing.changed',
      conversationId: 'c1',
      userId: 'bob',
      isTyping: true,
    })
    expect(rejectedCount()).toBe(2)
    expect(useTypingStore(kit.pinia).userIdsById.get('c1')).toEqual(['bob'])
  })

  it('is told to the logger, also where an event is named after what every object has', () => {
    for (const type of ['constructor', '__proto__', 'toString', 'no.such.event']) {
      backend.tell({ type } as never)
    }
    expect(rejectedCount()).toBe(4)
    expect(logger.said).toHaveLength(4)
    expect(logger.said.at(-1)).toContain('no.such.event')
  })

  it('holds no timeline for conversations of which only changes are told', () => {
    const refs = Array.from({ length: 100 }, (_, index) => ({ conversationId: `z${index}`, keys: ['k'] }))
    backend.tell({
      type: 'message.changed',
      changes: refs.map((ref) => ({ kind: 'recalled', isVouched: true, ref })),
    })
    expect(useTimelineStore(kit.pinia).timelineById.size).toBe(0)
  })

  it('shows no endless list of people who type, and each sign ends by itself', async () => {
    for (let index = 0; index < 1_000; index++) {
      backend.tell({ type: 'typing.changed', conversationId: 'c1', userId: `u${index}`, isTyping: true })
    }
    expect(useTypingStore(kit.pinia).userIdsById.get('c1')).toHaveLength(20)
    await clock.advance(6_000)
    expect(useTypingStore(kit.pinia).userIdsById.get('c1')).toEqual([])
  })

  it('does not turn back how far somebody has read by a point that is no time or place', () => {
    const point = (at: number) =>
      backend.tell({
        type: 'receipt.received',
        receipts: [{ kind: 'upTo', conversationId: 'c1', userId: 'bob', state: 'read', point: { at } }],
      })
    point(500)
    point(NaN)
    point(100)
    expect(useReceiptStore(kit.pinia).marksById.get('c1')?.get('bob')?.read).toEqual({ at: 500 })
  })

  it('has a preview that can be printed, whatever it holds', () => {
    const last = {
      conversationId: 'c1',
      keys: [],
      sentAt: Infinity,
      parts: [{ kind: 'text', text: 7 }, null],
    } as never
    backend.tell({ type: 'conversation.changed', conversations: [{ id: 'c1', kind: 'direct', last }] })
    const shown = useConversationStore(kit.pinia).byId.get('c1')?.last
    expect(new Date(shown?.sentAt ?? NaN).getTime()).not.toBeNaN()
    expect(shown?.parts?.map(({ kind }) => kind)).toEqual(['unsupported', 'unsupported'])
  })
})

describe('a conversation built again under its old id', () => {
  it('begins empty, unread and unticked', async () => {
    const group = (incarnation: string) =>
      backend.tell({
        type: 'conversation.changed',
        conversations: [{ id: 'g', kind: 'group', incarnation, isDense: true }],
      })
    group('1')
    backend.answers.push(aPage([aMessage({ conversationId: 'g', seq: 50, text: 'old group' })]))
    await read('g')
    const old = { conversationId: 'g', keys: [], order: { major: 50 } }
    backend.tell({
      type: 'receipt.received',
      receipts: [
        { kind: 'upTo', conversationId: 'g', userId: 'bob', state: 'read', point: { message: old } },
      ],
    })
    expect(textsIn('g')).toEqual(['old group'])
    expect(useReceiptStore(kit.pinia).marksById.get('g')?.has('bob')).toBe(true)
    group('2')
    expect(textsIn('g')).toEqual([])
    expect(useReceiptStore(kit.pinia).marksById.has('g')).toBe(false)
  })
})

describe('a backend that does not answer', () => {
  it('with receipts does not hold up history', async () => {
    await kit.dispose()
    aKit({ messages: { fetchReceipts: () => new Promise(() => {}) } })
    backend.answers.push(aPage([aMessage({ seq: 1, senderId: 'alice' })]))
    await read('c1')
    backend.tell({ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' })
    await read('c1')
    expect(backend.asked).toHaveLength(2)
  })

  it('with receipts that fail leaves the page as it is', async () => {
    await kit.dispose()
    aKit({ messages: { fetchReceipts: () => Promise.reject(new Error('down')) } })
    backend.answers.push(aPage([aMessage({ seq: 1, senderId: 'alice' })]))
    await read('c1')
    await settle()
    expect(textsIn('c1')).toEqual(['message 1'])
    expect(logger.said.join()).toContain('receipts')
  })

  it('to an old cursor is asked by the oldest message instead', async () => {
    backend.answers.push(aPage([aMessage({ seq: 5 })], { cursor: 'old' }), {
      domain: 'parley',
      code: 'expired',
      kind: 'cursor-expired',
      effect: 'none',
      retry: 'never',
      audience: 'developer',
    })
    backend.answers.push(aPage([aMessage({ seq: 4 })]))
    await read('c1')
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'older' })
    expect(textsIn('c1')).toEqual(['message 4', 'message 5'])
    expect(backend.asked.at(-1)?.from).toMatchObject({ message: { keys: ['seq:1:5'] } })
  })
})

describe('a backend that answers nonsense', () => {
  it('to a question for history leaves a timeline that can be asked for again', async () => {
    backend.answers.push({ messages: undefined } as never, aPage([aMessage({ seq: 1 })]))
    await expect(read('c1')).rejects.toMatchObject({ code: 'unreadable-answer' })
    expect(useTimelineStore(kit.pinia).timelineById.get('c1')?.state).toBe('failed')
    await read('c1')
    expect(textsIn('c1')).toEqual(['message 1'])
  })

  it('to a question for the list is not asked for ever', async () => {
    await kit.dispose()
    let asked = 0
    const page = { items: [{ id: 'c1', kind: 'direct' }, null, { id: 7, kind: 'direct' }], next: 'again' }
    aKit({ conversations: { list: async () => (asked++, page as never) } })
    await kit.dispatch({ type: 'loadConversations' })
    expect(asked).toBe(2)
    expect([...useConversationStore(kit.pinia).byId.keys()]).toEqual(['c1'])
    expect(rejectedCount()).toBe(4)
  })
})
