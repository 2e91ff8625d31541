import { toChatError } from '../../model'
import type { ChatError, Conversation, Intent, Stop } from '../../model'
import { useConversationStore, useSessionStore } from '../../stores'
import type { HandlerContext, Handlers } from './context'
import { createTrail } from './readAllPages'
import { unreadable } from './unreadable'

type ConversationIntent =
  | 'openConversation'
  | 'loadConversations'
  | 'watchConversation'
  | 'setTyping'
  | 'setDraft'
  | 'pinHere'
  | 'keepHabit'
  | 'dismissNotice'

type OpenTarget = Extract<Intent, { type: 'openConversation' }>['target']

/** How long to wait before the list is read again after it failed. */
const PAUSES_MS = [2_000, 8_000, 30_000]

/** Handlers of what is wanted of conversations. */
export function conversationHandlers(context: HandlerContext): Handlers<ConversationIntent> {
  const { transport, ingest, clock } = context
  const session = useSessionStore(context.pinia)
  const conversations = useConversationStore(context.pinia)
  let listing: Promise<void> | undefined
  let strikes = 0
  let stopWaiting: Stop | undefined

  async function list(): Promise<void> {
    ingest([{ type: 'conversations.requested' }], 'local')
    try {
      const nextOf = createTrail()
      for (let cursor: string | undefined, isComplete = false; !isComplete;) {
        const page = await transport.conversations.list(cursor)
        if (!Array.isArray(page?.items)) throw unreadable()
        cursor = nextOf(page)
        isComplete = cursor === undefined
        ingest([{ type: 'conversations.listed', conversations: page.items, isComplete }], 'local')
      }
    } catch (thrown) {
      const error = toChatError(thrown)
      ingest([{ type: 'conversations.failed', error }], 'local')
      throw error
    }
  }

  /** The list is what everything begins with: one call that got lost must not leave it to a person to ask again. */
  function load(): Promise<void> {
    stopWaiting?.()
    listing ??= list()
      .then(
        () => void (strikes = 0),
        (error: ChatError) => {
          const pauseMs = error.retry === 'later' ? PAUSES_MS[strikes] : undefined
          strikes++
          if (pauseMs !== undefined) stopWaiting = clock.after(pauseMs, loadAgain)
          throw error
        },
      )
      .finally(() => (listing = undefined))
    return listing
  }

  function loadAgain(): void {
    // Once the connection is back, whoever shows the list asks for it.
    if (session.session.state === 'online') load().catch(() => {})
  }

  /** A conversation that is there opens without a connection too. */
  function knownOf(target: OpenTarget): Conversation | undefined {
    if ('id' in target) return conversations.byId.get(target.id)
    return [...conversations.byId.values()].find((one) =>
      'userId' in target ? one.peerId === target.userId : one.groupId === target.groupId,
    )
  }

  return {
    async openConversation({ target }) {
      const known = knownOf(target)
      if (known && session.session.state !== 'online') return known
      const conversation = await transport.conversations.open(target)
      ingest([{ type: 'conversation.changed', conversations: [conversation] }], 'local')
      return conversation
    },

    loadConversations() {
      // A person who asks begins anew.
      strikes = 0
      return load()
    },

    async watchConversation({ conversationId }) {
      return context.onScreen.begin(conversationId)
    },

    async setTyping({ conversationId, isTyping }) {
      transport.messages.setTyping?.(conversationId, isTyping)
    },

    async setDraft({ conversationId, draft }) {
      ingest([{ type: 'draft.changed', conversationId, draft }], 'local')
    },

    async pinHere({ conversationId, isPinned }) {
      ingest([{ type: 'conversation.pinnedHere', conversationId, isPinned }], 'local')
    },

    async keepHabit({ name, text }) {
      ingest([{ type: 'habit.changed', name, text }], 'local')
    },

    async dismissNotice({ id }) {
      ingest([{ type: 'notice.dismissed', id }], 'local')
    },
  }
}
