import type { Conversation, ConversationId, Group, GroupId, Texts } from '../../model'

/** What a transport has heard, kept so that `can` answers at once. */
export interface Knowledge {
  conversation(id: ConversationId): Pick<Conversation, 'kind' | 'groupId'> | undefined
  group(id: GroupId): Group | undefined
  learnConversation(conversation: Conversation): void
  /** True the first time a conversation is told of that another one had the id of before, whether it is still known or not (D3). */
  isRebuilt(conversation: Conversation): boolean
  /** True when what its user may do in the group has changed. */
  learnGroup(group: Group): boolean
  /** The attributes of a group as last heard; undefined where nobody has looked. */
  attributes(id: GroupId): Texts | undefined
  learnAttributes(id: GroupId, attributes: Texts): void
  forgetConversation(id: ConversationId): void
  forgetAll(): void
}

/** Knows nothing at first. */
export function createKnowledge(): Knowledge {
  const conversations = new Map<ConversationId, Pick<Conversation, 'kind' | 'groupId'>>()
  const groups = new Map<GroupId, Group>()
  const attributes = new Map<GroupId, Texts>()
  /** Also of conversations that are left: whoever listens may hold messages of them still. */
  const incarnations = new Map<ConversationId, string>()
  return {
    conversation: (id) => conversations.get(id),
    group: (id) => groups.get(id),
    learnConversation(conversation) {
      const { id, incarnation } = conversation
      conversations.set(id, conversation)
      if (incarnation !== undefined && !incarnations.has(id)) incarnations.set(id, incarnation)
    },
    isRebuilt({ id, incarnation }) {
      const former = incarnations.get(id)
      if (incarnation === undefined || former === undefined || former === incarnation) return false
      incarnations.set(id, incarnation)
      return true
    },
    learnGroup(group) {
      const old = groups.get(group.id)
      groups.set(group.id, group)
      return (
        old !== undefined &&
        (old.state !== group.state ||
          old.joining !== group.joining ||
          old.inviting !== group.inviting ||
          old.isMuted !== group.isMuted ||
          old.bannedUntil !== group.bannedUntil ||
          old.me?.role !== group.me?.role ||
          old.me?.mutedUntil !== group.me?.mutedUntil)
      )
    },
    attributes: (id) => attributes.get(id),
    learnAttributes: (id, known) => void attributes.set(id, known),
    forgetConversation: (id) => void conversations.delete(id),
    forgetAll() {
      conversations.clear()
      groups.clear()
      attributes.clear()
    },
  }
}
