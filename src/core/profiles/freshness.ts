import type { EpochMs } from '../../model'

/** What is known about the age of a profile or group, on the device's clock. */
export interface Known {
  /** When it was last read from its owner; absent where it was never read whole. */
  readonly heardAt?: EpochMs
  /** The owner said that it does not exist. */
  readonly isMissing: boolean
  /** Its changes come by event. */
  readonly isPushed: boolean
}

/** What nobody pushes is asked for again when it is shown and older than this. */
const MAX_AGE_MS = 60 * 60_000
/** An id that does not exist may come to exist. */
const MISSING_MAX_AGE_MS = 10 * 60_000

/**
 * Whether it must be asked for again (G4). What is pushed never ages while nothing can have been missed, which is since
 * `completeSinceAt`; everything else ages, faster where `maxAgeMs` says so.
 */
export function isStale(
  { heardAt, isMissing, isPushed }: Known,
  nowAt: EpochMs,
  completeSinceAt: EpochMs,
  maxAgeMs = MAX_AGE_MS,
): boolean {
  if (heardAt === undefined || Number.isNaN(heardAt)) return true
  if (isMissing) return nowAt - heardAt >= MISSING_MAX_AGE_MS || heardAt > nowAt
  if (isPushed) return heardAt < completeSinceAt
  // A clock that was set back makes an age negative: better asked once too often than never.
  return nowAt - heardAt >= maxAgeMs || heardAt > nowAt
}
