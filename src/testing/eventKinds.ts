import type { ConversationId, MessageChange, TransportEvent } from '../model'

/** What must be told where messages or changes get lost; nothing where the events hold none. */
export function conversationsLost(events: readonly TransportEvent[]): readonly TransportEvent[] {
  const lost = new Map<ConversationId, Set<'messages' | 'changes'>>()
  const lose = (id: ConversationId, what: 'messages' | 'changes') =>
    lost.set(id, (lost.get(id) ?? new Set()).add(what))
  for (const event of events) {
    if (event.type === 'message.received') {
      for (const { conversationId } of event.messages) lose(conversationId, 'messages')
    }
    if (event.type === 'message.changed') {
      for (const { ref } of event.changes) lose(ref.conversationId, 'changes')
    }
  }
  return [...lost].map(([id, whats]) => ({
    type: 'timeline.interrupted',
    conversationIds: [id],
    lost: whats.size > 1 ? 'both' : whats.has('messages') ? 'messages' : 'changes',
  }))
}

/** A checkpoint told again would be the older one. */
export function isRepeatable(event: TransportEvent): boolean {
  return event.type !== 'checkpoint.advanced' && event.type !== 'session.changed'
}

/** The part of a batch that changes nothing even when it is told again much later. */
export function lateCopy(events: readonly TransportEvent[]): readonly TransportEvent[] {
  return events.flatMap((event): readonly TransportEvent[] => {
    if (event.type === 'message.received') {
      const messages = event.messages.filter(({ reactions, extensions }) => !reactions && !extensions)
      return messages.length > 0 ? [{ ...event, messages }] : []
    }
    if (event.type === 'message.changed') {
      const changes = event.changes.filter(isLasting)
      return changes.length > 0 ? [{ ...event, changes }] : []
    }
    if (event.type === 'receipt.received') {
      const receipts = event.receipts.filter(({ kind }) => kind === 'upTo')
      return receipts.length > 0 ? [{ ...event, receipts }] : []
    }
    return []
  })
}

function isLasting(change: MessageChange): boolean {
  if (change.kind === 'edited') return change.revision !== undefined
  return change.kind === 'recalled' || change.kind === 'removed'
}

/** An event as it is told after it was missed. */
export function missed(event: TransportEvent): TransportEvent {
  return event.type === 'message.received' ? { ...event, isLive: false } : event
}
