import { shallowRef, watch, type ShallowRef } from 'vue'
import type { TimelineRow } from '../../composables'

/** So long a row moves when it appears. */
const movementMs = 180

/** What comes in at the end of a timeline while it is open. */
export function useArrivals(
  isAtEnd: Readonly<ShallowRef<boolean>>,
  signs: {
    /** The end is to be shown. */
    readonly toEnd: () => void
    /** Others have sent something. */
    readonly onOthers: (rows: readonly TimelineRow[]) => void
  },
) {
  /** How many messages of others came in since the reader has left the end. */
  const missedCount = shallowRef(0)
  /** The first message that came after all before it was read: there the reader goes on. */
  const firstMissedKey = shallowRef<string>()
  let hasReadAll = false
  /** Rows that came in a moment ago and are seen, which appear with a movement. */
  let freshKeys = new Set<string>()
  let arrivedAt = -Infinity

  watch(isAtEnd, (isThere) => {
    if (isThere) missedCount.value = 0
  })

  /** Call it where rows have become others by what was written, not by paging. */
  function note(before: readonly TimelineRow[], after: readonly TimelineRow[]): void {
    const lastKey = before.at(-1)?.key
    const from = after.findLastIndex(({ key }) => key === lastKey) + 1
    if (from === 0 || from === after.length) return
    const known = new Set(before.map(({ key }) => key))
    const added = after.slice(from).filter(({ key }) => !known.has(key))
    const fromOthers = added.filter(({ isOwn }) => !isOwn)
    // What one sends oneself is always shown; what others send does not pull the reader away.
    if (fromOthers.length < added.length || isAtEnd.value) {
      signs.toEnd()
      freshKeys = new Set(isQuiet() ? added.map(({ key }) => key) : [])
    } else {
      if (hasReadAll) firstMissedKey.value = fromOthers[0]?.key
      hasReadAll = false
      missedCount.value += fromOthers.length
    }
    if (fromOthers.length > 0) signs.onOthers(fromOthers)
  }

  /** A movement that the next message cuts short only flickers, and a flood of them is nothing to look at. */
  function isQuiet(): boolean {
    const now = performance.now()
    const sinceMs = now - arrivedAt
    arrivedAt = now
    return sinceMs > movementMs
  }

  return {
    missedCount,
    firstMissedKey,
    /** Call it once the newest row was seen. */
    noteReadAll: () => (hasReadAll = true),
    isFresh: (key: string) => freshKeys.has(key),
    note,
  }
}
