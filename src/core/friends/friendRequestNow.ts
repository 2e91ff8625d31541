import { patched } from '../patches'
import type { Command, FriendRequest, Patch } from '../../model'

/** A request after news of it; undefined where there is nothing left to see of it. */
export function requestNow(
  known: FriendRequest | undefined,
  patch: Patch<FriendRequest, 'id' | 'userId' | 'direction'>,
): FriendRequest | undefined {
  const { id, userId, direction } = patch
  // A request whose state nobody has told waits for an answer.
  const next = patched<FriendRequest>(known ?? { id, userId, direction, state: 'pending' }, patch)
  // Whoever has asked is told that nobody waits any more; to all others there is nothing left to see.
  const isOver = next.state === 'gone' && (direction === 'in' || known?.state !== 'pending')
  return isOver ? undefined : next
}

/** A request as it will be once a command is done; undefined where it is taken out of the list. */
export function requestAfter(request: FriendRequest, command: Command): FriendRequest | undefined {
  switch (command.type) {
    case 'answerFriendRequest':
      if (command.requestId !== request.id) return request
      return { ...request, state: command.verdict === 'refuse' ? 'refused' : 'accepted', isRead: true }
    case 'deleteFriendRequest':
      return command.requestId === request.id ? undefined : request
    case 'markRequestsRead':
      return request.direction === 'in' ? { ...request, isRead: true } : request
    default:
      return request
  }
}
