import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { createChatKit } from '../../src/app'
import type { ChatKit, ChatKitOptions } from '../../src/app'
import { useTimeline } from '../../src/composables'
import type { TimelineView } from '../../src/composables'
import { ChatError } from '../../src/model'
import type { Notice } from '../../src/model'
import { aMessage, aPage, textsOf } from '../support/builders'
import { createFakeClock, settle } from '../support/fakeClock'
import type { FakeClock } from '../support/fakeClock'
import { createRecordingLogger } from '../support/recordingLogger'
import { runInKit } from '../support/runInKit'
import { aTask, createScriptedTransport } from '../support/scriptedTransport'
import type { Script, ScriptedTransport } from '../support/scriptedTransport'

let backend: ScriptedTransport
let kit: ChatKit
let clock: FakeClock
const id = shallowRef('c1')
const stops: (() => void)[] = []

function aKit(script: Script = {}, options: Partial<ChatKitOptions> = {}): void {
  backend = createScriptedTransport(script)
  clock = createFakeClock()
  kit = createChatKit({
    transport: backend.transport,
    userId: 'alice',
    clock,
    logger: createRecordingLogger(),
    ...options,
  })
}

/** Opens the conversation and lets it read. */
async function open(): Promise<TimelineView> {
  const { view, stop } = runInKit(kit, () => useTimeline(id))
  stops.push(stop)
  await settle()
  return view
}

async function interrupt(): Promise<void> {
  backend.tell({ type: 'timeline.interrupted', conversationIds: ['c1'], lost: 'messages' })
  await settle()
}

const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage({ seq: from + index }))
const textsIn = (view: TimelineView) => textsOf(view.rows.value.map(({ message }) => message))
const noLine = new ChatError({ code: 'no-line', kind: 'offline' })

beforeEach(() => {
  id.value = 'c1'
  aKit()
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await kit.dispose()
})

describe('the timeline of a conversation', () => {
  it('is read as soon as the session is online', async () => {
    const view = await open()
    expect(backend.asked).toEqual([])
    expect(view.state.value).toBe('loading')
    backend.answers.push(aPage(messages(1, 2)))
    backend.goOnline()
    await settle()
    expect(backend.asked).toMatchObject([{ conversationId: 'c1', from: 'newest' }])
    expect(view.state.value).toBe('ready')
    expect(textsIn(view)).toEqual(['message 1', 'message 2'])
  })

  it('is read again when another conversation is opened, and not when one comes back to it', async () => {
    backend.goOnline()
    await open()
    for (const next of ['c2', 'c1', 'c2']) {
      id.value = next
      await settle()
    }
    expect(backend.asked.map(({ conversationId }) => conversationId)).toEqual(['c1', 'c2'])
  })

  it('is read again after an interruption', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 2)), aPage(messages(1, 4)))
    const view = await open()
    await interrupt()
    expect(backend.asked).toHaveLength(2)
    expect(textsIn(view)).toEqual(messages(1, 4).flatMap((message) => textsOf([message])))
  })

  it('is read again after a sign-in that cannot tell what was missed, and not after another', async () => {
    backend.goOnline()
    await open()
    backend.goOffline()
    backend.goOnline(true)
    await settle()
    expect(backend.asked).toHaveLength(1)
    backend.goOffline()
    backend.goOnline(false)
    await settle()
    expect(backend.asked).toHaveLength(2)
  })

  it('is read again where the reader is, whose place far up is kept', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(50, 60), { cursor: 'c' }))
    backend.answers.push({ ...aPage(messages(1, 5)), newer: { cursor: 'n' } })
    const view = await open()
    await kit.dispatch({ type: 'goTo', conversationId: 'c1', to: { at: 1_001_000 } })
    const edited = {
      ...aMessage({ seq: 5 }),
      parts: [{ kind: 'text' as const, text: 'edited' }],
      revision: 1,
    }
    backend.answers.push(
      { ...aPage([edited], { cursor: 'x' }), newer: { cursor: 'n' } },
      aPage(messages(1, 4)),
    )
    await interrupt()
    expect(backend.asked.slice(2)).toMatchObject([
      { direction: 'newer', from: { message: { keys: ['seq:1:4'] } } },
      { direction: 'older', from: { message: { keys: ['seq:1:5'] } } },
    ])
    expect(textsIn(view)).toEqual(['message 1', 'message 2', 'message 3', 'message 4', 'edited'])
  })

  it('that is interrupted asks a failing backend once, and again when the line is back', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 2)), noLine, aPage(messages(1, 3)))
    const view = await open()
    await interrupt()
    expect(backend.asked).toHaveLength(2)
    expect(view.error.value).toMatchObject({ code: 'no-line' })
    expect(textsIn(view)).toEqual(['message 1', 'message 2'])
    backend.goOffline()
    await settle()
    backend.goOnline()
    await settle()
    expect(backend.asked).toHaveLength(3)
    expect(view.error.value).toBeUndefined()
    expect(textsIn(view)).toEqual(['message 1', 'message 2', 'message 3'])
  })

  it('whose first page failed is read when the line is back, or when somebody asks', async () => {
    backend.goOnline()
    backend.answers.push(noLine, noLine, aPage(messages(1, 1)))
    const view = await open()
    expect(view.state.value).toBe('failed')
    view.reload()
    await settle()
    expect(view.state.value).toBe('failed')
    backend.goOffline()
    await settle()
    backend.goOnline()
    await settle()
    expect(view.state.value).toBe('ready')
    expect(backend.asked).toHaveLength(3)
  })

  it('says how history goes on above, and reads it once at a time', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(5, 6), { cursor: 'x' }), noLine, aPage(messages(3, 4)))
    const view = await open()
    expect(view.olderState.value).toBe('more')
    view.loadOlder()
    view.loadOlder()
    expect(view.olderState.value).toBe('loading')
    await settle()
    expect(view.olderState.value).toBe('failed')
    expect(view.error.value).toMatchObject({ code: 'no-line' })
    view.loadOlder()
    await settle()
    expect(view.olderState.value).toBe('start')
    view.loadOlder()
    await settle()
    expect(backend.asked).toHaveLength(3)
    expect(textsIn(view)).toEqual(messages(3, 6).flatMap((message) => textsOf([message])))
  })

  it('names those who type, but not oneself', async () => {
    backend.goOnline()
    const view = await open()
    for (const userId of ['alice', 'bob']) {
      backend.tell({ type: 'typing.changed', conversationId: 'c1', userId, isTyping: true })
    }
    expect(view.typingNames.value).toEqual(['bob'])
  })
})

