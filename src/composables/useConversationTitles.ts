import type { Conversation, ConversationId } from '../model'
import { useConversationStore, useGroupStore } from '../stores'
import { useChatKit } from './kitContext'
import { STAR } from './useConversationFolders'
import { createProfileReader } from './useProfile'
import type { ProfileSource } from './useProfile'

/** What a filter over conversations asks; reactive. */
export interface ConversationTitlesView {
  /** The shown name; the id until the name is known. */
  titleOf(id: ConversationId): string
  /** The id, while it is in the list. */
  knownId(id: ConversationId | null | undefined): ConversationId | undefined
  /** What the list holds of it. */
  conversationOf(id: ConversationId): Conversation | undefined
  kindOf(id: ConversationId): Conversation['kind']
  /** There is something unread, or a person marked it so. */
  isUnread(id: ConversationId): boolean
  /** It bears the kit's mark for what matters. */
  isStarred(id: ConversationId): boolean
  /** The groups of conversations it is in. */
  foldersOf(id: ConversationId): readonly string[]
  /** Asks for the names of all conversations, many at a time: for a person who looks for one by name. */
  loadAll(): void
}

/** Names, kinds and unread counts of all conversations, from what is known; asks for nothing by itself (G2). */
export function useConversationTitles(): ConversationTitlesView {
  const kit = useChatKit()
  const conversations = useConversationStore(kit.pinia)

  return {
    titleOf: createTitleReader(kit),
    knownId: (id) => (conversations.byId.has(id ?? '') ? (id ?? undefined) : undefined),
    conversationOf: (id) => conversations.byId.get(id),
    kindOf: (id) => conversations.byId.get(id)?.kind ?? 'direct',
    isUnread(id) {
      const conversation = conversations.byId.get(id)
      return (conversation?.unreadCount ?? 0) > 0 || conversation?.isMarkedUnread === true
    },
    isStarred: (id) => conversations.byId.get(id)?.marks?.includes(STAR) === true,
    foldersOf: (id) => conversations.byId.get(id)?.folders ?? [],
    loadAll() {
      const all = [...conversations.byId.values()]
      void kit.dispatch({ type: 'loadProfiles', ids: all.flatMap(({ peerId }) => peerId ?? []) })
      void kit.dispatch({ type: 'loadGroups', ids: all.flatMap(({ groupId }) => groupId ?? []) })
    },
  }
}

/** Reads what a conversation is called; reactive. */
export function createTitleReader(kit: ProfileSource): (id: ConversationId) => string {
  const conversations = useConversationStore(kit.pinia)
  const groups = useGroupStore(kit.pinia)
  const profiles = createProfileReader(kit)
  return (id) => {
    const conversation = conversations.byId.get(id)
    if (!conversation) return id
    if (conversation.peerId !== undefined) return profiles.shownProfile(conversation.peerId).name
    return groups.byId.get(conversation.groupId ?? '')?.name ?? conversation.groupId ?? id
  }
}
