import { watch } from 'vue'
import type { Intent } from '../model'
import type { ChatKitContext } from './kitContext'

/** What may be said of an interest besides whom it is in. */
export type Interest = Omit<Extract<Intent, { type: 'watchProfiles' }>, 'type' | 'ids'>

/** Somebody opened a card or a chat: what is older than this is asked for again, unless its changes are pushed (G4). */
export const OPENED_MAX_AGE_MS = 30_000

/** Says what is on screen, from now until the component goes: only that is looked up (G2). */
export function useInterest(
  kit: ChatKitContext,
  type: 'watchProfiles' | 'watchGroups',
  ids: () => readonly (string | undefined)[],
  interest: () => Interest = () => ({}),
): void {
  let wanted: readonly string[] = []
  watch(
    () => {
      const now = distinct(ids())
      if (!isSame(wanted, now)) wanted = now
      return wanted
    },
    (now, _before, onCleanup) => {
      if (now.length === 0) return
      const watching = kit.dispatch({ type, ids: now, ...interest() })
      // What cannot be looked up is shown by its id.
      onCleanup(() => void watching.then((stop) => stop()).catch(() => {}))
      watching.catch(() => {})
    },
    { immediate: true },
  )
}

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  const sound = ids.filter((id) => id !== undefined && id !== '') as readonly string[]
  return sound.length < 2 ? sound : [...new Set(sound)]
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}
