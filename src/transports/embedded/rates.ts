import type { Clock } from '../../core/ports'
import type { EpochMs, UserId } from '../../model'
import { refusals } from './refusals'
import type { ServiceRates } from './rules'

const WINDOW_MS = 1000

/** Counts what each user does and refuses what is too much. */
export interface RateKeeper {
  take(userId: UserId, what: keyof ServiceRates): void
}

/** Nothing has been done yet; bounds that are not given are not kept. */
export function createRateKeeper(clock: Clock, rates: ServiceRates): RateKeeper {
  const timesByName = new Map<string, readonly EpochMs[]>()
  return {
    take(userId, what) {
      const bound = rates[what]
      if (bound === undefined) return
      const name = `${what}\n${userId}`
      const now = clock.now()
      const recent = (timesByName.get(name) ?? []).filter((at) => at > now - WINDOW_MS && at <= now)
      const [oldest = now] = recent
      if (recent.length >= bound) throw refusals.tooOften(oldest + WINDOW_MS)
      timesByName.set(name, [...recent, now])
    },
  }
}
