import { clientKey } from '../../src/model'
import type { HistoryEdge, HistoryPage, HistoryRequest, Message } from '../../src/model'

/** What a test says about a message; the rest is filled in. */
export interface MessageTraits extends Partial<Message> {
  /** Its place: gives the order and a server key. */
  readonly seq?: number
  readonly text?: string
  /** The sender's own name for it. */
  readonly clientId?: string
}

/** A message with believable defaults. */
export function aMessage({ seq, text, clientId, ...traits }: MessageTraits = {}): Message {
  const senderId = traits.senderId ?? 'bob'
  const keys = [
    ...(seq === undefined ? [] : [`seq:1:${seq}`]),
    ...(clientId === undefined ? [] : [clientKey(senderId, clientId)]),
  ]
  return {
    conversationId: 'c1',
    keys,
    senderId,
    sentAt: 1_000_000 + (seq ?? 0) * 1_000,
    parts: [{ kind: 'text', text: text ?? `message ${seq ?? clientId}` }],
    delivery: 'stored',
    ...(seq !== undefined && { order: { major: seq } }),
    ...traits,
  }
}

/** A page of history around messages. */
export function aPage(messages: readonly Message[], older: HistoryEdge = { end: 'start' }): HistoryPage {
  return { messages, changes: [], older, newer: { end: 'live' } }
}

/** A request for the newest page. */
export const newestRequest: HistoryRequest = {
  conversationId: 'c1',
  from: 'newest',
  direction: 'older',
  count: 20,
}

/** A request for the page above. */
export const olderRequest: HistoryRequest = { ...newestRequest, from: { cursor: 'x' } }

/** The texts of messages, for comparing. */
export function textsOf(messages: readonly Message[]): readonly string[] {
  return messages.map(({ parts }) =>
    parts.map((part) => (part.kind === 'text' ? part.text : part.kind)).join('|'),
  )
}
