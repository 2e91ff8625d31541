import { ChatError, clientKey } from 'vue-parley/core'
import type {
  ChatErrorInit,
  Listener,
  Message,
  OutgoingMessage,
  SessionState,
  Transport,
  TransportEvent,
} from 'vue-parley/core'
import { createNumberedPages } from './numberedPages'
import { STORY_NOW } from './storyWorld'

/** The only conversation of an archive. */
export const ARCHIVE_ID = 'direct:bob'

/** A backend with one long conversation, which does on demand what a healthy one does once a year. */
export interface Archive {
  readonly transport: Transport
  /** The session becomes this. */
  become(session: SessionState): void
  /** The line goes down, Bob writes so many messages meanwhile, and the line comes back without telling them. */
  miss(count: number): void
  /** Bob writes so many messages. */
  grow(count: number): void
  /** Nothing before this number is given out any more. */
  keepFrom(seq: number): void
  /** Pages wait until they are let go. */
  hold(): void
  letGo(): void
  /** Pages fail, or come again. */
  failPages(isFailing: boolean): void
  /** The backend tells something. */
  tell(...events: readonly TransportEvent[]): void
  /** How every message that is sent ends; absent: it is taken. */
  refuse(how: ChatErrorInit | 'never-answers' | undefined): void
}

/** What is in an archive. */
export interface ArchiveOptions {
  /** How many messages there are, numbered from 1. */
  readonly count: number
  /** Messages before this number are not given out. */
  readonly firstKept?: number
  /** What is said of the place before the first message. */
  readonly end?: 'start' | 'retention' | 'joined' | 'unknown'
  /** What is otherwise in the message of a number. */
  readonly traitsOf?: (seq: number) => Partial<Message>
  /** Where the file of a key is. */
  readonly urlOf?: (key: string) => string | undefined
  /** How fast time passes, where what is shown comes only after long waiting. @default 1 */
  readonly speed?: number
  /** The browser refuses its database. */
  readonly hasNoStorage?: boolean
}

const MINUTE = 60_000
const nowhere = { code: 'no-upload', kind: 'unsupported' } as const
const withUrl = (url: string | undefined) => (url === undefined ? {} : { url })
const online = { state: 'online', isCatchingUp: false, hasContinuity: true } as const
const words = [
  'Over the bridge.',
  'The fog is lifting, one can see the whole valley from here.',
  '好的，明天见！',
]

/** Makes an archive of a conversation between alice and bob. */
export function createArchive({
  count,
  firstKept = 1,
  end = 'start',
  traitsOf,
  urlOf,
}: ArchiveOptions): Archive {
  let first = firstKept
  const listeners = new Set<Listener>()
  const messages: Message[] = []
  let session: SessionState = { state: 'offline' }
  let refusal: ChatErrorInit | 'never-answers' | undefined
  const pages = createNumberedPages(messages, () => ({ first, edge: { end } }))

  function add(traits: Partial<Message> = {}): Message {
    const seq = messages.length + 1
    const message: Message = {
      conversationId: ARCHIVE_ID,
      senderId: seq % 3 === 0 ? 'alice' : 'bob',
      sentAt: STORY_NOW - (count - seq) * MINUTE,
      parts: [{ kind: 'text', text: `${seq}. ${words[seq % words.length]}` }],
      delivery: 'stored',
      order: { major: seq },
      ...traits,
      keys: [`seq:${seq}`, ...(traits.keys ?? [])],
    }
    messages.push(message)
    return message
  }
  for (let seq = 1; seq <= count; seq++) add(traitsOf?.(seq))

  const tell = (...events: readonly TransportEvent[]) => listeners.forEach((listener) => listener(events))
  function become(next: SessionState): void {
    session = next
    tell({ type: 'session.changed', session })
  }
  const write = (more: number) => Array.from({ length: more }, () => add({ senderId: 'bob' }))

  async function take(
    { clientId, parts }: OutgoingMessage,
    onProgress: (part: number, fraction: number) => void = () => {},
  ): Promise<Message> {
    if (refusal === 'never-answers') {
      for (const [index, part] of parts.entries()) if ('file' in part) onProgress(index, 0.4)
      return new Promise(() => {})
    }
    if (refusal) throw new ChatError(refusal)
    return add({ senderId: 'alice', parts, keys: [clientKey('alice', clientId)] })
  }

  const transport: Transport = {
    id: 'archive',
    scope: 'stories',
    domains: [],
    connect: () => become(online),
    disconnect: async () => {},
    session: () => session,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    can: () => 'yes',
    limits: () => ({}),
    messages: {
      history: pages.history,
      send: (message, onProgress) => ({ result: take(message, onProgress), cancel() {} }),
      find: async () => 'unknown',
    },
    conversations: {
      async list() {
        const last = messages.at(-1)
        const row = { id: ARCHIVE_ID, kind: 'direct', peerId: 'bob', unreadCount: 0 } as const
        return { items: [{ ...row, ...(last && { last }) }] }
      },
      open: async () => ({ id: ARCHIVE_ID, kind: 'direct', peerId: 'bob' }),
      markRead: async (_, upTo) => ({ message: upTo }),
    },
    ...(urlOf && {
      files: {
        purposes: [],
        upload: () => ({ result: Promise.reject(new ChatError(nowhere)), cancel() {} }),
        resolve: async (file) => ({ ...file, ...withUrl(urlOf(file.key ?? '')) }),
      },
    }),
    profiles: {
      batchSize: 10,
      pushes: 'all',
      fetch: async (ids) => ({
        found: ids.map((id) => ({ id, name: id === 'bob' ? 'Bob Tanaka' : 'Alice Martin' })),
        missing: [],
      }),
    },
  }

  return {
    transport,
    become,
    miss(more) {
      become({ state: 'reconnecting' })
      write(more)
      become({ ...online, hasContinuity: false })
    },
    grow: (more) => tell({ type: 'message.received', messages: write(more), isLive: true }),
    keepFrom: (seq) => (first = seq),
    hold: pages.hold,
    letGo: pages.letGo,
    failPages: pages.fail,
    tell,
    refuse: (how) => (refusal = how),
  }
}
