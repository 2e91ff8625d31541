import { Outbox } from '../../core/outbox'
import type { OutboxItem } from '../../core/outbox'
import { normaliseParts, utf8ByteLength } from '../../core/text'
import { ChatError, clientKey } from '../../model'
import type { Message, OutboxState, OutgoingMessage, Part } from '../../model'
import { useSessionStore } from '../../stores'
import { carryMessage } from '../carryMessage'
import type { HandlerContext, Handlers } from './context'

/** Handlers of what is wanted of own messages, and the way to go on after a time without a connection. */
export function messageHandlers(
  context: HandlerContext,
): Handlers<'sendMessage' | 'resendMessage' | 'dropMessage'> & { resumeSending(): void } {
  const { transport, ingest, ownId } = context
  const session = useSessionStore(context.pinia)

  const outbox = new Outbox({
    carry: (item) =>
      carryMessage(transport, item.outgoing, (fraction) =>
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

  return {
    async sendMessage({ conversationId, parts, mentions }) {
      const clean = cleanParts(parts)
      checkSendable(clean, transport.limits({ conversationId }).messageBytes)
      const clientId = context.ids.next()
      const rowKey = clientKey(ownId, clientId)
      const outgoing: OutgoingMessage = {
        conversationId,
        clientId,
        parts: clean,
        delivery: 'stored',
        ...(mentions && { mentions }),
      }
      const { clientId: _name, ...body } = outgoing
      const message: Message = {
        ...body,
        keys: [rowKey],
        senderId: ownId,
        sentAt: context.clock.now() + session.clockOffsetMs,
      }
      ingest([{ type: 'message.queued', message, rowKey }], 'local')
      outbox.add({ rowKey, outgoing, sentAt: message.sentAt })
    },

    async resendMessage({ rowKey }) {
      outbox.resend(rowKey)
    },

    async dropMessage({ conversationId, rowKey }) {
      if (outbox.drop(rowKey)) ingest([{ type: 'message.dropped', conversationId, rowKey }], 'local')
    },

    resumeSending: () => outbox.resume(),
  }
}

function place({ rowKey, outgoing }: OutboxItem) {
  return { conversationId: outgoing.conversationId, rowKey }
}

function cleanParts(parts: readonly Part[]): readonly Part[] {
  return normaliseParts(parts).filter((part) => part.kind !== 'text' || part.text.trim() !== '')
}

/** Refuses before the network does: an empty message (C1) and one over the limit, in bytes over all texts (C10). */
function checkSendable(parts: readonly Part[], messageBytes: number | undefined): void {
  if (parts.length === 0) throw new ChatError({ code: 'empty-message', kind: 'invalid' })
  const bytes = parts.reduce((sum, part) => sum + (part.kind === 'text' ? utf8ByteLength(part.text) : 0), 0)
  if (messageBytes !== undefined && bytes > messageBytes) {
    throw new ChatError({ code: 'message-too-long', kind: 'too-large' })
  }
}
