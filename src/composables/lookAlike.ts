import { computed } from 'vue'
import { lookOf } from '../core/text'
import { useContactStore } from '../stores'
import { createProfileReader } from './useProfile'
import type { ProfileSource, ShownProfile } from './useProfile'

/** The friend whose name a stranger bears, or seems to bear; undefined where he bears nobody's (H10). */
export type FindImitated = (stranger: ShownProfile) => ShownProfile | undefined

const finderByPinia = new WeakMap<ProfileSource['pinia'], FindImitated>()

/**
 * Finds the friend whom a stranger seems to be. Every name is looked at once and the friends are sorted by how they look, so
 * that many strangers beside many friends cost little.
 */
export function createImitatedFinder(kit: ProfileSource): FindImitated {
  const known = finderByPinia.get(kit.pinia)
  if (known) return known
  const contacts = useContactStore(kit.pinia)
  const { shownProfile } = createProfileReader(kit)
  const look = createLookReader()
  const friendsByLook = computed(() => {
    const byLook = new Map<string, ShownProfile[]>()
    for (const id of contacts.byId.keys()) {
      const friend = shownProfile(id)
      const alike = byLook.get(look(friend.name))
      if (alike) alike.push(friend)
      else byLook.set(look(friend.name), [friend])
    }
    return byLook
  })
  const find: FindImitated = ({ id, name }) => {
    const wanted = look(name)
    return wanted === '' ? undefined : friendsByLook.value.get(wanted)?.find((friend) => friend.id !== id)
  }
  finderByPinia.set(kit.pinia, find)
  return find
}

/** More names nobody has before him at one time. */
const MOST_LOOKS = 50_000

function createLookReader(): (name: string) => string {
  const lookByName = new Map<string, string>()
  return (name) => {
    const known = lookByName.get(name)
    if (known !== undefined) return known
    if (lookByName.size >= MOST_LOOKS) lookByName.clear()
    const look = lookOf(name)
    lookByName.set(name, look)
    return look
  }
}
