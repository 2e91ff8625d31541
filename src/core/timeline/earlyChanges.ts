import type { MessageChange, MessageKey } from '../../model'

const MAX_CHANGES = 2_000
const MAX_CHANGES_PER_MESSAGE = 50

/**
 * Changes whose message is not known yet, in the order they came. Those of messages that never come must not fill the
 * memory, so the oldest go when there are too many.
 */
export type EarlyChanges = readonly MessageChange[]

/** The waiting changes with one more. */
export function keepEarly(waiting: EarlyChanges, change: MessageChange): EarlyChanges {
  // Of each author apart, so that nobody can push out what another has said.
  const rivals = waiting.filter((other) => other.byId === change.byId && namesOneOf(other, change.ref.keys))
  const oldest = rivals.length >= MAX_CHANGES_PER_MESSAGE ? rivals[0] : undefined
  const kept = oldest ? waiting.filter((other) => other !== oldest) : waiting
  return [...kept.slice(Math.max(kept.length + 1 - MAX_CHANGES, 0)), change]
}

/** What waits for a message with these keys, in the order it came, and what waits on. */
export function takeEarly(
  waiting: EarlyChanges,
  keys: readonly MessageKey[],
): { readonly taken: EarlyChanges; readonly rest: EarlyChanges } {
  if (waiting.length === 0) return { taken: waiting, rest: waiting }
  const taken = waiting.filter((change) => namesOneOf(change, keys))
  if (taken.length === 0) return { taken, rest: waiting }
  return { taken, rest: waiting.filter((change) => !taken.includes(change)) }
}

function namesOneOf({ ref }: MessageChange, keys: readonly MessageKey[]): boolean {
  return ref.keys.some((key) => keys.includes(key))
}
