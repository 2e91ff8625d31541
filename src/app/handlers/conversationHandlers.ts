import { toChatError } from '../../model'
import type { HandlerContext, Handlers } from './context'
import { unreadable } from './unreadable'

type ConversationIntent =
  'openConversation' | 'loadConversations' | 'setTyping' | 'setDraft' | 'dismissNotice'

/** Handlers of what is wanted of conversations. */
export function conversationHandlers(context: HandlerContext): Handlers<ConversationIntent> {
  const { transport, ingest } = context
  let listing: Promise<void> | undefined

  async function list(): Promise<void> {
    ingest([{ type: 'conversations.requested' }], 'local')
    try {
      for (let cursor: string | undefined, isComplete = false; !isComplete;) {
        const page = await transport.conversations.list(cursor)
        if (!Array.isArray(page?.items)) throw unreadable()
        // A cursor that is none, or leads back to itself, would never end.
        isComplete = typeof page.next !== 'string' || page.next === cursor
        cursor = page.next
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
