import { isLookAlike } from '../core/text'
import type { ShownProfile } from './useProfile'

/** The friend whose name a stranger bears, or seems to bear; undefined where he bears nobody's (H10). */
export function imitatedFriend(
  stranger: ShownProfile,
  friends: readonly ShownProfile[],
): ShownProfile | undefined {
  return friends.find(({ id, name }) => id !== stranger.id && isLookAlike(name, stranger.name))
}
