import type { ShownProfile } from './useProfile'

/** Whether two names look the same to somebody who does not look closely. */
type Comparer = (a: string, b: string) => boolean

/** Case, width and spaces are not seen. */
const isSameToTheEye: Comparer = (a, b) => seen(a) === seen(b)

/** The friend whose name a stranger bears; undefined where he bears nobody's. */
export function imitatedFriend(
  stranger: ShownProfile,
  friends: readonly ShownProfile[],
  isLookAlike: Comparer = isSameToTheEye,
): ShownProfile | undefined {
  return friends.find(({ id, name }) => id !== stranger.id && isLookAlike(name, stranger.name))
}

function seen(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
}
