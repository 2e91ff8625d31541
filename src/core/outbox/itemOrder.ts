import type { EpochMs, OutboxItem } from '../../model'
import { GIVE_UP_AFTER_MS } from './failurePolicy'

/** When an item was given, or given again by a person. */
export function givenAt(item: OutboxItem): EpochMs {
  return item.resentAt ?? item.queuedAt
}

/**
 * The order in which items leave: as they were added, only those a person sent again go behind what had been given by
 * then, as if typed again.
 */
export function inLeavingOrder(items: Iterable<OutboxItem>): OutboxItem[] {
  const all = [...items]
  const resent = all.filter(({ resentAt }) => resentAt !== undefined)
  if (resent.length === 0) return all
  const ordered = all.filter(({ resentAt }) => resentAt === undefined)
  for (const item of resent.sort((a, b) => givenAt(a) - givenAt(b))) {
    const place = ordered.findLastIndex((other) => givenAt(other) <= givenAt(item))
    ordered.splice(place + 1, 0, item)
  }
  return ordered
}

/**
 * The item each lane is at. One whose attempt nobody heard the end of comes before all others; failed and unsure ones
 * leave the lane free.
 */
export function laneHeads(ordered: readonly OutboxItem[]): readonly OutboxItem[] {
  const headByLane = new Map<string, OutboxItem>()
  for (const item of ordered) {
    const head = headByLane.get(item.lane)
    if (item.state === 'sending' ? head?.state !== 'sending' : item.state === 'queued' && !head) {
      headByLane.set(item.lane, item)
    }
  }
  return [...headByLane.values()]
}

/** How long an item still waits; a moment that only a wrong clock can have named does not count. */
export function waitMs(item: OutboxItem, now: EpochMs): number {
  const ms = (item.notBeforeAt ?? now) - now
  return ms > 0 && ms <= GIVE_UP_AFTER_MS ? ms : 0
}
