import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Clock } from '../core/ports'
import type { Timeline } from '../core/timeline'
import type { UserId } from '../model'
import { createFramePace } from './frames'

/** What follows this soon would be drawn twice for one frame. */
const FRAME_MS = 12
/** So many messages at a time, and more, nobody reads. */
const FLOOD = 6
/** In a flood the newest are shown this often: what is drawn in between is gone before it is seen. */
const FLOOD_MS = 100

/** A timeline as it is shown. */
export interface PacedTimeline {
  readonly shown: ComputedRef<Timeline | undefined>
  /** Shows at once what waits. */
  hurry(): void
}

/**
 * A timeline as a reader can follow it. What comes in a quiet moment is there at once, and so is whatever one does oneself and
 * whatever is more than news; messages of others that follow before the next frame come with it, and a flood of them in steps.
 */
export function usePacedTimeline(
  clock: Clock,
  newest: () => Timeline | undefined,
  ownId: UserId,
): PacedTimeline {
  const shown = shallowRef(newest())
  let shownAt = -Infinity
  const pace = createFramePace(clock, follow)
  onScopeDispose(pace.stop)
  watch(newest, follow, { flush: 'sync' })

  function follow(): void {
    const next = newest()
    if (next === shown.value) return
    const count = newsIn(shown.value, next, ownId)
    const waitsMs = count > FLOOD ? FLOOD_MS : FRAME_MS
    if (count < Infinity && hasFrames() && clock.now() - shownAt < waitsMs) pace.ask()
    else show(next)
  }

  function show(next: Timeline | undefined): void {
    shown.value = next
    shownAt = clock.now()
  }

  return {
    shown: computed(() => shown.value),
    hurry() {
      if (newest() !== shown.value) show(newest())
    },
  }
}

/** Where nothing is drawn there is nothing to wait for. */
function hasFrames(): boolean {
  return typeof requestAnimationFrame === 'function'
}

/** How many messages of others were added at the end; infinitely many where more than that has changed. */
function newsIn(before: Timeline | undefined, after: Timeline | undefined, ownId: UserId): number {
  if (!before || !after || !isAlike(before, after)) return Infinity
  const entries = after.entries()
  const lastKey = before.entries().at(-1)?.rowKey
  for (let index = entries.length - 1, count = 0; index >= 0; index--, count++) {
    const entry = entries[index]
    if (entry?.rowKey === lastKey) return count
    if (entry?.message.senderId === ownId) return Infinity
  }
  return Infinity
}

function isAlike({ parts: a }: Timeline, { parts: b }: Timeline): boolean {
  const [aboveA, aboveB] = [a.stretches[0], b.stretches[0]]
  const [belowA, belowB] = [a.stretches.at(-1), b.stretches.at(-1)]
  return (
    a.state === b.state &&
    a.error === b.error &&
    a.windowId === b.windowId &&
    a.isDetached === b.isDetached &&
    a.isInterrupted === b.isInterrupted &&
    a.stretches.length === b.stretches.length &&
    aboveA?.olderWork === aboveB?.olderWork &&
    belowA?.newerWork === belowB?.newerWork &&
    a.tail.length === b.tail.length &&
    a.tail.every((entry, index) => entry === b.tail[index])
  )
}
