import type { Facets, Transport } from '../../src/core/ports'
import type {
  ChatErrorShape,
  HistoryPage,
  HistoryRequest,
  Listener,
  Message,
  MessageRef,
  SessionState,
  Task,
  TransportEvent,
} from '../../src/model'
import { aPage } from './builders'

/** What a test lets the backend do otherwise than answer at once with nothing. */
export type Script = {
  readonly [F in keyof Facets]?: Partial<Facets[F]>
} & { readonly can?: Transport['can']; readonly limits?: Transport['limits'] }

/** A backend that tells what a test wants, true or not: for what the embedded one would never do. */
export interface ScriptedTransport {
  readonly transport: Transport
  /** How often the kit asked to connect. */
  readonly connects: number[]
  /** The requests for history so far. */
  readonly asked: readonly HistoryRequest[]
  /** Answers to the next requests for history, in turn; where none is left the page is empty. */
  readonly answers: (HistoryPage | ChatErrorShape)[]
  /** The read positions told so far. */
  readonly readUpTo: readonly MessageRef[]
  /** The typing notes told so far. */
  readonly typing: readonly boolean[]
  /** Tells events, in one batch. */
  tell(...events: readonly TransportEvent[]): void
  /** Signs in, with everything missed meanwhile told unless said otherwise. */
  goOnline(hasContinuity?: boolean): void
  goOffline(): void
}

/** Makes the transport; it stays offline until it is told to go online. */
export function createScriptedTransport(script: Script = {}): ScriptedTransport {
  const listeners = new Set<Listener>()
  const connects: number[] = []
  const asked: HistoryRequest[] = []
  const answers: (HistoryPage | ChatErrorShape)[] = []
  const readUpTo: MessageRef[] = []
  const typing: boolean[] = []
  let session: SessionState = { state: 'offline' }

  function tell(...events: readonly TransportEvent[]): void {
    for (const listener of listeners) listener(events)
  }

  function become(next: SessionState): void {
    session = next
    tell({ type: 'session.changed', session })
  }

  const transport: Transport = {
    id: 'scripted',
    scope: 'test',
    domains: [],
    connect: () => void connects.push(connects.length),
    disconnect: async () => {},
    session: () => session,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    can: script.can ?? (() => 'yes'),
    limits: script.limits ?? (() => ({})),
    messages: {
      send: () => aTask(new Promise<Message>(() => {})),
      find: async () => 'unknown',
      async history(request) {
        asked.push(request)
        const answer = answers.shift() ?? aPage([])
        if ('messages' in answer) return answer
        throw answer
      },
      setTyping: (_, isTyping) => void typing.push(isTyping),
      ...script.messages,
    },
    conversations: {
      list: async () => ({ items: [] }),
      open: async (target) => ({ id: 'id' in target ? target.id : 'c1', kind: 'direct' }),
      async markRead(_, upTo) {
        readUpTo.push(upTo)
        return { message: upTo }
      },
      ...script.conversations,
    },
    profiles: {
      batchSize: 10,
      pushes: 'all',
      fetch: async () => ({ found: [], missing: [] }),
      ...script.profiles,
    },
    // A test gives as much of it as it asks for.
    ...(script.groups && { groups: script.groups as NonNullable<Facets['groups']> }),
    ...(script.contacts && { contacts: script.contacts as NonNullable<Facets['contacts']> }),
    ...(script.files && {
      files: {
        purposes: ['message'],
        upload: () => aTask(new Promise(() => {})),
        ...script.files,
      },
    }),
  }
  return {
    transport,
    connects,
    asked,
    answers,
    readUpTo,
    typing,
    tell,
    goOnline: (hasContinuity = true) => become({ state: 'online', isCatchingUp: false, hasContinuity }),
    goOffline: () => become({ state: 'reconnecting' }),
  }
}

/** A task around a promise; calling it back does nothing unless told what. */
export function aTask<T>(result: Promise<T>, cancel: () => void = () => {}): Task<T> {
  return { result, cancel }
}
