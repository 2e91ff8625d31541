import { compareOrder } from '../../src/core/timeline'
import type { Message, MessageChange, MessageRef, OutgoingMessage, Part } from '../../src/model'
import type { XmppUser } from './xmppUser'

let count = 0

/** A message to be sent, with an id of its own. */
export function outgoing(
  conversationId: string,
  body: string | readonly Part[],
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  const parts: readonly Part[] = typeof body === 'string' ? [{ kind: 'text', text: body }] : body
  return { conversationId, clientId: `c${process.pid}-${++count}`, parts, delivery: 'stored', ...more }
}

/** All messages somebody was told of. */
export function received(user: XmppUser): readonly Message[] {
  return user.told('message.received').flatMap(({ messages }) => messages)
}

/** All changes somebody was told of. */
export function changesTold(user: XmppUser): readonly MessageChange[] {
  return user.told('message.changed').flatMap(({ changes }) => changes)
}

/** What the messages say, the kind of their first part where it is no text. */
export function texts(messages: readonly Message[]): readonly string[] {
  return messages.map(({ parts }) => (parts[0]?.kind === 'text' ? parts[0].text : `[${parts[0]?.kind}]`))
}

/** As their order places them. */
export function inOrder(messages: readonly Message[]): readonly Message[] {
  const last = { major: Infinity }
  return messages.toSorted((a, b) => compareOrder(a.order ?? last, b.order ?? last))
}

/** How calls name a message. */
export function refOf({ conversationId, keys, order, sentAt, senderId }: Message): MessageRef {
  return { conversationId, keys, sentAt, senderId, ...(order && { order }) }
}
