import { compareOrder } from '../../core/timeline'
import type { ChatEvent, Conversation, ConversationId, Patch } from '../../model'
import type { CommandContext, CommandSpecs, Optimism } from './commandSpec'
import { ownRead } from './messageCommands'

type Names =
  | 'markRead'
  | 'markAllRead'
  | 'setMarkedUnread'
  | 'setConversationPinned'
  | 'setNotify'
  | 'removeConversations'
  | 'clearHistory'

/** The way conversations are changed. Settings are the last one's: an older one that still waits is pointless. */
export const conversationCommands: Pick<CommandSpecs, Names> = {
  markRead: {
    ability: 'conversations.markRead',
    // A lane of its own: reading must not wait for a message that cannot leave.
    lane: ({ conversationId }) => `read:${conversationId}`,
    run: async (transport, { conversationId, upTo }) =>
      transport.conversations.markRead?.(conversationId, upTo),
    follow: ({ conversationId }, reached, { ownId }) =>
      reached ? [ownRead(conversationId, ownId, reached)] : [],
    // The position is a fact at once, and never moves back, so there is nothing to undo.
    foresee: ({ conversationId, upTo }, { ownId }) => ({
      events: [ownRead(conversationId, ownId, { message: upTo })],
      undo: [],
    }),
    replaces: (older, newer) =>
      older.conversationId === newer.conversationId &&
      older.upTo.order !== undefined &&
      newer.upTo.order !== undefined &&
      compareOrder(older.upTo.order, newer.upTo.order) <= 0,
  },
  markAllRead: {
    ability: 'conversations.markAllRead',
    lane: () => 'conversations',
    run: (transport) => transport.conversations.markAllRead?.(),
  },
  setMarkedUnread: {
    ability: 'conversations.setMarkedUnread',
    lane: ({ conversationId }) => `settings:${conversationId}`,
    run: (transport, { conversationId, isMarked }) =>
      transport.conversations.setMarkedUnread?.(conversationId, isMarked),
    foresee: ({ conversationId, isMarked }, context) =>
      patchOf(context, [conversationId], { isMarkedUnread: isMarked }),
    replaces: (older, newer) => older.conversationId === newer.conversationId,
  },
  setConversationPinned: {
    ability: 'conversations.setPinned',
    lane: ({ conversationId }) => `settings:${conversationId}`,
    run: (transport, { conversationId, isPinned }) =>
      transport.conversations.setPinned?.(conversationId, isPinned),
    foresee: ({ conversationId, isPinned }, context) => patchOf(context, [conversationId], { isPinned }),
    replaces: (older, newer) => older.conversationId === newer.conversationId,
  },
  setNotify: {
    ability: 'conversations.setNotify',
    lane: () => 'conversations',
    run: (transport, { conversationIds, mode }) => transport.conversations.setNotify?.(conversationIds, mode),
    foresee: ({ conversationIds, mode }, context) => patchOf(context, conversationIds, { notify: mode }),
  },
  removeConversations: {
    ability: 'conversations.remove',
    lane: () => 'conversations',
    run: (transport, { conversationIds, withHistory }) =>
      transport.conversations.remove?.(conversationIds, withHistory),
    follow: ({ withHistory }, { done }) => [{ type: 'conversation.removed', ids: done, withHistory }],
  },
  clearHistory: {
    ability: 'conversations.clearHistory',
    lane: ({ conversationId }) => conversationId,
    run: (transport, { conversationId }) => transport.conversations.clearHistory?.(conversationId),
  },
}

type Setting = Pick<Conversation, 'isPinned' | 'notify' | 'isMarkedUnread'>

/** Settings shown at once, and what they were. */
function patchOf(
  { conversation }: CommandContext,
  ids: readonly ConversationId[],
  setting: Setting,
): Optimism {
  const known = ids.flatMap((id) => conversation(id) ?? [])
  const tell = (change: (it: Conversation) => Partial<Patch<Conversation, 'id'>>): ChatEvent => ({
    type: 'conversation.changed',
    conversations: known.map((it) => ({ ...change(it), id: it.id, kind: it.kind })),
  })
  const [field] = Object.keys(setting) as (keyof Setting)[]
  return {
    events: [tell(() => setting)],
    undo: [tell((it) => (field ? { [field]: it[field] ?? null } : {}))],
  }
}
