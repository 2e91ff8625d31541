import type { Clock, Tabs } from '../core/ports'
import type { ChatEvent, Stop } from '../model'

/** The other tabs of the same user, as far as they share more than the outbox. */
export interface Siblings {
  /** Tells what happened here, where it concerns them. */
  tell(event: ChatEvent): void
  stop: Stop
}

/** Ties a kit to its siblings: drafts follow from tab to tab (A5, F7). What one hears is told to nobody else, and what cannot be told goes to `onFault`. */
export function createSiblings(
  tabs: Tabs | undefined,
  name: string,
  clock: Clock,
  hear: (event: ChatEvent) => void,
  onFault: (thrown: unknown) => void,
): Siblings {
  const line = tabs?.open(`${name}:drafts`, (data) => {
    if (isDraftChange(data)) hear(data)
  })
  return {
    tell(event) {
      if (event.type !== 'draft.changed') return
      try {
        line?.post({ ...event, writtenAt: clock.now() })
      } catch (thrown) {
        onFault(thrown)
      }
    },
    stop: () => line?.close(),
  }
}

/** A tab that runs another version of the kit may speak another dialect. */
function isDraftChange(data: unknown): data is Extract<ChatEvent, { type: 'draft.changed' }> {
  if (typeof data !== 'object' || data === null) return false
  const { type, conversationId, draft } = data as Record<string, unknown>
  if (type !== 'draft.changed' || typeof conversationId !== 'string') return false
  const { text, attachments } = (draft ?? {}) as Record<string, unknown>
  return typeof text === 'string' && Array.isArray(attachments)
}
