import type { Message, MessageChange, ReactionTotal, UserId } from '../../model'

/** True where a change may count: the server vouches for it, or its author wrote the message. */
export function isRightful(change: MessageChange, message: Message): boolean {
  return change.isVouched || (change.byId !== undefined && change.byId === message.senderId)
}

/** The message after a change that leaves it in place; 'removed' and 'failed' are the timeline's own matter. */
export function applyChange(message: Message, change: MessageChange, ownId: UserId): Message {
  if (message.recalled && change.kind !== 'recalled') return message
  switch (change.kind) {
    case 'recalled':
      return {
        ...withoutContent(message),
        recalled: {
          ...(change.byId !== undefined && { byId: change.byId }),
          ...(change.at !== undefined && { at: change.at }),
          ...(change.reason !== undefined && { reason: change.reason }),
        },
      }
    case 'edited': {
      // Without a number the later telling counts, and told again it changes nothing.
      if (change.revision === undefined) return { ...message, ...change.body }
      if (change.revision <= (message.revision ?? 0)) return message
      return { ...message, ...change.body, revision: change.revision }
    }
    case 'reaction-totals':
      return {
        ...message,
        reactions: change.isWhole
          ? change.totals
          : [
              ...(message.reactions ?? []).filter((old) => !change.totals.some((now) => now.key === old.key)),
              ...change.totals.filter((total) => total.count > 0),
            ],
      }
    case 'reactions-of':
      return {
        ...message,
        reactions: withReactionsOf(message.reactions ?? [], change.userId, change.reactionKeys, ownId),
      }
    case 'extensions': {
      const kept = Object.entries(message.extensions ?? {}).filter(([key]) => !change.deleted.includes(key))
      return { ...message, extensions: { ...Object.fromEntries(kept), ...change.set } }
    }
    case 'opened':
      return message.openedAt === undefined ? { ...message, openedAt: change.openedAt } : message
    case 'removed':
    case 'failed':
    case 'pinned':
      return message
  }
}

/** True where a message says itself what a change tells of it, without a number that would say which of them is newer. */
export function tellsItself(message: Message, { kind }: MessageChange): boolean {
  if (kind === 'reaction-totals' || kind === 'reactions-of') return message.reactions !== undefined
  return kind === 'extensions' && message.extensions !== undefined
}

/** Of a recalled message nothing is left to edit or to react to. */
export function withoutContent({ reactions: _reactions, ...message }: Message): Message {
  return { ...message, parts: [] }
}

function withReactionsOf(
  totals: readonly ReactionTotal[],
  userId: UserId,
  keys: readonly string[],
  ownId: UserId,
): readonly ReactionTotal[] {
  const others = totals.map((total) => {
    const had = total.someIds.includes(userId)
    return had
      ? {
          ...total,
          count: total.count - 1,
          someIds: total.someIds.filter((id) => id !== userId),
          isMine: userId === ownId ? false : (total.isMine ?? false),
        }
      : total
  })
  const next = new Map(others.map((total) => [total.key, total]))
  for (const key of keys) {
    const total = next.get(key) ?? { key, count: 0, someIds: [] }
    next.set(key, {
      ...total,
      count: total.count + 1,
      someIds: [...total.someIds, userId],
      isMine: userId === ownId || (total.isMine ?? false),
    })
  }
  return [...next.values()].filter((total) => total.count > 0)
}
