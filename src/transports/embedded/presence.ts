import type { PresenceFacet } from '../../core/ports'
import type { Listener, Presence, UserId } from '../../model'
import type { Engine } from './engine'

/** Who is there, for one transport. */
export interface PresenceArea {
  readonly facet: PresenceFacet
  /** Tells all that is watched once more, for whoever has missed something. */
  tellAgain(): void
}
/** What it works with. */
export interface PresenceSetup {
  readonly engine: Engine
  /** Who is signed in here; absent: nobody. */
  userId(): UserId | undefined
  readonly emit: Listener
}

/** Whoever is signed in in any tab is online, to everybody but those he has blocked. */
export function createPresence({ engine, userId, emit }: PresenceSetup): PresenceArea {
  const { attendance } = engine
  const watchersById = new Map<UserId, number>()
  let stopHearing: (() => void) | undefined

  async function tell(userIds: readonly UserId[]): Promise<void> {
    const me = userId()
    const watched = userIds.filter((id) => watchersById.has(id))
    if (me === undefined || watched.length === 0) return
    const hidden = await hiddenFrom(me, watched)
    if (userId() !== me) return
    const presences = watched.filter((id) => watchersById.has(id)).map((id) => presenceOf(id, hidden))
    if (presences.length > 0) emit([{ type: 'presence.changed', presences }])
  }

  /** Those of whom somebody may not know whether they are there: whoever has blocked him, and whom there is not. */
  async function hiddenFrom(me: UserId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    return engine.read(async (reading) => {
      const users = await reading.getMany('users', [...ids])
      const blocks = await reading.getMany(
        'blocks',
        ids.map((id) => [id, me]),
      )
      return new Set(ids.filter((_, i) => users[i] === undefined || blocks[i] !== undefined))
    })
  }

  function presenceOf(id: UserId, hidden: ReadonlySet<UserId>): Presence {
    if (hidden.has(id)) return { userId: id, state: 'unknown' }
    if (attendance.isHere(id)) return { userId: id, state: 'online' }
    const lastSeenAt = attendance.lastHereAt(id)
    return { userId: id, state: 'offline', ...(lastSeenAt !== undefined && { lastSeenAt }) }
  }

  /** What cannot be read is told by the session, which then ends. */
  const tellInTime = (userIds: readonly UserId[]) => void tell(userIds).catch(() => {})

  function watch(userIds: readonly UserId[]) {
    const given: readonly unknown[] = Array.isArray(userIds) ? userIds : []
    const fresh = new Set(given.filter((id): id is UserId => typeof id === 'string' && id !== ''))
    for (const id of fresh) watchersById.set(id, (watchersById.get(id) ?? 0) + 1)
    stopHearing ??= attendance.watch(tellInTime)
    tellInTime([...fresh])
    return () => {
      for (const id of fresh) {
        const others = (watchersById.get(id) ?? 1) - 1
        if (others > 0) watchersById.set(id, others)
        else watchersById.delete(id)
      }
      fresh.clear()
      if (watchersById.size > 0) return
      stopHearing?.()
      stopHearing = undefined
    }
  }

  return { facet: { watch }, tellAgain: () => tellInTime([...watchersById.keys()]) }
}
