import type { Conversation, ConversationId, Group, GroupId } from '../../model'

/** What a transport has heard, kept so that `can` answers at once. */
export interface Knowledge {
  conversation(id: ConversationId): Pick<Conversation, 'kind' | 'groupId'> | undefined
  group(id: GroupId): Group | undefined
  learnConversation(conversation: Conversation): void
  /** True when what its user may do in the group has changed. */
  learnGroup(group: Group): boolean
  forgetConversation(id: ConversationId): void
  forgetAll(): void
}

/** Knows nothing at first. */
export function createKnowledge(): Knowledge {
  const conversations = new Map<ConversationId, Pick<Conversation, 'kind' | 'groupId'>>()
  const groups = new Map<GroupId, Group>()
  return {
    conversation: (id) => conversations.get(id),
    group: (id) => groups.get(id),
    learnConversation: (conversation) => void conversations.set(conversation.id, conversation),
    learnGroup(group) {
      const old = groups.get(group.id)
      groups.set(group.id, group)
      return (
        old !== undefined &&
        (old.state !== group.state || old.joining !== group.joining || old.me?.role !== group.me?.role)
      )
    },
    forgetConversation: (id) => void conversations.delete(id),
    forgetAll() {
      conversations.clear()
      groups.clear()
    },
  }
}
