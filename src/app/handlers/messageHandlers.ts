import { Outbox } from '../../core/outbox'
import type { OutboxItem } from '../../core/outbox'
import { normaliseText, utf8ByteLength } from '../../core/text'
import { ChatError, clientKey, isClientKeyOf } from '../../model'
import type { ConversationId, Message, MessageBody, OutboxState, OutgoingMessage, Part } from '../../model'
import { useSessionStore, useTimelineStore } from '../../stores'
import { createCarrier } from '../carryMessage'
import type { HandlerContext, Handlers } from './context'

/** What else may happen to own messages on their way out. */
export interface Sending {
  /** Goes on after a time without a connection. */
  resumeSending(): void
  /** The backend has told these messages: own ones among them need not be sent any more. */
  confirmSent(messages: readonly Message[]): void
}

/** Handlers of what is wanted of own messages. */
export function messageHandlers(
  context: HandlerContext,
): Handlers<'sendMessage' | 'resendMessage' | 'dropMessage'> & Sending {
  const { transport, ingest, ownId } = context
  const session = useSessionStore(context.pinia)
  const timelines = useTimelineStore(context.pinia)
  const carryMessage = createCarrier(transport)

  const outbox = new Outbox({
    carry: (item) =>
      carryMessage(item.outgoing, (fraction) =>
        ingest([{ type: 'upload.progressed', ...place(item), fraction }], 'local'),
      ),
    find: ({ outgoing: { conversationId }, rowKey, sentAt }) =>
      transport.messages.find({ conversationId, keys: [rowKey], senderId: ownId, sentAt }),
    onState: tellState,
    onSent: (item, message) => ingest([{ type: 'message.sent', message, rowKey: item.rowKey }], 'local'),
  })

  function tellState(item: OutboxItem, state: OutboxState): void {
    if (state.state === 'cancelled') ingest([{ type: 'message.dropped', ...place(item) }], 'local')
    else ingest([{ type: 'outbox.changed', ...place(item), outbox: state }], 'local')
  }

  function send(conversationId: ConversationId, body: MessageBody): string {
    checkSendable(body.parts, transport.limits({ conversationId }).messageBytes)
    const clientId = context.ids.next()
    const rowKey = clientKey(ownId, clientId)
    const outgoing: OutgoingMessage = { ...body, conversationId, clientId }
    const sentAt = context.clock.now() + session.clockOffsetMs
    const message: Message = { ...body, conversationId, keys: [rowKey], senderId: ownId, sentAt }
    ingest([{ type: 'message.queued', message, rowKey }], 'local')
    outbox.add({ rowKey, outgoing, sentAt })
    return rowKey
  }

  /** A message that failed though the outbox is done with it: the backend took it and could not deliver it. */
  function bounced(conversationId: ConversationId, rowKey: string): Message | undefined {
    const entry = timelines.timelineById.get(conversationId)?.entry(rowKey)
    return entry?.outbox?.state === 'failed' ? entry.message : undefined
  }

  return {
    async sendMessage({ conversationId, parts, mentions }) {
      return send(conversationId, {
        parts: cleanParts(parts),
        delivery: 'stored',
        ...(mentions && { mentions }),
      })
    },

    /** A bounced message goes out as a new one: its old name is used up. */
    async resendMessage({ conversationId, rowKey }) {
      if (outbox.resend(rowKey)) return
      const message = bounced(conversationId, rowKey)
      if (!message) return
      const { parts, delivery, mentions, replyTo } = message
      ingest([{ type: 'message.dropped', conversationId, rowKey }], 'local')
      send(conversationId, { parts, delivery, ...(mentions && { mentions }), ...(replyTo && { replyTo }) })
    },

    async dropMessage({ conversationId, rowKey }) {
      if (outbox.drop(rowKey) || bounced(conversationId, rowKey)) {
        ingest([{ type: 'message.dropped', conversationId, rowKey }], 'local')
      }
    },

    resumeSending: () => outbox.resume(),
    confirmSent(messages) {
      for (const { senderId, keys } of messages) {
        if (senderId !== ownId) continue
        for (const key of keys) if (isClientKeyOf(key, ownId)) outbox.confirm(key)
      }
    },
  }
}

function place({ rowKey, outgoing }: OutboxItem) {
  return { conversationId: outgoing.conversationId, rowKey }
}

function cleanParts(parts: readonly Part[]): readonly Part[] {
  return parts
    .map((part) => (part.kind === 'text' ? { ...part, text: normaliseText(part.text) } : part))
    .filter((part) => part.kind !== 'text' || part.text.trim() !== '')
}

/** Refuses before the network does: an empty message (C1) and one over the limit, in bytes over all texts (C10). */
function checkSendable(parts: readonly Part[], messageBytes: number | undefined): void {
  if (parts.length === 0) throw new ChatError({ code: 'empty-message', kind: 'invalid' })
  const bytes = parts.reduce((sum, part) => sum + (part.kind === 'text' ? utf8ByteLength(part.text) : 0), 0)
  if (messageBytes !== undefined && bytes > messageBytes) {
    throw new ChatError({ code: 'message-too-long', kind: 'too-large' })
  }
}
