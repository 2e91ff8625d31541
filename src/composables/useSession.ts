import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { hasEnded, wayOut } from '../core/session'
import type { WayOut } from '../core/session'
import type { SessionState, UserId } from '../model'
import { useSessionStore } from '../stores'
import type { SessionNotice } from '../stores'
import { useChatKit } from './kitContext'

/** Being signed in, as the interface shows it. */
export interface SessionView {
  readonly userId: UserId
  readonly session: ComputedRef<SessionState>
  /** There is no connection, and none is being made for the first time: nothing is on its way. */
  readonly isOffline: ComputedRef<boolean>
  /** The kit has ended: there is nothing any more, and nothing comes back. */
  readonly isEnded: ComputedRef<boolean>
  /** What helps out of this state (A3). */
  readonly wayOut: ComputedRef<WayOut>
  /** What a person should know that is not about one message. */
  readonly notices: ComputedRef<readonly SessionNotice[]>
  /** Takes a notice away. */
  dismiss(id: string): void
  /** Signs in once more, because a person wants it. */
  signIn(): void
}

/** The session of the kit and its notices. */
export function useSession(): SessionView {
  const kit = useChatKit()
  const store = useSessionStore(kit.pinia)
  return {
    userId: kit.userId,
    session: computed(() => store.session),
    isOffline: computed(() => !['online', 'connecting'].includes(store.session.state)),
    isEnded: computed(() => hasEnded(store.session)),
    wayOut: computed(() => wayOut(store.session)),
    notices: computed(() => store.notices),
    dismiss: (id) => void kit.dispatch({ type: 'dismissNotice', id }),
    signIn: () => kit.connect?.(),
  }
}
