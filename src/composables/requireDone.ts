import { ChatError } from '../model'
import type { BatchResult } from '../model'

/** A call on several things that fails for one fails as a call on one does. @throws ChatError the first failure. */
export function requireDone({ failed }: BatchResult): void {
  const [first] = failed
  if (first) throw new ChatError(first.error)
}
