import type { Clock } from '../../core/ports'
import type { EpochMs, Stop, UserId } from '../../model'
import type { Channel } from './channel'

/** Knows who is signed in, in this tab and the others. */
export interface Attendance {
  /** Somebody is here from now until the returned function is called. */
  enter(userId: UserId): Stop
  isHere(userId: UserId): boolean
  userIds(): ReadonlySet<UserId>
  close(): void
}
/** What it works with. */
export interface AttendanceSetup {
  readonly clock: Clock
  readonly channel: Channel
  /** Names this tab among those of the service. */
  readonly engineId: string
}

/** A tab says so often who is in it, and one that was not heard for longer is gone: a closed tab says nothing any more. */
const BEAT_MS = 5_000
const GONE_AFTER_MS = 12_000

/** Nobody is here yet. */
export function createAttendance({ clock, channel, engineId }: AttendanceSetup): Attendance {
  const visits = new Set<{ readonly userId: UserId }>()
  const elsewhere = new Map<string, { readonly at: EpochMs; readonly userIds: readonly UserId[] }>()
  let stopBeating: Stop | undefined

  function here(): readonly UserId[] {
    return [...new Set([...visits].map(({ userId }) => userId))]
  }

  function tell(): void {
    stopBeating?.()
    stopBeating = visits.size > 0 ? clock.after(BEAT_MS, tell) : undefined
    channel.post({ kind: 'present', engineId, userIds: here() })
  }

  const stopListening = channel.listen((signal) => {
    if (signal.kind === 'who' && visits.size > 0) tell()
    if (signal.kind !== 'present' || signal.engineId === engineId) return
    if (signal.userIds.length === 0) elsewhere.delete(signal.engineId)
    else elsewhere.set(signal.engineId, { at: clock.now(), userIds: signal.userIds })
  })

  function userIds(): ReadonlySet<UserId> {
    const ids = new Set(here())
    for (const [id, { at, userIds }] of elsewhere) {
      if (clock.now() - at > GONE_AFTER_MS) elsewhere.delete(id)
      else for (const userId of userIds) ids.add(userId)
    }
    return ids
  }

  channel.post({ kind: 'who' })
  return {
    enter(userId) {
      const visit = { userId }
      visits.add(visit)
      tell()
      return () => {
        if (visits.delete(visit)) tell()
      }
    },
    isHere: (userId) => userIds().has(userId),
    userIds,
    close() {
      visits.clear()
      tell()
      stopListening()
    },
  }
}
