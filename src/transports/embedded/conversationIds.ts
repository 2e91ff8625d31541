import type { ConversationId, GroupId, UserId } from '../../model'

/** The one conversation of two people, whoever asks: stable, so that it can be made on first use. */
export function directConversationId(a: UserId, b: UserId): ConversationId {
  const [first, second] = a < b ? [a, b] : [b, a]
  // Encoded, because a user id may hold a colon itself.
  return `direct:${encodeURIComponent(first)}:${encodeURIComponent(second)}`
}

/** The conversation of a group. */
export function groupConversationId(groupId: GroupId): ConversationId {
  return `group:${groupId}`
}

/** The two people of a direct conversation's id; undefined for any other text. */
export function peopleOfDirectId(id: ConversationId): readonly [UserId, UserId] | undefined {
  const [kind, first, second, ...rest] = id.split(':')
  if (kind !== 'direct' || !first || !second || rest.length > 0) return undefined
  try {
    const people = [decodeURIComponent(first), decodeURIComponent(second)] as const
    return directConversationId(...people) === id ? people : undefined
  } catch {
    return undefined
  }
}
