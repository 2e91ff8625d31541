import type { CommandOutbox } from '../../core/outbox'
import { normaliseText } from '../../core/text'
import { requireSendable } from '../../core/limits'
import { clientKey, EMPTY_DRAFT, refOf } from '../../model'
import type {
  CommandIntent,
  ConversationId,
  Message,
  MessageBody,
  OutboxItem,
  OutgoingMessage,
  Part,
} from '../../model'
import { useOutboxStore, useSessionStore, useTimelineStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'

type MessageIntent = 'sendMessage' | 'openMessage' | 'resendMessage' | 'dropMessage' | 'resendAll' | 'dropAll'
/** Timers of browsers go no further than some weeks. */
const LONGEST_WAIT_MS = 86_400_000

/** Handlers of what is wanted of own messages. */
export function messageHandlers(
  context: HandlerContext,
  outbox: CommandOutbox,
  command: (intent: CommandIntent) => Promise<unknown>,
): Handlers<MessageIntent> {
  const { transport, ingest, ownId } = context
  const session = useSessionStore(context.pinia)
  const timelines = useTimelineStore(context.pinia)
  const items = useOutboxStore(context.pinia)
  /** What burns down, by conversation and key: each is deleted once. */
  const burning = new Set<string>()
  /** Rows that are about to be sent as new ones: each once. */
  const resending = new Set<string>()

  const serverNow = () => context.clock.now() + session.clockOffsetMs

  /** Deletes it for this user when its time is over, whoever looks at it then (C8). */
  function burn(message: Message, openedAt: number): void {
    const name = JSON.stringify([message.conversationId, message.keys[0]])
    if (message.burnAfterMs === undefined || burning.has(name)) return
    burning.add(name)
    const endsAt = openedAt + message.burnAfterMs
    const waitOrEnd = (): void => {
      const leftMs = endsAt - serverNow()
      if (leftMs > 0) context.clock.after(Math.min(leftMs, LONGEST_WAIT_MS), waitOrEnd)
      else void end()
    }
    const end = () =>
      command({
        type: 'deleteMessages',
        conversationId: message.conversationId,
        refs: [refOf(message)],
        // It stays covered; opening it again tries again.
      }).catch(() => burning.delete(name))
    waitOrEnd()
  }

  async function send(
    conversationId: ConversationId,
    body: Omit<OutgoingMessage, 'conversationId' | 'clientId'>,
    clearsDraft: boolean,
  ): Promise<string> {
    requireSendable(body, transport.limits({ conversationId }))
    const clientId = context.ids.next()
    const outgoing: OutgoingMessage = { ...body, conversationId, clientId }
    const item: OutboxItem = {
      id: clientKey(ownId, clientId),
      lane: conversationId,
      command: { type: 'sendMessage', outgoing },
      queuedAt: serverNow(),
      state: 'queued',
      attempts: 0,
      ...(clearsDraft && { isFromDraft: true }),
    }
    const keeping = outbox.add(item, clearsDraft ? conversationId : undefined)
    // The message has its place already, though it is shown once it is kept: what is typed next is a new draft.
    if (clearsDraft) ingest([{ type: 'draft.changed', conversationId, draft: EMPTY_DRAFT }], 'local')
    await keeping
    return item.id
  }

  /** A message that failed though the outbox is done with it: the backend took it and could not deliver it. */
  function bounced(conversationId: ConversationId, rowKey: string): Message | undefined {
    const entry = timelines.timelineById.get(conversationId)?.entry(rowKey)
    return entry?.outbox?.state === 'failed' ? entry.message : undefined
  }

  function unsent(conversationId: ConversationId | undefined): readonly OutboxItem[] {
    return [...items.itemById.values()].filter(
      ({ command, state }) =>
        command.type === 'sendMessage' &&
        (state === 'failed' || state === 'unsure') &&
        (conversationId ?? command.outgoing.conversationId) === command.outgoing.conversationId,
    )
  }

  return {
    sendMessage: (intent) =>
      send(
        intent.conversationId,
        {
          ...bodyOf(intent, cleanParts(intent.parts)),
          ...(intent.forwardOf && { forwardOf: intent.forwardOf }),
        },
        intent.clearsDraft ?? false,
      ),

    async openMessage({ message }) {
      const openedAt = message.openedAt ?? serverNow()
      if (message.openedAt === undefined) {
        const change = {
          kind: 'opened',
          ref: refOf(message),
          byId: ownId,
          isVouched: true,
          openedAt,
        } as const
        ingest([{ type: 'message.changed', changes: [change] }], 'local')
      }
      burn(message, openedAt)
    },

    /** A bounced message goes out as a new one: its old name is used up. */
    async resendMessage({ conversationId, rowKey }) {
      if (outbox.item(rowKey)) return outbox.resend(rowKey)
      const message = bounced(conversationId, rowKey)
      if (!message || resending.has(rowKey)) return
      resending.add(rowKey)
      try {
        await send(conversationId, bodyOf(message, message.parts), false)
        // Only now: what cannot be sent again is not lost.
        ingest([{ type: 'message.dropped', conversationId, rowKey }], 'local')
      } finally {
        resending.delete(rowKey)
      }
    },

    async dropMessage({ conversationId, rowKey }) {
      if (outbox.item(rowKey)) return outbox.cancel(rowKey)
      if (bounced(conversationId, rowKey)) {
        ingest([{ type: 'message.dropped', conversationId, rowKey }], 'local')
      }
    },

    async resendAll({ conversationId }) {
      for (const { id } of unsent(conversationId)) await outbox.resend(id)
    },

    async dropAll({ conversationId }) {
      await Promise.all(unsent(conversationId).map(({ id }) => outbox.cancel(id)))
    },
  }
}

/** All that sender and receiver share of a message. */
function bodyOf(
  {
    delivery = 'stored',
    mentions,
    replyTo,
    priority,
    hasReceipts,
    hasExtensions,
    burnAfterMs,
    data,
  }: Partial<MessageBody>,
  parts: readonly Part[],
): MessageBody {
  return {
    parts,
    delivery,
    ...(mentions && { mentions }),
    ...(replyTo && { replyTo }),
    ...(priority && { priority }),
    ...(hasReceipts !== undefined && { hasReceipts }),
    ...(hasExtensions !== undefined && { hasExtensions }),
    ...(burnAfterMs !== undefined && { burnAfterMs }),
    ...(data !== undefined && { data }),
  }
}

/** Parts as they may go out: text as it is sent, and none that says nothing. */
export function cleanParts(parts: readonly Part[]): readonly Part[] {
  return parts
    .map((part) => (part.kind === 'text' ? { ...part, text: normaliseText(part.text) } : part))
    .filter((part) => part.kind !== 'text' || part.text.trim() !== '')
}
