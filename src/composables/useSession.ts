import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { SessionState, UserId } from '../model'
import { useSessionStore } from '../stores'
import type { SessionNotice } from '../stores'
import { useChatKit } from './kitContext'

/** Being signed in, as the interface shows it. */
export interface SessionView {
  readonly userId: UserId
  readonly session: ComputedRef<SessionState>
  /** What a person should know that is not about one message. */
  readonly notices: ComputedRef<readonly SessionNotice[]>
  /** Takes a notice away. */
  dismiss(id: string): void
}

/** The session of the kit and its notices. */
export function useSession(): SessionView {
  const kit = useChatKit()
  const store = useSessionStore(kit.pinia)
  return {
    userId: kit.userId,
    session: computed(() => store.session),
    notices: computed(() => store.notices),
    dismiss: (id) => void kit.dispatch({ type: 'dismissNotice', id }),
  }
}
