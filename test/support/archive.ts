import { createNumberedPages } from '../../stories/support/numberedPages'
import type { HistoryPage, HistoryRequest, Message, OutgoingMessage } from '../../src/model'
import { aMessage } from './builders'
import { createScriptedTransport, aTask } from './scriptedTransport'
import type { ScriptedTransport } from './scriptedTransport'

/** A backend with one long conversation, 'c1', whose messages are numbered from 1 on. */
export interface Archive extends ScriptedTransport {
  /** Every page that was asked for. */
  readonly pages: readonly HistoryRequest[]
  /** Somebody writes; told live unless the line is down. */
  grow(count: number, isTold?: boolean): void
  /** Nothing before this number is kept any more. */
  keepFrom(first: number): void
  /** Pages wait until they are let go. */
  hold(): void
  letGo(): void
  /** Pages fail, or come again. */
  fail(isFailing: boolean): void
}

/** Heights differ a lot, so that no estimate is right by chance. */
const wordsOf = (seq: number) =>
  `Number ${seq} ${'and some words '.repeat(((seq * 7) % 11) ** 2 % 40)}`.trim()

/** Makes the backend with so many messages, one a minute up to a fixed moment. */
export function createArchive(count: number, { startedAt = Date.UTC(2026, 9, 1) } = {}): Archive {
  const messages: Message[] = []
  const pages: HistoryRequest[] = []
  let first = 1
  const numbered = createNumberedPages(messages, () => ({
    first,
    edge: { end: first === 1 ? 'start' : 'retention' },
  }))

  function add(traits: Partial<Message> & { readonly clientId?: string } = {}): Message {
    const seq = messages.length + 1
    const message = aMessage({ seq, text: wordsOf(seq), sentAt: startedAt + seq * 60_000, ...traits })
    messages.push(message)
    return message
  }
  for (let seq = 1; seq <= count; seq++) add()

  function history(request: HistoryRequest): Promise<HistoryPage> {
    pages.push(request)
    return numbered.history(request)
  }

  const send = ({ clientId, parts }: OutgoingMessage) =>
    aTask(Promise.resolve(add({ clientId, parts, senderId: 'alice' })))

  const backend = createScriptedTransport({ messages: { history, send } })
  return {
    ...backend,
    pages,
    grow(more, isTold = true) {
      const added = Array.from({ length: more }, () => add())
      if (isTold) backend.tell({ type: 'message.received', messages: added, isLive: true })
    },
    keepFrom: (number) => (first = number),
    hold: numbered.hold,
    letGo: numbered.letGo,
    fail: numbered.fail,
  }
}
