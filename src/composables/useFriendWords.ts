import { isChatError } from '../model'
import type { EpochMs } from '../model'
import { useLocale } from './useLocale'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** Words about friend requests that are no plain error: how long to wait, and what stands in the way. */
export interface FriendWords {
  /** How long it still takes, rounded up: "6 days". */
  timeLeft(untilAt: EpochMs, nowMs: EpochMs): string
  /** When one may ask again. */
  rest(because: 'unanswered' | 'refused', untilAt: EpochMs, nowMs: EpochMs): string
  /** Why it did not work, and what helps. */
  failure(error: unknown, nowMs: EpochMs): string
}

/** The words of friend requests in the language of the kit. */
export function useFriendWords(): FriendWords {
  const { t, errorText } = useLocale()

  function timeLeft(untilAt: EpochMs, nowMs: EpochMs): string {
    const leftMs = Math.max(untilAt - nowMs, MINUTE_MS)
    if (leftMs > DAY_MS) return t('requests.days', {}, Math.ceil(leftMs / DAY_MS))
    if (leftMs > HOUR_MS) return t('requests.hours', {}, Math.ceil(leftMs / HOUR_MS))
    return t('requests.minutes', {}, Math.ceil(leftMs / MINUTE_MS))
  }
  function rest(because: 'unanswered' | 'refused', untilAt: EpochMs, nowMs: EpochMs): string {
    // A clock that is a little behind must not make the wait longer than the rule does.
    const longestMs = because === 'refused' ? 30 * DAY_MS : 7 * DAY_MS
    const named = { time: timeLeft(Math.min(untilAt, nowMs + longestMs), nowMs) }
    return because === 'refused' ? t('requests.restRefused', named) : t('requests.restUnanswered', named)
  }

  return {
    timeLeft,
    rest,
    failure(error, nowMs) {
      if (!isChatError(error)) return t('errors.kinds.other')
      const { code, untilAt } = error
      if (code === 'request-unanswered' && untilAt !== undefined) return rest('unanswered', untilAt, nowMs)
      if (code === 'request-refused' && untilAt !== undefined) return rest('refused', untilAt, nowMs)
      if (code === 30515) return t('requests.youBlocked')
      if (code === 30516) return t('profile.closedToAsks')
      return errorText(error)
    },
  }
}