describe('notices that the app hides', () => {
  const notice = (seq: number, about: Notice['about']) =>
    aMessage({ seq, delivery: 'uncounted', parts: [{ kind: 'notice', about, userIds: ['bob'] }] })
  const about = (view: TimelineView) =>
    view.rows.value.map(({ message: { parts } }) =>
      parts.map((part) => (part.kind === 'notice' ? part.about : part.kind)).join(),
    )

  it('are no rows, and are read with what stands above them', async () => {
    await kit.dispose()
    aKit({}, { hiddenNotices: ['left', 'kicked'] })
    const view = await open()
    backend.answers.push(
      aPage([aMessage({ seq: 1 }), notice(2, 'left'), notice(3, 'joined'), notice(4, 'kicked')]),
    )
    backend.goOnline()
    await settle()
    expect(about(view)).toEqual(['text', 'joined'])
    const [, last] = view.rows.value
    if (last) view.markReadUpTo(last)
    await clock.advance(10_000)
    await settle()
    expect(backend.readUpTo.at(-1)?.order).toEqual({ major: 4 })
    backend.tell({
      type: 'message.received',
      isLive: true,
      messages: [notice(5, 'left'), notice(6, 'owner')],
    })
    await clock.advance(1_000)
    await settle()
    expect(about(view)).toEqual(['text', 'joined', 'owner'])
  })

  it('are shown where the app hides none', async () => {
    const view = await open()
    backend.answers.push(aPage([aMessage({ seq: 1 }), notice(2, 'left')]))
    backend.goOnline()
    await settle()
    expect(about(view)).toEqual(['text', 'left'])
  })
})

