import type { Clock, Tabs } from '../core/ports'
import type { ChatEvent, Stop } from '../model'

/** What no backend knows, so that only this machine can keep it and tell its tabs. */
const KEPT_HERE_ONLY: ReadonlySet<string> = new Set<ChatEvent['type']>([
  'draft.changed',
  'conversation.pinnedHere',
  'habit.changed',
])

/** True for what no backend knows. */
export function isKeptHereOnly({ type }: { readonly type: string }): boolean {
  return KEPT_HERE_ONLY.has(type)
}

/** The other tabs of the same user, as far as they share more than the outbox. */
export interface Siblings {
  /** Tells what happened here, where it concerns them. */
  tell(event: ChatEvent): void
  stop: Stop
}

/** Ties a kit to its siblings: drafts and what else no backend knows follow from tab to tab (A5, F7). What one hears is told to nobody else, and what cannot be told goes to `onFault`. */
export function createSiblings(
  tabs: Tabs | undefined,
  name: string,
  clock: Clock,
  hear: (event: ChatEvent) => void,
  onFault: (thrown: unknown) => void,
): Siblings {
  const line = tabs?.open(`${name}:drafts`, (data) => {
    if (isOurs(data)) hear(data)
  })
  return {
    tell(event) {
      if (!isKeptHereOnly(event)) return
      try {
        line?.post(event.type === 'draft.changed' ? { ...event, writtenAt: clock.now() } : event)
      } catch (thrown) {
        onFault(thrown)
      }
    },
    stop: () => line?.close(),
  }
}

/** A tab that runs another version of the kit may speak another dialect. */
function isOurs(data: unknown): data is ChatEvent {
  if (typeof data !== 'object' || data === null) return false
  const { type, conversationId, draft } = data as Record<string, unknown>
  if (typeof type !== 'string' || !isKeptHereOnly({ type })) return false
  // What cannot be read in the others is left out like what a backend says.
  if (type !== 'draft.changed') return true
  if (typeof conversationId !== 'string') return false
  const { text, attachments } = (draft ?? {}) as Record<string, unknown>
  return typeof text === 'string' && Array.isArray(attachments)
}
