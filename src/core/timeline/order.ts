import type { MessageOrder } from '../../model'

/** Negative when `a` comes before `b`; 0 when only the page they came in can tell (D7). */
export function compareOrder(a: MessageOrder, b: MessageOrder): number {
  if (a.major !== b.major) return a.major - b.major
  const minorA = a.minor ?? ''
  const minorB = b.minor ?? ''
  if (minorA === minorB) return 0
  return minorA < minorB ? -1 : 1
}
