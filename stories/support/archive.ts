import { ChatError } from 'vue-parley/core'
import type {
  HistoryEdge,
  HistoryPage,
  HistoryRequest,
  Listener,
  Message,
  SessionState,
  Transport,
} from 'vue-parley/core'
import { STORY_NOW } from './storyWorld'

/** A backend with one long conversation, whose line and pages a story holds in its hand. */
export interface StoryArchive {
  readonly transport: Transport
  readonly conversationId: string
  /** The line goes down, so many are written meanwhile, and the line comes back without telling them. */
  missMessages(count: number): void
  /** Somebody writes, told at once. */
  receive(count: number): void
  /** What becomes of the session. */
  become(session: SessionState): void
  /** Pages come, never come, or fail. */
  pages: 'come' | 'hang' | 'fail'
  /** Messages below this number are no longer kept. */
  firstKept: number
}

const conversationId = 'long'
const minute = 60_000
const words = [
  'Morning!',
  'The trail is dry again.',
  '下午三点在桥头见？',
  'I bring the tea.',
  '好的，路上小心。',
]

/** Makes the backend with so many messages, the last of them a moment ago. */
export function createStoryArchive(count: number): StoryArchive {
  const listeners = new Set<Listener>()
  const messages: Message[] = []
  let session: SessionState = { state: 'offline' }

  function add(sentAt: number): Message {
    const seq = messages.length + 1
    const message: Message = {
      conversationId,
      keys: [`seq:${seq}`],
      order: { major: seq },
      senderId: seq % 4 === 0 ? 'alice' : 'bob',
      sentAt,
      parts: [{ kind: 'text', text: `${seq} · ${words[seq % words.length] ?? ''}` }],
      delivery: 'stored',
    }
    messages.push(message)
    return message
  }
  for (let seq = 1; seq <= count; seq++) add(STORY_NOW - (count - seq + 1) * 7 * minute)

  const tell: Listener = (events) => listeners.forEach((listener) => listener(events))
  function become(next: SessionState): void {
    session = next
    tell([{ type: 'session.changed', session }])
  }

  function anchor({ from }: HistoryRequest): number {
    if (from === 'newest') return messages.length
    if (from === 'oldest') return archive.firstKept
    if ('cursor' in from) return Number(from.cursor)
    if ('at' in from) return messages.findIndex(({ sentAt }) => sentAt >= from.at) + 1 || messages.length
    const { keys } = from.message
    return messages.findIndex((message) => message.keys.some((key) => keys.includes(key))) + 1
  }

  async function history(request: HistoryRequest): Promise<HistoryPage> {
    const isBeside = request.from !== 'newest' && request.direction !== 'around'
    if (isBeside && archive.pages === 'hang') return new Promise(() => {})
    if (isBeside && archive.pages === 'fail') throw new ChatError({ code: 'no-page', kind: 'timeout' })
    const { direction, count: wanted } = request
    const at = anchor(request)
    const low = direction === 'older' ? at - wanted + 1 : direction === 'newer' ? at : at - (wanted >> 1)
    const from = Math.max(low, archive.firstKept)
    const to = Math.min(low + wanted - 1, messages.length)
    const isFirst = from <= archive.firstKept
    const older: HistoryEdge = isFirst
      ? { end: archive.firstKept === 1 ? 'start' : 'retention' }
      : { cursor: `${from}` }
    const newer: HistoryEdge = to < messages.length ? { cursor: `${to}` } : { end: 'live' }
    return { messages: messages.slice(from - 1, Math.max(to, 0)), changes: [], older, newer }
  }

  const archive: StoryArchive = {
    conversationId,
    pages: 'come',
    firstKept: 1,
    become,
    missMessages(more) {
      become({ state: 'reconnecting' })
      for (let i = 0; i < more; i++) add(STORY_NOW + i * 1_000)
      become({ state: 'online', isCatchingUp: false, hasContinuity: false })
    },
    receive(more) {
      const added = Array.from({ length: more }, () => add(STORY_NOW + minute))
      tell([{ type: 'message.received', messages: added, isLive: true }])
    },
    transport: {
      id: 'story-archive',
      scope: 'stories',
      domains: [],
      connect: () => become({ state: 'online', isCatchingUp: false, hasContinuity: true }),
      disconnect: async () => {},
      session: () => session,
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      can: () => 'yes',
      limits: () => ({}),
      messages: {
        send: () => ({
          result: Promise.reject(new ChatError({ code: 'not-taken', kind: 'forbidden' })),
          cancel: () => {},
        }),
        find: async () => 'absent',
        history,
      },
      conversations: {
        list: async () => ({ items: [{ id: conversationId, kind: 'direct', peerId: 'bob' }] }),
        open: async () => ({ id: conversationId, kind: 'direct', peerId: 'bob' }),
        async markRead(_, upTo) {
          return { message: upTo }
        },
      },
      profiles: {
        batchSize: 10,
        pushes: 'all',
        fetch: async (ids) => ({
          found: ids.map((id) => ({ id, name: id === 'alice' ? 'Alice Martin' : 'Bob Tanaka' })),
          missing: [],
        }),
      },
    },
  }
  return archive
}
