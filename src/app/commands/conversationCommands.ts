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
  | 'setConversationMark'
  | 'setConversationFolder'

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
  setConversationMark: {
    ability: 'conversations.setMark',
    lane: () => 'conversations',
    run: (transport, { conversationIds, mark, isSet }) =>
      transport.conversations.setMark?.(conversationIds, mark, isSet),
    foresee: ({ conversationIds, mark, isSet }, context) => marksOf(context, conversationIds, mark, isSet),
  },
  setConversationFolder: {
    ability: 'conversations.setFolder',
    lane: () => 'conversations',
    run: (transport, { name, conversationIds, from }) =>
      transport.conversations.setFolder?.(name, conversationIds, from),
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
    isShown: () =>
      field !== undefined && known.every(({ id }) => conversation(id)?.[field] === setting[field]),
    undo: [tell((it) => (field ? { [field]: it[field] ?? null } : {}))],
  }
}

/** A mark shown at once, and what was there. */
function marksOf(
  { conversation }: CommandContext,
  ids: readonly ConversationId[],
  mark: string,
  isSet: boolean,
): Optimism {
  const known = ids.flatMap((id) => conversation(id) ?? [])
  const tell = (marks: (it: Conversation) => readonly string[] | null): ChatEvent => ({
    type: 'conversation.changed',
    conversations: known.map((it) => ({ id: it.id, kind: it.kind, marks: marks(it) })),
  })
  const others = (it: Conversation) => (it.marks ?? []).filter((one) => one !== mark)
  return {
    events: [tell((it) => (isSet ? [...others(it), mark] : others(it)))],
    undo: [tell((it) => it.marks ?? null)],
  }
}
