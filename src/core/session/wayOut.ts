import type { SessionState } from '../../model'
import { hasEnded } from './kitEnded'

/**
 * What helps out of a state: nothing is needed, waiting, trying at once, signing in once more, the app's sign-in page, loading the page
 * anew, or the people who run the service (A3, A4).
 */
export type WayOut = 'none' | 'wait' | 'retry' | 'sign-in' | 'sign-in-page' | 'reload' | 'operator'

/** The way out of a session's state, for the interface. */
export function wayOut(session: SessionState): WayOut {
  switch (session.state) {
    case 'online':
      return 'none'
    case 'connecting':
    case 'reconnecting':
      return session.error && session.retryInMs !== undefined ? 'retry' : 'wait'
    case 'offline':
      if (hasEnded(session)) return 'sign-in-page'
      return session.error && session.error.retry === 'never' && session.error.kind !== 'offline'
        ? 'sign-in'
        : 'wait'
    case 'credentials-needed':
      // The app's own function failed, so the same account may succeed a moment later.
      return ['timeout', 'offline'].includes(session.error.kind) || session.error.retry === 'later'
        ? 'sign-in'
        : 'sign-in-page'
    case 'kicked':
      return session.by === 'too-many-instances' ? 'reload' : 'sign-in'
    case 'banned':
      return 'operator'
    case 'refused':
      return session.error.audience === 'operator' ? 'operator' : 'reload'
  }
}
