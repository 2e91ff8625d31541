import type { EpochMs } from '../../../model'
import type { WorldRandom } from './random'
import type { Session, Turn } from './turn'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** One day, for those who count back from now. */
export const DAY_MS = 24 * HOUR_MS

/** When a conversation is held. */
export interface Rhythm {
  /** The time of its newest message. */
  readonly endsAt: EpochMs
  /** The earliest and the latest hour at which an older day of it begins. */
  readonly hours: readonly [number, number]
  /** How far the readers' clock is ahead of UTC. */
  readonly zoneOffsetMs: number
}

/** A time for every turn, strictly increasing, the last one at `endsAt`. Days are laid from the newest back. */
export function scheduleTurns(sessions: readonly Session[], rhythm: Rhythm, random: WorldRandom): EpochMs[] {
  const days: EpochMs[][] = []
  let nextStart = rhythm.endsAt
  for (let at = sessions.length - 1; at >= 0; at--) {
    const session = sessions[at]
    if (session === undefined) continue
    const offsets = offsetsOf(session.turns, random)
    const length = offsets.at(-1) ?? 0
    const following = sessions[at + 1]
    const startsAt =
      following === undefined
        ? rhythm.endsAt - length
        : beginningOf(nextStart, following.gapDays, rhythm, random)
    days.unshift(offsets.map((offset) => Math.round(startsAt + offset)))
    nextStart = startsAt
  }
  return increasing(days.flat(), rhythm.endsAt)
}

function beginningOf(nextStart: EpochMs, gapDays: number, rhythm: Rhythm, random: WorldRandom): EpochMs {
  const local = nextStart + rhythm.zoneOffsetMs
  const midnight = local - (local % DAY_MS) - gapDays * DAY_MS - rhythm.zoneOffsetMs
  const [from, to] = rhythm.hours
  return midnight + (from + random.next() * (to - from)) * HOUR_MS
}

/** Typing takes its time, and people do other things in between. */
function offsetsOf(turns: readonly Turn[], random: WorldRandom): number[] {
  let offset = 0
  return turns.map((turn, at) => {
    const wait = -Math.log(1 - random.next() * 0.98) * 45_000
    if (at > 0) offset += turn.pauseMs ?? 5_000 + Math.min(turn.text.length, 600) * 60 + wait
    return offset
  })
}

/** Where two days overlap, the earlier one gives way. */
function increasing(times: readonly EpochMs[], endsAt: EpochMs): EpochMs[] {
  let limit = endsAt
  const placed: EpochMs[] = []
  for (let at = times.length - 1; at >= 0; at--) {
    const time = Math.min(times[at] ?? limit, limit)
    placed.push(time)
    limit = time - 2_000 - ((at * 7_919) % 9_000)
  }
  return placed.reverse()
}
