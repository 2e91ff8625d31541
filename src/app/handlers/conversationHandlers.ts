import { isCovered } from '../../core/receipts'
import { toChatError } from '../../model'
import { useReceiptStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'

type ConversationIntent =
  'openConversation' | 'loadConversations' | 'markRead' | 'setTyping' | 'setDraft' | 'dismissNotice'

/** Handlers of what is wanted of conversations. */
export function conversationHandlers(context: HandlerContext): Handlers<ConversationIntent> {
  const { transport, ingest, ownId } = context
  const receipts = useReceiptStore(context.pinia)
  let listing: Promise<void> | undefined

  async function list(): Promise<void> {
    ingest([{ type: 'conversations.requested' }], 'local')
    try {
      for (let cursor: string | undefined, isComplete = false; !isComplete;) {
        const page = await transport.conversations.list(cursor)
        cursor = page.next
        isComplete = cursor === undefined
        ingest([{ type: 'conversations.listed', conversations: page.items, isComplete }], 'local')
      }
    } catch (thrown) {
      const error = toChatError(thrown)
      ingest([{ type: 'conversations.failed', error }], 'local')
      throw error
    }
  }

  return {
    async openConversation({ target }) {
      const conversation = await transport.conversations.open(target)
      ingest([{ type: 'conversation.changed', conversations: [conversation] }], 'local')
      return conversation
    },

    loadConversations() {
      listing ??= list().finally(() => (listing = undefined))
      return listing
    },

    async markRead({ conversationId, upTo }) {
      const mark = receipts.marksById.get(conversationId)?.get(ownId)?.read
      const point = { order: upTo.order, sentAt: upTo.sentAt ?? Infinity }
      if (isCovered(mark, { sentAt: point.sentAt, ...(point.order && { order: point.order }) })) return
      const reached = await transport.conversations.markRead?.(conversationId, upTo)
      if (!reached) return
      ingest(
        [
          {
            type: 'receipt.received',
            receipts: [{ kind: 'upTo', conversationId, userId: ownId, state: 'read', point: reached }],
          },
        ],
        'local',
      )
    },

    async setTyping({ conversationId, isTyping }) {
      transport.messages.setTyping?.(conversationId, isTyping)
    },

    async setDraft({ conversationId, draft }) {
      ingest([{ type: 'draft.changed', conversationId, draft }], 'local')
    },

    async dismissNotice({ id }) {
      ingest([{ type: 'notice.dismissed', id }], 'local')
    },
  }
}
