import { afterEach, describe, expect, it } from 'vitest'
import { createChatKit } from '../../../src/app'
import type { ChatKit, ChatKitOptions } from '../../../src/app'
import { openCache } from '../../../src/cache'
import { useTimeline } from '../../../src/composables'
import { catalogueError } from '../../../src/core/errors'
import type { Cache } from '../../../src/core/ports'
import type { HistoryPage } from '../../../src/model'
import { useTimelineStore } from '../../../src/stores'
import { aMessage, aPage, textsOf } from '../../support/builders'
import { createFakeClock, settle } from '../../support/fakeClock'
import { createRecordingLogger } from '../../support/recordingLogger'
import type { RecordingLogger } from '../../support/recordingLogger'
import { runInKit } from '../../support/runInKit'
import { createScriptedTransport } from '../../support/scriptedTransport'
import type { Script, ScriptedTransport } from '../../support/scriptedTransport'

let backend: ScriptedTransport
let kit: ChatKit
let logger: RecordingLogger

async function aKit(script: Script = {}, options: Partial<ChatKitOptions> = {}): Promise<void> {
  backend = createScriptedTransport(script)
  logger = createRecordingLogger()
  const clock = createFakeClock()
  kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    logger,
    clock,
    cache: 'memory',
    ...options,
  })
  backend.goOnline()
  await settle()
}

/** A backend whose pages come when a test gives them, in the order they were asked for. */
function slowPages() {
  const answers: ((page: HistoryPage) => void)[] = []
  const history = () => new Promise<HistoryPage>((resolve) => answers.push(resolve))
  async function give(index: number, page: HistoryPage): Promise<void> {
    answers[index]?.(page)
    await settle()
  }
  return { answers, script: { messages: { history } }, give }
}

const timeline = () => useTimelineStore(kit.pinia).timelineById.get('c1')
const texts = () => textsOf((timeline()?.entries() ?? []).map(({ message }) => message))

afterEach(() => kit.dispose())

describe('the newest page', () => {
  it('is asked for again where the history is cleared while it is on its way', async () => {
    const { answers, script, give } = slowPages()
    await aKit(script)
    const { view, stop } = runInKit(kit, () => useTimeline('c1'))
    await settle()
    expect(answers).toHaveLength(1)
    backend.tell({ type: 'conversation.cleared', id: 'c1', upToAt: 2_000_000 })
    await settle()
    expect(answers).toHaveLength(2)
    await give(0, aPage([aMessage({ seq: 1 })]))
    await give(1, aPage([]))
    expect(view.state.value).toBe('ready')
    expect(texts()).toEqual([])
    stop()
  })

  it('is asked for again where something is lost while it is on its way', async () => {
    const { answers, script, give } = slowPages()
    await aKit(script)
    const { stop } = runInKit(kit, () => useTimeline('c1'))
    await settle()
    backend.tell({ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' })
    await give(0, aPage([aMessage({ seq: 1 })]))
    expect(answers).toHaveLength(2)
    await give(1, aPage([aMessage({ seq: 1 }), aMessage({ seq: 2 })]))
    expect(timeline()?.isInterrupted).toBe(false)
    expect(texts()).toEqual(['message 1', 'message 2'])
    stop()
  })
})

const loadNewest = () => kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'newest' })
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }))
const remove = (from: number, to: number) =>
  backend.tell({
    type: 'message.changed',
    changes: messages(from, to).map((ref) => ({ kind: 'removed' as const, ref, isVouched: true })),
  })

describe('a page that is none', () => {
  it.each([{}, null])('fails the wish and the timeline (%j)', async (page) => {
    const fetchReceipts = async () => []
    await aKit({ messages: { history: async () => page as never, fetchReceipts } })
    await expect(loadNewest()).rejects.toMatchObject({ code: 'unreadable-answer' })
    expect(timeline()?.state).toBe('failed')
  })
})

describe('a cache that cannot be read', () => {
  it('keeps nobody from what the backend has', async () => {
    const clock = createFakeClock()
    const fail = () => Promise.reject(new TypeError('corrupt'))
    const cache: Cache = {
      ...openCache({ name: 'corrupt', ownId: 'alice', clock, ids: { next: () => 'i' }, kind: 'memory' }),
      openNewest: fail,
      openAround: fail,
      page: fail,
    }
    await aKit({}, { cache, clock })
    backend.answers.push(aPage([aMessage({ seq: 9 })], { cursor: 'x' }), aPage([aMessage({ seq: 8 })]))
    await loadNewest()
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'older' })
    expect(texts()).toEqual(['message 8', 'message 9'])
    backend.answers.push(aPage([aMessage({ seq: 2 })], { cursor: 'y' }))
    const to = { message: aMessage({ seq: 2 }) }
    expect(await kit.dispatch({ type: 'goTo', conversationId: 'c1', to })).toBe('seq:1:2')
    expect(logger.said.join()).toContain('could not be read')
  })
})

