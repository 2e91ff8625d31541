import type { Strophe as StropheLibrary } from 'strophe.js'
import type { Clock } from '../../../core/ports'
import { NS } from './namespaces'
import { readXml } from './readXml'
import { writeXml } from './writeXml'
import type { Xml } from './xml'

/** The library under the stream. */
export type Strophe = typeof StropheLibrary
/** What a stream needs to take up where an earlier one broke off (XEP-0198); shared by the streams of one sign-in. */
export type ResumeMemory = ConstructorParameters<Strophe['StreamManagement']>[1] extends
  { storage?: infer S } | undefined
  ? NonNullable<S>
  : never

/** Why a stream is no more. */
export type StreamEnd =
  /** The socket, or what it leads to; a later try may do better. */
  | { readonly why: 'lost'; readonly condition: string }
  /** The server will not let this user in. */
  | { readonly why: 'refused'; readonly condition: string }
  /** The server says why it ends the stream. */
  | { readonly why: 'told'; readonly condition: string }

/**
 * How a stream that is ours stands to the one before: nothing is lost in between, the server knows nothing of that one any
 * more, or it is another one, to which nothing was asked or which had ended in order.
 */
export type StreamStart = 'resumed' | 'forgotten' | 'new'

/** What opening a stream takes. */
export interface StreamSetup {
  readonly clock: Clock
  readonly service: string
  /** With the device. */
  readonly jid: string
  readonly secret: string
  readonly memory: ResumeMemory
  onOpen(jid: string, how: StreamStart): void
  onStanza(stanza: Xml): void
  /** Anything at all has come in. */
  onHeard(): void
  /** Called once, also where it never opened. */
  onEnd(end: StreamEnd): void
}
/** One stream over one socket. */
export interface Stream {
  send(stanza: Xml): void
  /** Says goodbye; resolves when the socket is gone. */
  close(): Promise<void>
  /** Lets go of a socket that seems dead; what was sent may still be resumed. */
  drop(): void
}

type Connection = InstanceType<Strophe['Connection']>
type Socket = Pick<WebSocket, 'addEventListener' | 'readyState' | 'onmessage'>
interface SocketHolder {
  readonly socket?: Socket | null
  _closeSocket(): void
  _checkStreamError(wrapper: Element, status: number): boolean
}

const OPENS_WITHIN_MS = 20_000
const CLOSES_WITHIN_MS = 2_000
const SOCKET_CLOSED = 3

/** Loads the library when it is first needed: in Node it makes a `document` for everybody, which must not come by a mere import. */
export async function loadStrophe(): Promise<Strophe> {
  const { Strophe } = await import('strophe.js')
  Strophe.setLogLevel(Strophe.LogLevel.FATAL)
  return Strophe
}

/** A memory of one sign-in on this page. */
export function createResumeMemory(): ResumeMemory {
  const states = new Map<string, ReturnType<ResumeMemory['load']>>()
  return {
    load: (key) => states.get(key) ?? null,
    // By reference: it is written at every stanza, and nobody else changes it.
    save: (key, state) => void states.set(key, state),
    clear: (key) => void states.delete(key),
  }
}

/** Opens a stream; throws where `service` is no address of a socket. */
export function openStream(Strophe: Strophe, setup: StreamSetup): Stream {
  const { clock } = setup
  let isForgotten = false
  const connection = createConnection(Strophe, setup, () => (isForgotten = true))
  let isOpen = false
  let isEnded = false
  let told: StreamEnd | undefined

  function end(last: StreamEnd): void {
    if (isEnded) return
    isEnded = true
    stopWaiting()
    setup.onEnd(last)
  }

  function hear(element: Element): boolean {
    if (isEnded || !isStanza(element)) return true
    setup.onStanza(readXml(element))
    return true
  }

  const stopWaiting = clock.after(OPENS_WITHIN_MS, () => {
    end({ why: 'lost', condition: 'no-answer' })
    letGo(connection)
  })

  function onStatus(status: number, condition: string | null, element?: Element): void {
    switch (status) {
      case Strophe.Status.CONNECTED:
        if (isEnded || isOpen) return
        isOpen = true
        stopWaiting()
        connection.addHandler(hear, null, null, null)
        return setup.onOpen(
          connection.jid,
          connection.hasResumed() ? 'resumed' : isForgotten ? 'forgotten' : 'new',
        )
      case Strophe.Status.AUTHFAIL:
        end(refusalOf(element))
        return letGo(connection)
      case Strophe.Status.ERROR:
        told = { why: 'told', condition: condition || 'undefined-condition' }
        return
      case Strophe.Status.CONNFAIL:
        told ??= failureOf(condition)
        return
      case Strophe.Status.DISCONNECTED:
        return end(told ?? { why: 'lost', condition: 'closed' })
    }
  }

  connection.rawInput = () => setup.onHeard()
  connection.connect(setup.jid, setup.secret, onStatus)
  // Strophe takes its own listener off before it closes; in Node an error that nobody hears ends the process.
  socketOf(connection)?.addEventListener('error', () => undefined)

  return {
    send(stanza) {
      const { ns } = stanza
      connection.send(Strophe.toElement(writeXml(ns === '' ? { ...stanza, ns: NS.client } : stanza)))
    },
    async close() {
      isEnded = true
      stopWaiting()
      const socket = socketOf(connection)
      const closed = whenClosed(clock, socket)
      if (isOpen && socket) sayGoodbye(clock, connection, socket)
      else letGo(connection)
      await closed
    },
    drop() {
      end({ why: 'lost', condition: 'no-answer' })
      letGo(connection)
    },
  }
}

