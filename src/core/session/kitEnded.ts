import type { ChatError, SessionState } from '../../model'
import { catalogueError } from '../errors'

/** Whoever wants something of a kit that has ended is told so: there is no way back, only another kit. */
export function kitEnded(): ChatError {
  return catalogueError(
    'parley',
    'kit-ended',
    {},
    'Parley: this kit has ended by signOut() or dispose(). Make another one with createChatKit().',
  )
}

/** The session of a kit that has ended. */
export function endedSession(): SessionState {
  return { state: 'offline', error: kitEnded() }
}

/** Whether a session is that of a kit that has ended. */
export function hasEnded(session: SessionState): boolean {
  return session.state === 'offline' && session.error?.code === 'kit-ended'
}
