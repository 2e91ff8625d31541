import type { Pinia } from 'pinia'
import type { ChatErrorShape, EpochMs, SessionState } from '../model'
import { useDiagnosticsStore } from './diagnosticsStore'
import { useSessionStore } from './sessionStore'

/** How much of the past diagnostics keep. */
const KEPT = 50

/** What changes the session store and what diagnostics know of it. */
export function sessionWriters(pinia: Pinia) {
  const store = useSessionStore(pinia)
  const diagnostics = useDiagnosticsStore(pinia)
  return {
    setSession(session: SessionState): void {
      store.session = session
    },
    setClockOffset(offsetMs: number): void {
      store.clockOffsetMs = offsetMs
    },
    bumpAbilities(): void {
      store.abilitiesRevision++
    },
    /** One notice an error: told again it is not shown twice. */
    addNotice(error: ChatErrorShape): void {
      const id = `${error.domain}:${error.code}`
      if (!store.notices.some((notice) => notice.id === id)) store.notices = [...store.notices, { id, error }]
    },
    dropNotice(id: string): void {
      store.notices = store.notices.filter((notice) => notice.id !== id)
    },
    countRejected(count: number): void {
      store.rejectedCount += count
    },
    /** Remembers a change of the session; the same state told again is none. */
    noteSession(session: SessionState, at: EpochMs): void {
      const error = 'error' in session ? session.error : undefined
      const last = diagnostics.sessionChanges.at(-1)
      if (last?.state === session.state && last.code === error?.code && last.domain === error?.domain) return
      diagnostics.sessionChanges = [
        ...diagnostics.sessionChanges,
        {
          at,
          state: session.state,
          ...(session.state === 'kicked' && { by: session.by }),
          ...(error && { domain: error.domain, code: error.code }),
        },
      ].slice(-KEPT)
    },
    /** Remembers that something failed. */
    noteError({ domain, code, kind }: ChatErrorShape, at: EpochMs): void {
      diagnostics.recentErrors = [...diagnostics.recentErrors, { at, domain, code, kind }].slice(-KEPT)
    },
  }
}
