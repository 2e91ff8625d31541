import type { UseLocale, WayOut } from '../../composables'
import type { SessionState } from '../../model'

/** What the bar says about the session. */
export interface SessionNotice {
  readonly text: string
  readonly tone: 'busy' | 'offline' | 'error'
  /** It may pass in a moment. */
  readonly isPassing?: boolean
}
/** The words of the button, and what it does. */
export interface SessionAction {
  readonly label: string
  readonly does: 'retry' | 'sign-in' | 'sign-in-page' | 'reload'
}

/** What can be pressed in this state; nothing where it passes by itself or only others can help. */
export function sessionAction(
  t: UseLocale['t'],
  session: SessionState,
  wayOut: WayOut,
): SessionAction | undefined {
  switch (wayOut) {
    case 'retry':
      return { does: wayOut, label: t('session.tryNow') }
    case 'sign-in':
      return { does: wayOut, label: t(signInKey(session)) }
    case 'sign-in-page':
      return { does: wayOut, label: t('session.signInPage') }
    case 'reload':
      return { does: wayOut, label: t('session.reload') }
    default:
      return undefined
  }
}

function signInKey(session: SessionState): 'session.signIn' | 'session.signInHere' | 'common.retry' {
  if (session.state === 'kicked')
    return session.by === 'other-device' ? 'session.signInHere' : 'session.signIn'
  return 'common.retry'
}

/** Words about the session, or undefined while there is nothing to say. */
export function sessionNotice(
  { t, errorText, codeText }: Pick<UseLocale, 't' | 'errorText' | 'codeText'>,
  session: SessionState,
): SessionNotice | undefined {
  switch (session.state) {
    case 'online':
      return session.isCatchingUp
        ? { text: t('session.catchingUp'), tone: 'busy', isPassing: true }
        : undefined
    case 'connecting':
    case 'reconnecting':
      if (session.error && session.retryInMs !== undefined)
        return { text: errorText(session.error), tone: 'offline', isPassing: true }
      return {
        text: session.state === 'connecting' ? t('session.connecting') : t('session.reconnecting'),
        tone: 'busy',
        isPassing: true,
      }
    case 'offline':
      return session.error && session.error.kind !== 'offline'
        ? { text: errorText(session.error), tone: 'error' }
        : { text: t('session.offline'), tone: 'offline' }
    case 'credentials-needed':
      return {
        text:
          session.error.domain === 'parley'
            ? errorText(session.error)
            : (codeText(session.error) ?? t('session.credentials')),
        tone: 'error',
      }
    case 'banned':
      return { text: codeText(session.error) ?? t('session.banned'), tone: 'error' }
    case 'refused':
      return { text: codeText(session.error) ?? t('session.refused'), tone: 'error' }
    case 'kicked':
      return { text: t(kickedKey[session.by]), tone: 'error' }
  }
}

const kickedKey = {
  'other-device': 'session.kickedByDevice',
  'too-many-instances': 'session.kickedByInstances',
  operator: 'session.kickedByOperator',
} as const