function createConnection(
  Strophe: Strophe,
  { service, memory }: StreamSetup,
  onForgotten: () => void,
): Connection {
  // A password in the clear only where nobody can listen.
  const mechanisms = [
    ...[Strophe.SASLSHA512, Strophe.SASLSHA384, Strophe.SASLSHA256, Strophe.SASLSHA1],
    ...(service.startsWith('wss:') ? [Strophe.SASLPlain] : []),
  ]
  const connection = new Strophe.Connection(service, {
    enableStreamManagement: true,
    streamManagement: { storage: memory },
    mechanisms,
  })
  const write = connection.send.bind(connection)
  // Strophe's answer to a challenge takes its time, and the socket may be gone by then.
  connection.send = (stanza) => {
    if (socketOf(connection)) write(stanza)
  }
  const { sm } = connection
  if (sm) {
    // What was not acknowledged is not sent again on another stream: whoever sent it asks first whether it arrived.
    sm.onFailed = (view?: { readonly attrs: Readonly<Record<string, string>> }, isResume?: boolean) => {
      // A server that has merely ended a stream for good remembers how far it had read.
      if (isResume && view?.attrs['h'] === undefined) onForgotten()
      sm.reset()
      sm.serverSupported = true
    }
  }
  const holder = connection._proto as unknown as SocketHolder
  const check = holder._checkStreamError.bind(holder)
  // Strophe looks for the error of a stream anywhere inside: anybody's message could end ours.
  holder._checkStreamError = (wrapper, status) => isStreamError(wrapper) && check(wrapper, status)
  return connection
}

function isStreamError(wrapper: Element): boolean {
  const first = wrapper.firstElementChild
  return first?.localName === 'error' && first.namespaceURI === NS.stream
}

function isStanza({ nodeName }: Element): boolean {
  return nodeName === 'message' || nodeName === 'presence' || nodeName === 'iq'
}

function refusalOf(element: Element | undefined): StreamEnd {
  // A session that cannot be had is the server's trouble, not the password's.
  if (element?.nodeName !== 'failure') return { why: 'lost', condition: 'no-session' }
  const condition = element.firstElementChild?.localName ?? 'not-authorized'
  if (condition === 'temporary-auth-failure') return { why: 'lost', condition }
  return { why: 'refused', condition }
}

function failureOf(condition: string | null): StreamEnd {
  if (condition === 'no-auth-mech') return { why: 'told', condition }
  // Strophe has a sentence for a dead socket, and the condition itself for a stream error before sign-in.
  const isTold = condition !== null && /^[a-z-]+$/.test(condition)
  return isTold ? { why: 'told', condition } : { why: 'lost', condition: 'unreachable' }
}

function socketOf(connection: Connection): Socket | null {
  return (connection._proto as unknown as SocketHolder).socket ?? null
}

function whenClosed(clock: Clock, socket: Socket | null): Promise<void> {
  if (!socket || socket.readyState === SOCKET_CLOSED) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = clock.after(CLOSES_WITHIN_MS, resolve)
    socket.addEventListener('close', () => {
      stop()
      resolve()
    })
  })
}

/**
 * Strophe closes the socket right behind its last word. ejabberd may be writing to it then, waits for a quarter of a
 * minute, and takes the session for present meanwhile: what comes for its user waits with it, instead of being kept.
 */
function sayGoodbye(clock: Clock, connection: Connection, socket: Socket): void {
  const holder = connection._proto as unknown as SocketHolder
  const closeSocket = holder._closeSocket.bind(holder)
  holder._closeSocket = () => undefined
  connection.disconnect()
  // Nothing is acknowledged behind the last word.
  socket.onmessage = null
  const stopWaiting = clock.after(CLOSES_WITHIN_MS, closeSocket)
  socket.addEventListener('message', ({ data }) => {
    if (!String(data).startsWith('<close')) return
    stopWaiting()
    closeSocket()
  })
}

/** Closes the socket without a word, so that the server keeps the session for a while. */
function letGo(connection: Connection): void {
  connection._doDisconnect()
}
