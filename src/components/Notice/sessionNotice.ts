import type { UseLocale } from '../../composables'
import type { SessionState } from '../../model'

/** What the bar says about the session. */
export interface SessionNotice {
  readonly text: string
  readonly tone: 'busy' | 'warn' | 'error'
}

/** Words about the session, or undefined while there is nothing to say. */
export function sessionNotice(
  { t, errorText }: Pick<UseLocale, 't' | 'errorText'>,
  session: SessionState,
): SessionNotice | undefined {
  switch (session.state) {
    case 'online':
      return session.isCatchingUp ? { text: t('session.catchingUp'), tone: 'busy' } : undefined
    case 'connecting':
      return { text: t('session.connecting'), tone: 'busy' }
    case 'reconnecting':
      return { text: t('session.reconnecting'), tone: 'busy' }
    case 'offline':
      return session.error && session.error.kind !== 'offline'
        ? { text: errorText(session.error), tone: 'error' }
        : { text: t('session.offline'), tone: 'warn' }
    case 'credentials-needed':
      return { text: t('session.credentials'), tone: 'error' }
    case 'banned':
      return { text: t('session.banned'), tone: 'error' }
    case 'refused':
      return { text: t('session.refused'), tone: 'error' }
    case 'kicked':
      return { text: t(kickedKey[session.by]), tone: 'error' }
  }
}

const kickedKey = {
  'other-device': 'session.kickedByDevice',
  'too-many-instances': 'session.kickedByInstances',
  operator: 'session.kickedByOperator',
} as const
