import type { Clock } from '../../core/ports'
import type { EpochMs, Stop, UserId } from '../../model'
import type { Channel } from './channel'

/** Knows who is signed in, in this tab and the others. */
export interface Attendance {
  /** Somebody is here from now until the returned function is called. */
  enter(userId: UserId): Stop
  isHere(userId: UserId): boolean
  userIds(): ReadonlySet<UserId>
  /** When somebody was last here, as far as this tab has noticed. */
  lastHereAt(userId: UserId): EpochMs | undefined
  /** Hears who has come or gone. */
  watch(watcher: (userIds: readonly UserId[]) => void): Stop
  close(): void
}
/** What it works with. */
export interface AttendanceSetup {
  readonly clock: Clock
  readonly channel: Channel
  /** Names this tab among those of the service. */
  readonly engineId: string
}

/**
 * A tab says so often who is in it. One that is closed says so; one that died without a word is gone when it was not heard for
 * longer than a browser holds the timers of a tab in the background.
 */
const BEAT_MS = 5_000
const GONE_AFTER_MS = 75_000

/** Who is in another tab, and what lets him go where that falls silent. */
interface Elsewhere {
  readonly userIds: readonly UserId[]
  readonly stopWaiting: Stop
}

/** Nobody is here yet. */
export function createAttendance({ clock, channel, engineId }: AttendanceSetup): Attendance {
  const visits = new Set<{ readonly userId: UserId }>()
  const elsewhereById = new Map<string, Elsewhere>()
  const lastHereAtById = new Map<UserId, EpochMs>()
  const watchers = new Set<(userIds: readonly UserId[]) => void>()
  let known: ReadonlySet<UserId> = new Set()
  let stopBeating: Stop | undefined

  function here(): readonly UserId[] {
    return [...new Set([...visits].map(({ userId }) => userId))]
  }

  function look(): void {
    const before = known
    known = new Set([...here(), ...[...elsewhereById.values()].flatMap(({ userIds }) => userIds)])
    const gone = [...before].filter((id) => !known.has(id))
    for (const id of gone) lastHereAtById.set(id, clock.now())
    const changed = [...gone, ...[...known].filter((id) => !before.has(id))]
    if (changed.length > 0) for (const watcher of [...watchers]) watcher(changed)
  }

  function tell(userIds = here()): void {
    stopBeating?.()
    stopBeating = userIds.length > 0 ? clock.after(BEAT_MS, tell) : undefined
    channel.post({ kind: 'present', engineId, userIds })
  }

  function forget(id: string): void {
    elsewhereById.get(id)?.stopWaiting()
    elsewhereById.delete(id)
  }

  const stopListening = channel.listen((signal) => {
    if (signal.kind === 'who' && visits.size > 0) tell()
    if (signal.kind !== 'present' || signal.engineId === engineId) return
    const { engineId: id, userIds } = signal
    forget(id)
    const fallSilent = () => {
      elsewhereById.delete(id)
      look()
    }
    if (userIds.length > 0) {
      elsewhereById.set(id, { userIds, stopWaiting: clock.after(GONE_AFTER_MS, fallSilent) })
    }
    look()
  })
  const stopWatching = watchPage(
    () => tell([]),
    () => visits.size > 0 && tell(),
  )

  channel.post({ kind: 'who' })
  return {
    enter(userId) {
      const visit = { userId }
      visits.add(visit)
      tell()
      look()
      return () => {
        if (!visits.delete(visit)) return
        tell()
        look()
      }
    },
    isHere: (userId) => known.has(userId),
    userIds: () => known,
    lastHereAt: (userId) => lastHereAtById.get(userId),
    watch(watcher) {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    close() {
      stopWatching()
      watchers.clear()
      visits.clear()
      tell()
      for (const id of [...elsewhereById.keys()]) forget(id)
      look()
      stopListening()
    },
  }
}

/** A page that is left says so, and one that comes back from the browser's memory is there again. */
function watchPage(onLeft: () => void, onBack: () => void): Stop {
  if (typeof addEventListener !== 'function' || typeof document === 'undefined') return () => {}
  addEventListener('pagehide', onLeft)
  addEventListener('pageshow', onBack)
  return () => {
    removeEventListener('pagehide', onLeft)
    removeEventListener('pageshow', onBack)
  }
}