describe('history that was deleted', () => {
  it('does not hide what is above it where nothing else is shown', async () => {
    await aKit()
    backend.answers.push(aPage(messages(21, 22), { cursor: 'above' }), aPage(messages(19, 20)))
    await loadNewest()
    remove(21, 22)
    expect(texts()).toEqual([])
    await kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'older' })
    expect(texts()).toEqual(['message 19', 'message 20'])
  })

  it('is crossed in a gap, page by page', async () => {
    await aKit()
    backend.answers.push(aPage(messages(1, 5)))
    await loadNewest()
    backend.tell({ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' })
    backend.answers.push(aPage(messages(31, 35), { cursor: 'x' }))
    // What stays above the gap may have changed, and is read again.
    backend.answers.push(
      { ...aPage(messages(5, 5), { cursor: 'u' }), newer: { cursor: 'v' } },
      aPage(messages(1, 4)),
    )
    await loadNewest()
    await settle()
    expect(timeline()?.nextDoubt()).toBeUndefined()
    remove(11, 30)
    backend.answers.push({ ...aPage(messages(11, 30), { cursor: 'y' }), newer: { cursor: 'z' } })
    backend.answers.push({ ...aPage(messages(4, 10), { cursor: 'w' }), newer: { cursor: 'z' } })
    const beside = aMessage({ seq: 31 })
    const fill = () => kit.dispatch({ type: 'loadHistory', conversationId: 'c1', direction: 'older', beside })
    await fill()
    await fill()
    expect(backend.asked.slice(-2).map(({ from }) => from)).toEqual([{ cursor: 'x' }, { cursor: 'y' }])
    expect(timeline()?.gaps().size).toBe(0)
  })
})

describe('going to a message', () => {
  it.each([
    [0, 1],
    [1, 0],
  ])('ends where it was wanted last, whichever page comes first', async (...order) => {
    const { script, give } = slowPages()
    await aKit(script)
    const go = (seq: number) =>
      kit.dispatch({ type: 'goTo', conversationId: 'c1', to: { message: aMessage({ seq }) } })
    const pages = [5, 500].map((seq) => ({
      ...aPage([aMessage({ seq })], { cursor: 'o' }),
      newer: { cursor: 'n' },
    }))
    const first = go(5)
    await settle()
    const second = go(500)
    await settle()
    for (const index of order) await give(index, pages[index] ?? aPage([]))
    expect(await first).toBeUndefined()
    expect(await second).toBe('seq:1:500')
    expect(texts()).toEqual(['message 500'])
    expect(timeline()?.parts.asked).toEqual([])
  })
})

describe('a line that ends', () => {
  const signedOut = () => catalogueError('tencent', 6014)
  const readByBob = (conversationId: string) =>
    ({ kind: 'upTo', conversationId, userId: 'bob', state: 'read', point: { at: 2_000_000 } }) as const

  it('before the receipts of a page are there leaves them for the next line, and no word in the log', async () => {
    let calls = 0
    await aKit({
      messages: {
        history: async () => aPage([aMessage({ seq: 1, senderId: 'alice' })]),
        async fetchReceipts(conversationId) {
          if (calls++ > 0) return [readByBob(conversationId)]
          backend.goOffline()
          throw signedOut()
        },
      },
    })
    await loadNewest()
    await settle()
    expect(calls).toBe(1)
    backend.goOnline()
    await settle()
    expect(calls).toBe(2)
    expect(logger.said).toEqual([])
  })

  it('and is back before the receipts are refused leaves them for that line too', async () => {
    let calls = 0
    let refuse: (error: unknown) => void = () => {}
    await aKit({
      messages: {
        history: async () => aPage([aMessage({ seq: 1, senderId: 'alice' })]),
        fetchReceipts: () =>
          calls++ > 0 ? Promise.resolve([]) : new Promise((_, reject) => (refuse = reject)),
      },
    })
    await loadNewest()
    await settle()
    backend.goOffline()
    backend.goOnline()
    refuse(signedOut())
    await settle()
    expect(calls).toBe(2)
    expect(logger.said).toEqual([])
  })

  it('each time the receipts are asked for is not asked to death', async () => {
    let calls = 0
    await aKit({
      messages: {
        history: async () => aPage([aMessage({ seq: 1, senderId: 'alice' })]),
        async fetchReceipts() {
          calls++
          backend.goOffline()
          throw signedOut()
        },
      },
    })
    await loadNewest()
    for (let line = 0; line < 10; line++) {
      backend.goOnline()
      await settle()
    }
    expect(calls).toBe(3)
  })
})
