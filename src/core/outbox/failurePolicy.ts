import type { ChatErrorShape, EpochMs } from '../../model'

/** What becomes of a command whose attempt failed. */
export type FailureVerdict =
  /** It was called back in time. */
  | { readonly then: 'cancel' }
  /** It may have arrived: that is found out first. */
  | { readonly then: 'settle' }
  /** It goes again as soon as there is a connection. */
  | { readonly then: 'wait' }
  | { readonly then: 'retry'; readonly notBeforeAt: EpochMs }
  /** It is up to a person. */
  | { readonly then: 'fail' }

/** What a failure is judged by, besides the error. */
export interface FailureFacts {
  /** How often it failed before, without those times when only the connection was missing. */
  readonly strikes: number
  /** When the command was given, or given again, on the server's clock. */
  readonly givenAt: EpochMs
  readonly now: EpochMs
  /** How far the server's clock is ahead of the device's. */
  readonly clockOffsetMs: number
  /** From 0 to 1. */
  readonly chance: number
  /** Where it may have arrived, how one knows by now that it did not: told by the backend, or doing it again is harmless. */
  readonly settledBy?: 'answer' | 'again'
  /** Somebody has called it back. */
  readonly isCancelWished?: boolean
}

/** The longest a command is tried by itself. */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60_000
const FIRST_BACKOFF_MS = 1_000
const LAST_BACKOFF_MS = 5 * 60_000
const STRIKES_WITHOUT_PROMISE = 3

/** Decides what a failure leads to (K4). */
export function judgeFailure(error: ChatErrorShape, facts: FailureFacts): FailureVerdict {
  if (error.kind === 'cancelled' && facts.isCancelWished) return { then: 'cancel' }
  if (error.effect === 'unknown' && !facts.settledBy) return { then: 'settle' }
  // What a backend calls off by itself, as when it disconnects, is not what a person wished.
  const isConnectionMissing =
    error.kind === 'offline' ||
    error.kind === 'signed-out' ||
    error.kind === 'cancelled' ||
    error.retry === 'after-sign-in'
  // A backend that has just answered is there.
  if (isConnectionMissing && facts.settledBy !== 'answer') return { then: 'wait' }
  if (!isConnectionMissing && !isWorthRetrying(error, facts)) return { then: 'fail' }
  const notBeforeAt = retryAt(error, facts)
  const endsAt = facts.givenAt + GIVE_UP_AFTER_MS - facts.clockOffsetMs
  return Math.max(facts.now, notBeforeAt) >= endsAt ? { then: 'fail' } : { then: 'retry', notBeforeAt }
}

/** How long to wait after so many failures: longer each time, and by chance, so that many clients do not come at once. */
export function backoffMs(strikes: number, chance: number): number {
  return chance * Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(strikes, 30))
}

function isWorthRetrying(error: ChatErrorShape, { strikes, settledBy }: FailureFacts): boolean {
  if (error.retry === 'later' || error.kind === 'too-often' || error.kind === 'timeout') return true
  // Nobody promises that it will ever work, but what ended without an answer deserves a few more tries.
  return settledBy !== undefined && strikes + 1 < STRIKES_WITHOUT_PROMISE
}

function retryAt(
  { untilAt }: ChatErrorShape,
  { strikes, now, clockOffsetMs, chance }: FailureFacts,
): EpochMs {
  const toldAt = untilAt === undefined ? NaN : untilAt - clockOffsetMs
  return toldAt > now ? toldAt : now + backoffMs(strikes, chance)
}