describe('what was seen of a conversation', () => {
  const orders = () => backend.readUpTo.map(({ order }) => order?.major)

  async function seeLast(view: TimelineView): Promise<void> {
    const last = view.rows.value.at(-1)
    if (!last) throw new Error('no row')
    view.markReadUpTo(last)
    await settle()
  }

  it('is told up to the row, each place once, and never back', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 3)))
    const view = await open()
    const [first] = view.rows.value
    await seeLast(view)
    await seeLast(view)
    if (first) view.markReadUpTo(first)
    await settle()
    expect(orders()).toEqual([3])
  })

  it('is told once though the backend takes its time, and the newest next', async () => {
    const told: unknown[] = []
    let answer: () => void = () => {}
    await kit.dispose()
    aKit({
      conversations: {
        markRead: (_, upTo) =>
          new Promise((resolve) => {
            told.push(upTo.order?.major)
            answer = () => resolve({ message: upTo })
          }),
      },
    })
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 3)))
    const view = await open()
    await seeLast(view)
    await seeLast(view)
    expect(told).toEqual([3])
    for (const seq of [4, 5]) {
      backend.tell({ type: 'message.received', isLive: true, messages: messages(seq, seq) })
      await settle()
      await seeLast(view)
    }
    expect(told).toEqual([3])
    answer()
    await settle()
    await clock.advance(2_000)
    expect(told).toEqual([3, 5])
  })

  it('is told though an own message without a place stands below', async () => {
    await kit.dispose()
    aKit({
      messages: { send: () => aTask(Promise.reject(new ChatError({ code: 'x', kind: 'forbidden' }))) },
    })
    backend.goOnline()
    const view = await open()
    await kit.dispatch({
      type: 'sendMessage',
      conversationId: 'c1',
      parts: [{ kind: 'text', text: 'refused' }],
    })
    await settle()
    await seeLast(view)
    expect(orders()).toEqual([])
    backend.tell({ type: 'message.received', isLive: true, messages: messages(1, 1) })
    await settle()
    expect(textsIn(view)).toEqual(['message 1', 'refused'])
    await seeLast(view)
    expect(orders()).toEqual([1])
  })

  it('is told again when the line is back, where telling failed', async () => {
    let hasLine = false
    const told: unknown[] = []
    await kit.dispose()
    aKit({
      conversations: {
        async markRead(_, upTo) {
          told.push(upTo.order?.major)
          if (!hasLine) throw noLine
          return { message: upTo }
        },
      },
    })
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 2)))
    const view = await open()
    await seeLast(view)
    expect(told).toEqual([2])
    hasLine = true
    backend.goOffline()
    await settle()
    backend.goOnline()
    await settle()
    await clock.advance(2_000)
    expect(told).toEqual([2, 2])
  })

  it('is told before the reader goes, however little time has passed', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 3)))
    const view = await open()
    await seeLast(view)
    backend.tell({ type: 'message.received', isLive: true, messages: messages(4, 4) })
    await settle()
    await seeLast(view)
    expect(orders()).toEqual([3])
    id.value = 'c2'
    await settle()
    expect(orders()).toEqual([3, 4])
  })

  it('is told anew where a conversation is built again and numbered from one', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(8, 9)), aPage([aMessage({ keys: ['seq:2:1'], order: { major: 1 } })]))
    backend.tell({
      type: 'conversation.changed',
      conversations: [{ id: 'c1', kind: 'group', incarnation: '1' }],
    })
    const view = await open()
    await seeLast(view)
    backend.tell({
      type: 'conversation.changed',
      conversations: [{ id: 'c1', kind: 'group', incarnation: '2' }],
    })
    await settle()
    await seeLast(view)
    await clock.advance(2_000)
    expect(orders()).toEqual([9, 1])
  })
})

describe('the unread divider of an open conversation', () => {
  const tellUnread = (unreadCount: number) =>
    backend.tell({ type: 'conversation.changed', conversations: [{ id: 'c1', kind: 'direct', unreadCount }] })
  const dividerAbove = (view: TimelineView) =>
    view.rows.value.flatMap(({ isFirstUnread, message }) => (isFirstUnread ? textsOf([message]) : []))

  it('stands where reading begins, also when more comes and when all is read', async () => {
    backend.goOnline()
    tellUnread(2)
    backend.answers.push(aPage(messages(1, 4)))
    const view = await open()
    expect(dividerAbove(view)).toEqual(['message 3'])
    backend.tell({ type: 'message.received', isLive: true, messages: messages(5, 5) })
    tellUnread(3)
    await settle()
    expect(dividerAbove(view)).toEqual(['message 3'])
    tellUnread(0)
    await settle()
    expect(dividerAbove(view)).toEqual(['message 3'])
  })

  it('comes when the conversation becomes known only after its messages', async () => {
    backend.goOnline()
    backend.answers.push(aPage(messages(1, 4)))
    const view = await open()
    expect(dividerAbove(view)).toEqual([])
    tellUnread(2)
    await settle()
    expect(dividerAbove(view)).toEqual(['message 3'])
  })

  it('is found in the next conversation too, where just as many are unread', async () => {
    backend.goOnline()
    const both = ['c1', 'c2'].map((id) => ({ id, kind: 'direct' as const, unreadCount: 2 }))
    backend.tell({ type: 'conversation.changed', conversations: both })
    backend.answers.push(aPage(messages(1, 4)))
    backend.answers.push(aPage(messages(1, 4).map((message) => ({ ...message, conversationId: 'c2' }))))
    const view = await open()
    id.value = 'c2'
    await settle()
    expect(dividerAbove(view)).toEqual(['message 3'])
  })

  it('is counted anew when the conversation is opened again', async () => {
    backend.goOnline()
    tellUnread(2)
    backend.answers.push(aPage(messages(1, 4)))
    const view = await open()
    tellUnread(0)
    id.value = 'c2'
    await settle()
    id.value = 'c1'
    await settle()
    expect(textsIn(view)).toHaveLength(4)
    expect(dividerAbove(view)).toEqual([])
  })
})
