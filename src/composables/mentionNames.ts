import { EVERYBODY_WORDS } from '../core/text'
import type { GroupId, MentionName, Message } from '../model'
import { useConversationStore } from '../stores'
import type { ChatKitContext } from './kitContext'
import { createProfileReader } from './useProfile'

/** The names by which the text of a message may point at those it says it points at. */
export function mentionNames(
  kit: ChatKitContext,
  message: Message,
  ids: readonly string[] = message.mentions?.userIds ?? [],
): readonly MentionName[] {
  const everybody = message.mentions?.isAll ? EVERYBODY_WORDS.map((name) => ({ name })) : []
  if (ids.length === 0) return everybody
  const reader = createProfileReader(kit)
  const groupId = groupIdOf(kit, message)
  return [
    ...ids.flatMap((userId) => reader.namesOf(userId, groupId).map((name) => ({ name, userId }))),
    ...everybody,
  ]
}

/** The group a message was written in. */
export function groupIdOf(kit: ChatKitContext, message: Message): GroupId | undefined {
  return useConversationStore(kit.pinia).byId.get(message.conversationId)?.groupId
}
